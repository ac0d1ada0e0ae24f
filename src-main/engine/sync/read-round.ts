import type { EngineVault } from '#domain/engine-vault.ts';
import type { ExchangeObservation } from '#domain/exchange-state.ts';
import type { VaultId } from '#domain/ids.ts';
import { isTransient, type KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import type { Slot } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import { chainMovedOn, engineFault } from '../engine-errors.ts';
import type { Clock, ReadBatch, VenueReader } from '../ports.ts';
import { inSlices } from './in-slices.ts';
import { judgeRead } from './judge-read.ts';

/** How often an account may change between two reads of one attempt before the attempt fails. */
export const MAX_MOVES = 5;

/** How often a call that failed is made again within an attempt, where that may be. */
export const CALLS_AGAIN = 2;

export interface RoundTarget {
  readonly vault: EngineVault;
  readonly stored: VaultSnapshot | null;
  readonly storedIsVerified: boolean;
}

/** What one attempt came to, for one vault. */
export type Verdict = { readonly durationMs: number } & (
  | { readonly kind: 'verified'; readonly snapshot: VaultSnapshot }
  | { readonly kind: 'discrepant'; readonly error: KeelError; readonly slot: Slot }
  | {
      readonly kind: 'failed';
      readonly error: KeelError;
      readonly slot: Slot | null;
      readonly movedOn: boolean;
      /** The whole read failed, not this vault alone. */
      readonly wholeRead: boolean;
    }
);

export interface Round {
  readonly verdicts: ReadonlyMap<VaultId, Verdict>;
  /** Whether the venue answered each read of the round. */
  readonly answered: boolean;
  readonly rpcCalls: number;
  /** The venue's own state, of each read that told it, in order. */
  readonly exchanges: readonly ExchangeObservation[];
}

interface Pending {
  readonly target: RoundTarget;
  first: VaultSnapshot | null;
  moves: number;
}

/**
 * One attempt for many vaults: reads all of them, and reads those again at once whose figures no second read has
 * borne out yet, until two reads in a row agree (S6). The reader must not reject: hand in a guarded one.
 *
 * A node that has just answered, or whose socket has just told of a change, is there: a call to it that fails is made
 * again at once, so that a line on which some calls fail does not cost a pause each time. Any other first call that fails
 * is the attempt's end (S4).
 * @param announced a change is known of that is not read yet
 */
export async function readRound(
  targets: readonly RoundTarget[],
  reader: VenueReader,
  clock: Clock,
  announced = false,
): Promise<Round> {
  const startedMs = clock.monotonicMs();
  const verdicts = new Map<VaultId, Verdict>();
  let pending = targets.map((target): Pending => ({ target, first: null, moves: 0 }));
  const exchanges: ExchangeObservation[] = [];
  let rpcCalls = 0;
  let callsAgain = announced ? CALLS_AGAIN : 0;
  while (pending.length > 0) {
    const batch = await readBatch(pending, reader);
    const durationMs = clock.monotonicMs() - startedMs;
    if (!batch.ok && callsAgain > 0 && mayCallAgain(batch.error)) {
      callsAgain -= 1;
      continue;
    }
    if (!batch.ok) {
      for (const { target, first } of pending) {
        verdicts.set(target.vault.id, {
          ...failed(batch.error, first?.slot ?? null, true),
          durationMs,
        });
      }
      return { verdicts, answered: false, rpcCalls, exchanges };
    }
    rpcCalls += batch.value.rpcCalls;
    callsAgain = CALLS_AGAIN;
    if (batch.value.exchange !== null) exchanges.push(batch.value.exchange);
    const again: Pending[] = [];
    await inSlices(pending, clock, (slice) => {
      for (const one of slice) {
        const verdict = judgeOne(one, batch.value);
        if (verdict === null) again.push(one);
        else verdicts.set(one.target.vault.id, { ...verdict, durationMs });
      }
    });
    pending = again;
  }
  return { verdicts, answered: true, rpcCalls, exchanges };
}

/** A node that has had too many calls gets no more at once. */
function mayCallAgain(error: KeelError): boolean {
  return isTransient(error) && error.code !== 'RPC_RATE_LIMITED';
}

async function readBatch(
  pending: readonly Pending[],
  reader: VenueReader,
): Promise<Result<ReadBatch, KeelError>> {
  const minSlots = new Map<VaultId, Slot>();
  for (const { target, first } of pending) {
    const floor = first ?? target.stored;
    if (floor !== null) minSlots.set(target.vault.id, floor.slot);
  }
  return await reader.read(
    pending.map(({ target }) => target.vault),
    minSlots,
  );
}

type Untimed =
  | Omit<Extract<Verdict, { kind: 'verified' }>, 'durationMs'>
  | Omit<Extract<Verdict, { kind: 'discrepant' }>, 'durationMs'>
  | Omit<Extract<Verdict, { kind: 'failed' }>, 'durationMs'>;

/** Null: read again. Keeps in `one` what the next read is compared with. */
function judgeOne(one: Pending, batch: ReadBatch): Untimed | null {
  const { vault } = one.target;
  const seen = batch.observations.get(vault.id);
  if (seen === undefined) {
    return failed(engineFault('reading the venue', 'the reply leaves the vault out'), null, false);
  }
  if (!seen.ok) return failed(seen.error, one.first?.slot ?? null, false);
  const read = seen.value;
  const judged = judgeRead({ ...one.target, first: one.first }, read);
  switch (judged.kind) {
    case 'verified':
      return { kind: 'verified', snapshot: read };
    case 'discrepant':
      return { kind: 'discrepant', error: judged.error, slot: read.slot };
    case 'older':
      return failed(judged.error, read.slot, false);
    case 'read-again':
      one.first = read;
      if (!judged.moved) return null;
      one.moves += 1;
      return one.moves < MAX_MOVES
        ? null
        : { ...failed(chainMovedOn(one.moves, read.slot), read.slot, false), movedOn: true };
  }
}

function failed(error: KeelError, slot: Slot | null, wholeRead: boolean) {
  return { kind: 'failed' as const, error, slot, movedOn: false, wholeRead };
}
