import { z } from 'zod';
import type { VaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';
import { SYNC_CAUSES } from '#domain/sync-run.ts';
import type { QuoteAmount, Slot, UnixMs } from '#domain/units.ts';
import { balancesEqual, deriveBalances } from '#domain/vault-balances.ts';
import {
  UNSYNCED,
  type VaultObservation,
  type VaultSyncState,
  type Verification,
} from '#domain/vault-state.ts';
import type { ReadableDb, SqlValue, WritableDb } from './database.ts';
import { loadHalt } from './halts.ts';
import {
  corruptRow,
  int64,
  integerAs,
  jsonColumn,
  numberColumn,
  parseRow,
  refused,
  slotColumn,
  storedErrorSchema,
  toJson,
  unixMsColumn,
  wholeNumber,
} from './rows.ts';
import { storedSnapshotSchema } from './stored-snapshot.ts';

const quote = integerAs<QuoteAmount>();

const observationColumns = z
  .object({
    slot: slotColumn,
    observedAtMs: unixMsColumn,
    snapshot: jsonColumn(storedSnapshotSchema),
    totalCollateral: quote,
    freeCollateral: quote,
    unrealizedPnl: quote,
    health: numberColumn,
    usdc: quote,
    driftPos: quote,
    sol: quote,
  })
  .transform(({ snapshot, usdc, driftPos, sol, ...columns }) => ({
    observation: { snapshot, balances: { USDC: usdc, DRIFT_POS: driftPos, SOL: sol } },
    columns,
  }));

const verificationColumns = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unverified') }).readonly(),
  z.object({ kind: z.literal('verified'), slot: slotColumn, atMs: unixMsColumn }).readonly(),
  z
    .object({
      kind: z.literal('discrepant'),
      error: jsonColumn(storedErrorSchema),
      atMs: unixMsColumn,
    })
    .readonly(),
]);

const momentColumns = z.object({ slot: slotColumn, observedAtMs: unixMsColumn });

const failureColumn = z
  .object({
    failure: jsonColumn(
      z
        .object({
          error: storedErrorSchema,
          attempts: z.number().int(),
          cause: z.enum(SYNC_CAUSES),
          atMs: z.number().transform((value) => value as UnixMs),
        })
        .readonly(),
    ).nullable(),
  })
  .readonly();

/** The stored state, whole; `UNSYNCED` where the vault never had one. Throws `DATABASE_CORRUPT`. */
export function loadSyncState(db: ReadableDb, vault: bigint, id: VaultId): VaultSyncState {
  const halt = loadHalt(db, vault);
  const row = db.get(
    `SELECT slot, observed_at_ms AS observedAtMs, snapshot, total_collateral AS totalCollateral,
       free_collateral AS freeCollateral, unrealized_pnl AS unrealizedPnl, health, usdc,
       drift_pos AS driftPos, sol, verification, verified_slot AS verifiedSlot,
       verification_at_ms AS verificationAtMs, verification_error AS verificationError, failure
     FROM sync_states WHERE vault = ?`,
    vault,
  );
  if (row === undefined) return { ...UNSYNCED, halt };
  const what = `sync state of vault ${id}`;
  const verification: Verification = parseRow(
    verificationColumns,
    {
      kind: row['verification'],
      slot: row['verifiedSlot'],
      atMs: row['verificationAtMs'],
      error: row['verificationError'],
    },
    what,
  );
  return {
    observation: row['slot'] === null ? null : parseObservation(row, what),
    verification,
    failure: parseRow(failureColumn, row, what).failure,
    halt,
  };
}

function parseObservation(row: Readonly<Record<string, unknown>>, what: string): VaultObservation {
  const { observation, columns } = parseRow(observationColumns, row, what);
  const { snapshot, balances } = observation;
  const { figures } = snapshot;
  const agrees =
    columns.slot === snapshot.slot &&
    columns.observedAtMs === snapshot.observedAtMs &&
    columns.totalCollateral === figures.totalCollateral &&
    columns.freeCollateral === figures.freeCollateral &&
    columns.unrealizedPnl === figures.unrealizedPnl &&
    columns.health === figures.health;
  if (!agrees) throw corruptRow(what, 'its columns and its snapshot differ');
  if (!balancesEqual(balances, deriveBalances(snapshot))) {
    throw corruptRow(what, 'its balances do not follow from its positions');
  }
  return observation;
}

