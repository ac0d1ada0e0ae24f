/** A year of values as the store would have it after its thinning, and the observation that a vault shows now. */
import type { EngineVault } from '#domain/engine-vault.ts';
import { quoteAmount } from '#domain/units.ts';
import { deriveBalances } from '#domain/vault-balances.ts';
import type { SyncCommit } from '#main/engine/ports.ts';
import type { WritableDb } from '#main/store/database.ts';
import { recordInRollup, ROLLUP_SPANS } from '#main/store/value-rollup.ts';
import { snapshotOf, verifiedRun, verifiedState } from '#test/unit/store/observations.ts';
import type { SeededRandom } from './seeded-random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How much of a year there is. `full`: as thinning leaves it of a heartbeat of 5 s, 83,000 points a vault; `usual`: the
 * same, with wider points in the last 30 days, 19,000; `coarse`: a point lasts six hours, 1,500.
 */
export type SeedDetail = 'full' | 'usual' | 'coarse';

interface Tier {
  readonly fromAgeMs: number;
  readonly toAgeMs: number;
  readonly everyMs: number;
  /** Points that last until the next one; else each stands for what thinning folded into it. */
  readonly lasts?: boolean;
}

function tiersOf(detail: SeedDetail, days: number): readonly Tier[] {
  if (detail === 'coarse') {
    return [{ fromAgeMs: days * DAY, toAgeMs: 0, everyMs: 6 * HOUR, lasts: true }];
  }
  const isFull = detail === 'full';
  return [
    { fromAgeMs: days * DAY, toAgeMs: 30 * DAY, everyMs: HOUR },
    { fromAgeMs: 30 * DAY, toAgeMs: 2 * DAY, everyMs: isFull ? MINUTE : 5 * MINUTE },
    { fromAgeMs: 2 * DAY, toAgeMs: 0, everyMs: isFull ? 5_000 : MINUTE },
  ];
}

/** Base units of 10^-6, as numbers: made up, so nothing is lost. */
interface Walk {
  cash: number;
  price: number;
  funding: number;
  accrued: number;
}

interface Figures {
  readonly equity: bigint;
  readonly deployed: bigint;
  readonly pnl: bigint;
  readonly healthBps: number;
  readonly funding: bigint;
  readonly accrued: bigint;
}

