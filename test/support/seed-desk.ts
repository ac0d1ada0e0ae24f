/**
 * Fills a database on disk as years of use would: vaults with their history, operations in every state, the feed, the
 * inbox and notes, written by the store's own parts; the same for the same seed. The app's own database lies at
 * `database/keel.db` in its profile.
 */
import type { NewActivity } from '#domain/activity.ts';
import type { Alert } from '#domain/alert.ts';
import type { CapitalOperation } from '#domain/capital-operation.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import { address, networkId, type Address, type NetworkId } from '#domain/ids.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import { noteId } from '#domain/vault-note.ts';
import { writableDb, type WritableDb } from '#main/store/database.ts';
import { deskRecordsOn } from '#main/store/desk/desk-records.ts';
import { openDatabase } from '#main/store/open-database.ts';
import { paperLedgerOn, vaultStoreOn } from '#main/store/vault-store.ts';
import { vaultNumber } from '#main/store/vaults.ts';
import { watchStoreOn } from '#main/store/watch-store.ts';
import { alertIdOf, alertOf } from './alerts.ts';
import { FakeClock } from './fake-clock.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';
import { seedHistory, type SeedDetail } from './seed-history.ts';
import { seedOperations } from './seed-operations.ts';
import { onChainVault, paperVault } from './vaults.ts';

const DAY = 86_400_000;

export interface SeedOrder {
  /** Database file; its folder is made. It must not hold vaults yet. */
  readonly file: string;
  readonly seed?: number;
  /** The newest observation is of this moment. */
  readonly nowMs: number;
  readonly vaults: number;
  /** Every vault is on paper; else every fifth. */
  readonly onPaper?: boolean;
  /** Of the history [365]. */
  readonly days?: number;
  /** [usual]; `coarse` for hundreds of vaults. */
  readonly detail?: SeedDetail;
  readonly operations?: number;
  /** Operations that are still open [0]: the app takes them up again when it starts. */
  readonly openOperations?: number;
  readonly activity?: number;
  readonly alerts?: number;
  /** For each vault. */
  readonly notes?: number;
  /** Of the vaults on chain [practice]. */
  readonly network?: NetworkId;
  /** That owns the vaults on chain; their sub-accounts have the vaults' own numbers. */
  readonly authority?: Address;
}

export interface SeededDesk {
  readonly vaults: readonly EngineVault[];
  readonly operations: readonly CapitalOperation[];
}

/** Throws where the database cannot be opened or refuses a row. */
export function seedDesk(order: SeedOrder): SeededDesk {
  const opened = openDatabase({ file: order.file }, unixMs(order.nowMs));
  if (!opened.ok) throw new Error(opened.error.message);
  const { connection } = opened.value;
  // Durable once it is closed: nobody waits for each row.
  connection.pragma('synchronous = OFF');
  try {
    const db = writableDb(connection);
    return db.transaction(() => fill(db, order, seededRandom(order.seed ?? 1)));
  } finally {
    connection.pragma('wal_checkpoint(TRUNCATE)');
    connection.close();
  }
}

function fill(db: WritableDb, order: SeedOrder, random: SeededRandom): SeededDesk {
  const { nowMs, days = 365, operations: count = 0, openOperations: open = 0 } = order;
  const fromMs = nowMs - days * DAY;
  const vaults = seedVaults(db, order, random);
  const [first, ...others] = vaults.filter(({ archivedAtMs }) => archivedAtMs === null);
  if (first === undefined) return { vaults, operations: [] };
  const span = { fromMs, toMs: nowMs - 60_000 };
  const operations = seedOperations(db, random, {
    vaults: [first, ...others],
    count,
    open,
    ...span,
  });
  seedAlerts(db, order, random, vaults);
  seedNotes(db, order, random, vaults);
  seedActivity(db, order, random, vaults);
  return { vaults, operations };
}

const NOBODY = address('7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU');
const ENGINES = ['funding', 'basis', 'carry'] as const;

function seedVaults(
  db: WritableDb,
  order: SeedOrder,
  random: SeededRandom,
): readonly EngineVault[] {
  const { nowMs, days = 365, detail = 'usual' } = order;
  const { network = networkId('practice'), authority = NOBODY } = order;
  const store = vaultStoreOn(db, new FakeClock());
  const ledger = paperLedgerOn(db);
  return Array.from({ length: order.vaults }, (_, index) => {
    const engine = ENGINES[index % ENGINES.length] ?? ENGINES[0];
    const common = {
      ...{ engine, active: index < ENGINES.length, sortIndex: index },
      name: `${engine[0]?.toUpperCase()}${engine.slice(1)} ${index + 1}`,
      createdAtMs: unixMs(nowMs - days * DAY),
      archivedAtMs: index % 17 === 16 ? unixMs(nowMs - 3 * DAY) : null,
    };
    const isPaper = order.onPaper === true || index % 5 === 4;
    const chain = { ...common, network, authority, subAccountId: index };
    const vault = isPaper ? paperVault(index, common) : onChainVault(index, chain);
    store.insertVault(vault);
    const no = vaultNumber(db, vault.id);
    const commit = seedHistory(db, random, { vault, no, days, nowMs, detail });
    if (isPaper) {
      const cash = commit.state.observation?.snapshot.figures.totalCollateral ?? quoteAmount(0n);
      const entry = { kind: 'allocate', revision: 1, atMs: common.createdAtMs, note: '' } as const;
      ledger.append(vault.id, { ...entry, change: cash, cashAfter: cash });
    }
    store.commitSyncs([commit]);
    return vault;
  });
}

