/** From the landed transaction to the verdict: the vaults are synced, and must show exactly what was expected (C6, S3). */
import { groupDigits } from '#domain/decimal.ts';
import type { Happening } from '#domain/advance-operation.ts';
import { vaultsOf } from '#domain/capital-intent.ts';
import { identityOf, type EngineVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import { UNSYNCED } from '#domain/vault-state.ts';
import { slotOlder, writeFailed } from '../engine-errors.ts';
import type { CapitalSubject } from '../ports.ts';
import type { OperationRun } from './operation-run.ts';
import { subjectOf, twinOf } from './subject.ts';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 10_000;

export async function sync(run: OperationRun): Promise<Happening | null> {
  const synced = await syncVaults(run);
  if (synced === null) return null;
  run.memory.after = synced;
  const slots = [...synced.values()].map(({ slot }) => groupDigits(slot)).join(', ');
  return { kind: 'synced', cause: `Synced and verified at slot ${slots}.` };
}

/** A differing figure stops the vaults first, and then ends the operation: no gap in which they may trade. */
export async function judge(run: OperationRun): Promise<Happening | null> {
  const venue = run.ports.venues.of(run.operation.network, run.operation.vaultType);
  if (!venue.ok) return await again(run, venue.error);
  const after = run.memory.after ?? (await syncVaults(run));
  if (after === null) return null;
  run.memory.after = after;
  const subject = subjectOf(run.operation, run.ports.vaults);
  if (!subject.ok) return await again(run, subject.error);
  const judged = await run.act('judge', () => venue.value.judge(subject.value, after));
  if (run.stopped) return null;
  if (!judged.ok) return await again(run, judged.error);
  if (judged.value.kind === 'as-expected') return { kind: 'verified', cause: judged.value.words };
  const { error } = judged.value;
  const halted = await run.act('halt', () =>
    haltVaults(run, changedVaults(run, subject.value), error),
  );
  if (halted !== null) return await again(run, halted);
  return { kind: 'discrepant', error, cause: error.message };
}

/** Null: it was not possible yet, and has been waited for. */
async function syncVaults(run: OperationRun): Promise<ReadonlyMap<VaultId, VaultSnapshot> | null> {
  const { venues, vaults } = run.ports;
  const venue = venues.of(run.operation.network, run.operation.vaultType);
  const subject = subjectOf(run.operation, vaults);
  const hindrance = !venue.ok ? venue.error : !subject.ok ? subject.error : null;
  if (hindrance !== null || !subject.ok) {
    if (hindrance !== null) await again(run, hindrance);
    return null;
  }
  const added = await addCreated(run);
  if (added !== null) {
    await again(run, added);
    return null;
  }
  run.show({ kind: 'sync' });
  const seen = await run.act('sync', () =>
    Promise.all(changedVaults(run, subject.value).map((vault) => syncOne(run, vault))),
  );
  if (run.stopped) return null;
  const after = new Map<VaultId, VaultSnapshot>();
  // A created vault may be in the book under another id: the judge knows it by that of the intent.
  const ids = vaultsOf(run.operation.intent);
  for (const [index, each] of seen.entries()) {
    if (!each.ok) {
      await again(run, each.error);
      return null;
    }
    const id = ids[index];
    if (id !== undefined) after.set(id, each.value);
  }
  return after;
}

async function syncOne(
  { ports, operation }: OperationRun,
  vault: EngineVault,
): Promise<Result<VaultSnapshot, KeelError>> {
  const end = await ports.groups.sync(vault, 'operation');
  if (!end.verified) return err(end.error);
  const snapshot = ports.vaults.get(vault.id)?.state.observation?.snapshot;
  if (snapshot === undefined) return err(notSynced(vault.name));
  // A ledger's revision orders one vault's entries only, and a ledger is never behind.
  const landedAt = vault.vaultType === 'onChain' ? operation.landedAtSlot : null;
  return landedAt !== null && snapshot.slot < landedAt
    ? err(slotOlder(landedAt, snapshot.slot))
    : ok(snapshot);
}

/** As the book has them, in the order of the intent. */
function changedVaults({ ports, operation }: OperationRun, subject: CapitalSubject): EngineVault[] {
  const { intent } = operation;
  if (intent.kind === 'create-sub-account')
    return [twinOf(intent.vault, ports.vaults) ?? intent.vault];
  return subject.toVault === null ? [subject.vault] : [subject.vault, subject.toVault];
}

/**
 * The created vault joins the book as soon as the chain has confirmed its account, not only when it is verified: it is
 * then synced by the same group as any other, and an account that differs is in view, stopped, instead of unknown.
 * A restart, or a trader who was quicker, has added it already: then nothing is left to do.
 */
async function addCreated(run: OperationRun): Promise<KeelError | null> {
  const { intent } = run.operation;
  if (intent.kind !== 'create-sub-account') return null;
  const { vaults, groups, deps } = run.ports;
  if (twinOf(intent.vault, vaults) !== null) return null;
  const others = vaults.views().map(({ vault }) => vault);
  const vault = {
    ...intent.vault,
    active: !others.some(({ engine, active }) => engine === intent.vault.engine && active),
    sortIndex: Math.max(-1, ...others.map(({ sortIndex }) => sortIndex)) + 1,
  };
  return await run.act('insert-vault', () => {
    if (run.stopped) return null;
    try {
      deps.store.insertVault(vault);
    } catch (thrown) {
      return writeFailed(`The vault of sub-account ${identityOf(vault)}`, thrown);
    }
    vaults.add(vault, UNSYNCED);
    vaults.change(vault.id, {});
    groups.add(vault);
    return null;
  });
}

/** As a discrepant sync does. The halt holds in this run even where it cannot be stored. */
function haltVaults(
  { ports }: OperationRun,
  halted: readonly EngineVault[],
  error: KeelError,
): KeelError | null {
  const { vaults, deps } = ports;
  let refused: KeelError | null = null;
  for (const { id, name } of halted) {
    const view = vaults.get(id);
    if (view === undefined) continue;
    const halt = view.state.halt ?? { error, attempts: 0, sinceMs: deps.clock.nowMs() };
    vaults.change(id, { state: { ...view.state, halt } });
    try {
      deps.store.saveHalt(id, halt);
    } catch (thrown) {
      refused ??= writeFailed(`The halt of “${name}”`, thrown);
    }
  }
  return refused;
}

/** After it has landed nothing but the truth ends it: what fails is tried again, for as long as it takes. */
async function again(run: OperationRun, error: KeelError): Promise<null> {
  const delayMs = Math.min(
    LONGEST_RETRY_MS,
    FIRST_RETRY_MS * 2 ** Math.min(run.memory.failures, 4),
  );
  run.memory.failures += 1;
  await run.waitFor(error, delayMs);
  return null;
}

function notSynced(name: string): KeelError {
  return keelError(
    'NODE_BEHIND',
    'retry',
    `“${name}” has no figures yet.`,
    'Keel reads the vault again.',
  );
}
