/** What a chart must say, in the plainest way: from every observation that there ever was, one after the other. */
import fc from 'fast-check';
import { quoteAmount, unixMs } from '#domain/units.ts';
import { deriveBalances } from '#domain/vault-balances.ts';
import type { ChartPoint } from '#domain/value-chart.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { SyncCommit } from '#main/engine/ports.ts';
import { snapshotOf, verifiedRun, verifiedState } from '../observations.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const SILENCE = 3 * MINUTE;

export interface Seen {
  readonly atMs: number;
  readonly equity: number;
  readonly healthBps: number;
  readonly settled: number;
  readonly accrued: number;
  readonly scaled: number;
}

interface Pause extends Omit<Seen, 'atMs'> {
  readonly pauseMs: number;
}

const pause: fc.Arbitrary<Pause> = fc.record({
  pauseMs: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 2 * MINUTE }) },
    { weight: 3, arbitrary: fc.constantFrom(SILENCE, SILENCE + 1, 20 * MINUTE, HOUR) },
    { weight: 1, arbitrary: fc.constantFrom(DAY, 3 * DAY, 40 * DAY) },
  ),
  equity: fc.oneof({ weight: 2, arbitrary: fc.constant(500) }, fc.integer({ min: -9, max: 999 })),
  healthBps: fc.constantFrom(9_000, 9_000, 8_999, 0),
  settled: fc.constantFrom(0, 0, -3),
  accrued: fc.constantFrom(1, 1, 2),
  scaled: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.nat(2)),
});

/** Observations in the order of time. */
export function seenFrom(startMs: number, maxLength = 60): fc.Arbitrary<readonly Seen[]> {
  return fc.array(pause, { minLength: 1, maxLength }).map((pauses) => {
    let atMs = startMs;
    return pauses.map(({ pauseMs, ...values }) => ({ ...values, atMs: (atMs += pauseMs) }));
  });
}

/** The commits of one vault as the engine makes them; the names of the runs begin with the prefix. */
export function commitsOf(
  vault: EngineVault,
  seen: readonly Seen[],
  prefix: string,
): readonly SyncCommit[] {
  return seen.map((each, index) => {
    const usual = snapshotOf({
      ...{ slot: BigInt(index), atMs: each.atMs, base: 0n },
      ...{ collateral: BigInt(each.equity), scaled: BigInt(each.scaled) },
    });
    const figures = {
      ...usual.figures,
      health: Math.floor(each.healthBps / 100),
      healthBps: each.healthBps,
      unrealizedPnl: quoteAmount(0n),
      cumulativeFunding: quoteAmount(BigInt(each.settled)),
      unsettledFunding: quoteAmount(BigInt(each.accrued)),
    };
    const snapshot = { ...usual, figures, perpPositions: [] };
    const state = verifiedState(snapshot);
    return {
      vaultId: vault.id,
      run: verifiedRun(`${prefix}-${index}`, vault.id, each.atMs),
      state: { ...state, observation: { snapshot, balances: deriveBalances(snapshot) } },
    };
  });
}

interface Row extends Seen {
  untilMs: number;
  readonly holdingsChanged: boolean;
}

/** Equal observations without a silence are one row that lasts. */
export function rowsOf(seen: readonly Seen[]): readonly Row[] {
  const rows: Row[] = [];
  for (const each of seen) {
    const last = rows.at(-1);
    const same =
      last !== undefined &&
      (['equity', 'healthBps', 'settled', 'accrued', 'scaled'] as const).every(
        (key) => last[key] === each[key],
      );
    if (same && each.atMs - last.untilMs <= SILENCE) last.untilMs = each.atMs;
    else {
      const holdingsChanged = last?.scaled !== each.scaled;
      rows.push({ ...each, untilMs: each.atMs, holdingsChanged });
    }
  }
  return rows;
}

export interface ModelStep {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The points of a chart with the given steps. */
export function modelPoints(
  seen: readonly Seen[],
  steps: readonly ModelStep[],
  stepMs: number,
): readonly ChartPoint[] {
  const rows = rowsOf(seen);
  const points: ChartPoint[] = [];
  for (const step of steps) {
    const within = rows.filter(
      ({ atMs, untilMs }) => atMs <= step.untilMs && untilMs >= step.fromMs,
    );
    const [first, last] = [within[0], within.at(-1)];
    if (first === undefined || last === undefined) continue;
    const before = points.at(-1);
    const equities = within.map(({ equity }) => equity);
    const silence = first.atMs - (before?.untilMs ?? first.atMs);
    points.push({
      fromMs: unixMs(Math.max(first.atMs, step.fromMs)),
      untilMs: unixMs(Math.min(last.untilMs, step.untilMs)),
      equity: quoteAmount(BigInt(last.equity)),
      lowestEquity: quoteAmount(BigInt(Math.min(...equities))),
      highestEquity: quoteAmount(BigInt(Math.max(...equities))),
      freeCollateral: quoteAmount(BigInt(last.equity) / 2n),
      deployed: quoteAmount(0n),
      unrealizedPnl: quoteAmount(0n),
      healthBps: last.healthBps,
      lowestHealthBps: Math.min(...within.map(({ healthBps }) => healthBps)),
      cumulativeFunding: quoteAmount(BigInt(last.settled)),
      unsettledFunding: quoteAmount(BigInt(last.accrued)),
      holdingsChanged: within.some((row) => row.holdingsChanged && row.atMs >= step.fromMs),
      afterGap: silence > Math.max(stepMs, SILENCE),
    });
  }
  return points;
}