type AlertWords = Pick<Alert, 'kind' | 'severity' | 'title' | 'text' | 'advice'>;

const ALERTS: readonly [AlertWords, ...AlertWords[]] = [
  {
    ...{ kind: 'margin', severity: 'warning', title: 'Margin of {vault} is low' },
    text: 'Health is 49.8, below 50. Liquidation price of SOL-PERP 211.43, 4.1 % away.',
    advice: 'Deposit collateral, or make the position smaller.',
  },
  {
    ...{ kind: 'sync', severity: 'critical', title: '{vault} is out of step' },
    text: 'The endpoint did not answer within 10 s. Asked as well: the second, which refused.',
    advice: 'Keel tries again; if it lasts, check the endpoints.',
  },
  {
    ...{ kind: 'node', severity: 'info', title: 'Practice node A is slow' },
    text: 'Half of its answers took longer than 2 s.',
    advice: 'Keel reads from Practice node B meanwhile.',
  },
  {
    ...{ kind: 'exchange', severity: 'warning', title: 'Drift has paused withdrawals' },
    text: 'Deposits and trading are open.',
    advice: 'Wait for Drift; Keel says when it has reopened them.',
  },
];

/** One in ten is raised still, and one in five of the others waits for its acknowledgement. */
function seedAlerts(
  db: WritableDb,
  { nowMs, alerts = 0 }: SeedOrder,
  random: SeededRandom,
  vaults: readonly EngineVault[],
): void {
  const store = watchStoreOn(db, new FakeClock());
  for (let number = 0; number < alerts; number += 1) {
    const raisedAtMs = unixMs(nowMs - (alerts - number) * 900_000);
    const vault = vaults[random.whole(0, vaults.length - 1)];
    const isRaised = number % 10 === 9;
    const clearedAtMs = isRaised ? null : unixMs(raisedAtMs + random.whole(5, 600) * 1_000);
    const isSeen = !isRaised && random.next() < 0.8;
    const seeded = alertOf(number, {
      ...{ id: alertIdOf(number), key: `seeded/${number}`, vaultId: vault?.id ?? null },
      ...random.oneOf(ALERTS),
      ...{ raisedAtMs, changedAtMs: raisedAtMs, clearedAtMs },
      acknowledgedAtMs: isSeen ? unixMs(raisedAtMs + 60_000) : null,
    });
    const title = seeded.title.replace('{vault}', vault?.name ?? 'A vault');
    store.saveAlert({ ...seeded, title });
  }
}

function seedNotes(
  db: WritableDb,
  { nowMs, days = 365, notes = 0 }: SeedOrder,
  random: SeededRandom,
  vaults: readonly EngineVault[],
): void {
  const store = deskRecordsOn(db, new FakeClock()).notes;
  for (const [index, { id: vaultId }] of vaults.entries()) {
    for (let number = 0; number < notes; number += 1) {
      const writtenAtMs = unixMs(nowMs - random.whole(1, days * 24) * 3_600_000);
      const place = (index * notes + number).toString(16).padStart(12, '0');
      const text = random.oneOf([
        'Funding turned against the short: halved the position by hand.',
        'Moved margin here before the weekend.\nTake it back on Monday.',
        'Watch the withdraw guard of USDC.',
      ]);
      const editedAtMs = random.next() < 0.3 ? unixMs(writtenAtMs + 3_600_000) : null;
      store.save({
        ...{ id: noteId(`00000000-0000-4000-b000-${place}`), vaultId, text },
        ...{ writtenAtMs, editedAtMs },
      });
    }
  }
}

type Told = Pick<NewActivity, 'kind' | 'tone' | 'actor' | 'title'>;

function seedActivity(
  db: WritableDb,
  { nowMs, days = 365, activity = 0 }: SeedOrder,
  random: SeededRandom,
  vaults: readonly EngineVault[],
): void {
  const { activity: log } = deskRecordsOn(db, new FakeClock());
  for (let number = 0; number < activity; number += 1) {
    const vault = vaults[random.whole(0, vaults.length - 1)];
    const name = vault?.name ?? 'A vault';
    const told = random.oneOf<Told>([
      { kind: 'sync', tone: 'warning', actor: 'keel', title: `${name} fell out of step` },
      { kind: 'sync', tone: 'good', actor: 'keel', title: `${name} is in step again` },
      { kind: 'trading', tone: 'info', actor: 'trader', title: `Trading of ${name} enabled` },
      { kind: 'alert', tone: 'critical', actor: 'keel', title: `Health of ${name} is 19` },
      { kind: 'vault', tone: 'info', actor: 'trader', title: `${name} renamed` },
      { kind: 'engine', tone: 'info', actor: 'keel', title: 'Keel’s engine started' },
    ]);
    const ofVault = told.kind !== 'engine' && vault !== undefined;
    log.record([
      {
        ...told,
        atMs: unixMs(Math.floor(nowMs - days * DAY * (1 - number / activity))),
        text: random.next() < 0.5 ? '' : 'After 4 attempts: the node did not answer within 10 s.',
        vaultId: ofVault ? vault.id : null,
        network: ofVault ? vault.network : null,
        ...{ operationId: null, alertId: null },
      },
    ]);
  }
}