const INSERT = `INSERT INTO value_history (vault, from_ms, tie, until_ms, slot, total_collateral, usdc,
    drift_pos, free_collateral, unrealized_pnl, health, holdings_changed, health_bps,
    cumulative_funding, unsettled_funding, since_ms, lowest_equity, highest_equity, lowest_health_bps)
  VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export interface HistoryOrder {
  readonly vault: EngineVault;
  /** Its row number. */
  readonly no: bigint;
  readonly days: number;
  readonly nowMs: number;
  readonly detail: SeedDetail;
}

/** Writes the past in rows and gives back the commit of the newest observation, of `nowMs`. */
export function seedHistory(db: WritableDb, random: SeededRandom, order: HistoryOrder): SyncCommit {
  const { vault, no, days, nowMs, detail } = order;
  const isPaper = vault.vaultType === 'virtual';
  const walk: Walk = { cash: random.whole(2_000, 90_000) * 1e6, price: 1, funding: 0, accrued: 0 };
  const quiet = [quietOf(random, nowMs, 40), quietOf(random, nowMs, 1)];
  // Keel itself reads a paper vault at the number of its last entry.
  let slot = isPaper ? 0n : 1_000n;
  for (const { fromAgeMs, toAgeMs, everyMs, lasts = false } of tiersOf(detail, days)) {
    const first = Math.floor((nowMs - fromAgeMs) / everyMs) * everyMs;
    for (let start = first; start + everyMs <= nowMs - toAgeMs - 5_000; start += everyMs) {
      if (quiet.some(({ fromMs, toMs }) => start >= fromMs && start < toMs)) continue;
      const moved = random.next() < everyMs / (9 * DAY);
      if (!isPaper || moved) stepOn(walk, random, everyMs, moved, isPaper);
      if (!isPaper) slot += 12n;
      const point = { start, everyMs, lasts, moved, slot };
      insertPoint(db, no, point, figuresOf(walk, isPaper), random);
    }
  }
  if (detail !== 'coarse') for (const spanMs of ROLLUP_SPANS) rollUp(db, no, spanMs);
  return commitOf(vault, figuresOf(walk, isPaper), slot + (isPaper ? 0n : 12n), nowMs);
}

/** A stretch in which the computer was off. */
function quietOf(random: SeededRandom, nowMs: number, daysAgo: number) {
  const fromMs = nowMs - daysAgo * DAY - random.whole(0, 5) * HOUR;
  return { fromMs, toMs: fromMs + random.whole(1, 9) * HOUR };
}

function stepOn(
  walk: Walk,
  random: SeededRandom,
  everyMs: number,
  moved: boolean,
  isPaper: boolean,
): void {
  if (moved) walk.cash = Math.max(500e6, walk.cash + random.whole(-9, 14) * 100e6);
  if (isPaper) return;
  const swing = Math.sqrt(everyMs / DAY) * 0.05;
  walk.price = Math.min(1.35, Math.max(0.7, walk.price * (1 + (random.next() - 0.5) * swing)));
  walk.accrued += (random.next() - 0.35) * walk.cash * (everyMs / HOUR) * 1e-5;
  if (moved) {
    walk.funding += walk.accrued;
    walk.accrued = 0;
  }
}

/** Long by 60 % of the cash at the price of 1. */
function figuresOf({ cash, price, funding, accrued }: Walk, isPaper: boolean): Figures {
  const pnl = isPaper ? 0 : cash * 0.6 * (price - 1);
  const equity = cash + pnl + funding;
  const deployed = isPaper ? 0 : cash * 0.6 * price;
  const healthBps = isPaper ? 10_000 : Math.round(10_000 * (1 - (deployed * 0.75) / equity));
  return {
    equity: BigInt(Math.round(equity)),
    deployed: BigInt(Math.round(deployed)),
    pnl: BigInt(Math.round(pnl)),
    healthBps: Math.min(10_000, Math.max(0, healthBps)),
    funding: BigInt(Math.round(funding)),
    accrued: BigInt(Math.round(accrued)),
  };
}

interface PlacedPoint {
  readonly start: number;
  readonly everyMs: number;
  readonly lasts: boolean;
  readonly moved: boolean;
  readonly slot: bigint;
}

function insertPoint(
  db: WritableDb,
  no: bigint,
  { start, everyMs, lasts, moved, slot }: PlacedPoint,
  figures: Figures,
  random: SeededRandom,
): void {
  const end = start + everyMs;
  const isFolded = !lasts && !moved && everyMs >= MINUTE;
  const fromMs = BigInt(lasts || !isFolded ? start : end - 5_000);
  const untilMs = BigInt(lasts ? end - 5_000 : isFolded ? end - 1_000 : Math.min(end, start + 400));
  const dip = isFolded && figures.deployed > 0n ? BigInt(random.whole(0, 40)) : 0n;
  const lowest = figures.equity - (figures.deployed * dip) / 1_000n;
  const highest = figures.equity + (figures.deployed * dip) / 3_000n;
  const lowestBps = Math.max(0, figures.healthBps - Number(dip) * 8);
  const usdc = figures.equity > figures.deployed ? figures.equity - figures.deployed : 0n;
  const free = (figures.equity * BigInt(figures.healthBps)) / 10_000n;
  db.run(
    INSERT,
    ...[no, fromMs, untilMs, slot, figures.equity, usdc, figures.deployed, free, figures.pnl],
    ...[BigInt(Math.floor(figures.healthBps / 100)), moved ? 1n : 0n, BigInt(figures.healthBps)],
    ...[figures.funding, figures.accrued],
    ...(isFolded ? [BigInt(start), lowest, highest, BigInt(lowestBps)] : [null, null, null, null]),
  );
  const values = {
    ...{ totalCollateral: figures.equity, usdc, driftPos: figures.deployed, freeCollateral: free },
    ...{ unrealizedPnl: figures.pnl, health: BigInt(Math.floor(figures.healthBps / 100)) },
    healthBps: BigInt(figures.healthBps),
    ...{ cumulativeFunding: figures.funding, unsettledFunding: figures.accrued },
  };
  const stretch = { pointFromMs: fromMs, fromMs, untilMs, values, holdingsChanged: moved };
  if (lasts) recordInRollup(db, no, stretch);
}

/** At once what the commits would have done one by one: no point here lasts beyond its hour. */
function rollUp(db: WritableDb, no: bigint, spanMs: bigint): void {
  db.run(
    `INSERT INTO value_rollup
     SELECT last.vault, span, start, first, until, last.from_ms, last.total_collateral, low, high,
       last.free_collateral, last.drift_pos, last.unrealized_pnl, last.health_bps, low_bps,
       last.cumulative_funding, last.unsettled_funding, changed
     FROM (
       SELECT ? AS span, from_ms - from_ms % ? AS start, min(coalesce(since_ms, from_ms)) AS first,
         max(until_ms) AS until, max(from_ms) AS last_from,
         min(coalesce(lowest_equity, total_collateral)) AS low,
         max(coalesce(highest_equity, total_collateral)) AS high,
         min(coalesce(lowest_health_bps, health_bps)) AS low_bps, max(holdings_changed) AS changed
       FROM value_history WHERE vault = ? GROUP BY 2)
     CROSS JOIN value_history AS last ON last.vault = ? AND last.from_ms = last_from`,
    ...[spanMs, spanMs, no, no],
  );
}

function commitOf(vault: EngineVault, figures: Figures, slot: bigint, atMs: number): SyncCommit {
  const base = -figures.deployed * 50n;
  const made = snapshotOf({ slot, atMs, collateral: figures.equity, base, mark: 20_000_000n });
  const snapshot = {
    ...made,
    figures: {
      ...made.figures,
      freeCollateral: quoteAmount((figures.equity * BigInt(figures.healthBps)) / 10_000n),
      health: Math.floor(figures.healthBps / 100),
      healthBps: figures.healthBps,
      unrealizedPnl: quoteAmount(figures.pnl),
      cumulativeFunding: quoteAmount(figures.funding),
      unsettledFunding: quoteAmount(figures.accrued),
    },
    perpPositions: base === 0n ? [] : made.perpPositions,
  };
  const state = verifiedState(snapshot);
  return {
    vaultId: vault.id,
    run: verifiedRun(`seeded-${vault.id}`, vault.id, atMs),
    state: { ...state, observation: { snapshot, balances: deriveBalances(snapshot) } },
  };
}