export interface StoredMoment {
  readonly slot: Slot;
  readonly observedAtMs: UnixMs;
}

/** When and where the stored observation was made, or null. */
export function loadStoredMoment(db: ReadableDb, vault: bigint): StoredMoment | null {
  const row = db.get(
    `SELECT slot, observed_at_ms AS observedAtMs FROM sync_states
     WHERE vault = ? AND slot IS NOT NULL`,
    vault,
  );
  return row === undefined ? null : parseRow(momentColumns, row, 'sync state');
}

/**
 * Replaces the stored state, but for the halt. Throws `SLOT_OLDER` for an observation older than the stored
 * one (S7), `DATABASE_WRITE_FAILED` where a good observation would be lost (S5) or breaks V2.
 */
export function recordSyncState(
  db: WritableDb,
  vault: bigint,
  id: VaultId,
  state: VaultSyncState,
  stored: StoredMoment | null,
): void {
  const { observation } = state;
  if (observation === null && stored !== null) {
    throw refused(`vault ${id} would lose its last good observation`);
  }
  if (observation !== null && stored !== null && observation.snapshot.slot < stored.slot) {
    throw slotOlder(id, observation.snapshot.slot, stored.slot);
  }
  db.run(
    `INSERT INTO sync_states (vault, slot, observed_at_ms, snapshot, total_collateral, free_collateral,
       unrealized_pnl, health, usdc, drift_pos, sol, verification, verified_slot, verification_at_ms,
       verification_error, failure)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (vault) DO UPDATE SET slot = excluded.slot, observed_at_ms = excluded.observed_at_ms,
       snapshot = excluded.snapshot, total_collateral = excluded.total_collateral,
       free_collateral = excluded.free_collateral, unrealized_pnl = excluded.unrealized_pnl,
       health = excluded.health, usdc = excluded.usdc, drift_pos = excluded.drift_pos,
       sol = excluded.sol, verification = excluded.verification,
       verified_slot = excluded.verified_slot, verification_at_ms = excluded.verification_at_ms,
       verification_error = excluded.verification_error, failure = excluded.failure`,
    vault,
    ...observationValues(id, observation),
    ...verificationValues(state.verification),
    state.failure === null ? null : toJson(state.failure),
  );
}

function observationValues(id: VaultId, observation: VaultObservation | null): SqlValue[] {
  if (observation === null) return Array.from<SqlValue>({ length: 10 }).fill(null);
  const { snapshot, balances } = observation;
  const { figures } = snapshot;
  if (!balancesEqual(balances, deriveBalances(snapshot))) {
    throw refused(`the balances of vault ${id} do not follow from its positions`);
  }
  return [
    int64('slot', snapshot.slot),
    wholeNumber('observedAtMs', snapshot.observedAtMs),
    toJson(snapshot),
    int64('totalCollateral', figures.totalCollateral),
    int64('freeCollateral', figures.freeCollateral),
    int64('unrealizedPnl', figures.unrealizedPnl),
    wholeNumber('health', figures.health),
    int64('USDC', balances.USDC),
    int64('DRIFT_POS', balances.DRIFT_POS),
    int64('SOL', balances.SOL),
  ];
}

function verificationValues(verification: Verification): SqlValue[] {
  switch (verification.kind) {
    case 'unverified':
      return ['unverified', null, null, null];
    case 'verified':
      return [
        'verified',
        int64('verification.slot', verification.slot),
        wholeNumber('verification.atMs', verification.atMs),
        null,
      ];
    case 'discrepant':
      return [
        'discrepant',
        null,
        wholeNumber('verification.atMs', verification.atMs),
        toJson(verification.error),
      ];
  }
}

function slotOlder(id: VaultId, observed: Slot, stored: Slot): KeelFault {
  return new KeelFault(
    keelError(
      'SLOT_OLDER',
      'retry',
      `Vault ${id} was observed at slot ${observed}, but slot ${stored} is stored already.`,
      'Keel keeps the newer figures and reads again.',
      { observedSlot: observed.toString(), storedSlot: stored.toString() },
    ),
  );
}
