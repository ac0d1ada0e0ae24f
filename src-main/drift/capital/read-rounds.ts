import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { neverAtOneSlot, nodeBehind } from '../failures.ts';
import {
  readFrame,
  type AccountFrame,
  type Commitment,
  type RawAccount,
} from '../read/account-frame.ts';
import { MAX_KEYS_PER_CALL } from '../read/chunk-plan.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';

/** What to read: the first keys are answered in one call and so of one slot, the others may be of a later one. */
export interface KeySets {
  readonly together: readonly string[];
  readonly others: readonly string[];
}

export type Attempt<Value> =
  | { readonly kind: 'complete'; readonly value: Value; readonly keys: KeySets }
  | { readonly kind: 'incomplete'; readonly keys: KeySets }
  | { readonly kind: 'failed'; readonly error: KeelError };

const MAX_ROUNDS = 6;

export interface Rounds {
  readonly commitment: Commitment;
  /** A reply below it is of a node that is behind. */
  readonly minSlot: bigint;
  /** Keys that the same read needed before; one round is enough while they are right. */
  readonly known: KeySets;
}

/** Reads in rounds, each with the keys that the one before has shown to be needed. */
export async function readRounds<Value>(
  session: EndpointSession,
  { commitment, minSlot, known }: Rounds,
  attempt: (frame: AccountFrame) => Attempt<Value>,
): Promise<Result<{ readonly value: Value; readonly keys: KeySets }, KeelError>> {
  let keys = known;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const frame = await readAll(session, keys, commitment, minSlot);
    if (!frame.ok) return frame;
    const attempted = attempt(frame.value);
    if (attempted.kind === 'failed') return err(attempted.error);
    if (attempted.kind === 'complete') {
      return ok({ value: attempted.value, keys: attempted.keys });
    }
    keys = attempted.keys;
  }
  return err(neverAtOneSlot(session.endpoint.label));
}

async function readAll(
  session: EndpointSession,
  { together, others }: KeySets,
  commitment: Commitment,
  minSlot: bigint,
): Promise<Result<AccountFrame, KeelError>> {
  const keys = [...new Set([...together, ...others])];
  const chunks: string[][] = [];
  for (let start = 0; start < keys.length; start += MAX_KEYS_PER_CALL) {
    chunks.push(keys.slice(start, start + MAX_KEYS_PER_CALL));
  }
  const frames = await Promise.all(
    chunks.map((chunk) => readFrame(session, chunk, commitment, minSlot)),
  );
  const accounts = new Map<string, RawAccount | null>();
  let slot: bigint | null = null;
  for (const frame of frames) {
    if (!frame.ok) return frame;
    const { slot: seen } = frame.value;
    if (seen < minSlot) return err(nodeBehind(session.endpoint.label, seen, minSlot));
    slot ??= seen;
    for (const [key, account] of frame.value.accounts) accounts.set(key, account);
  }
  const highest = slot ?? 0n;
  const moving = session.noteSlot(highest);
  return moving.ok ? ok({ slot: highest, accounts }) : moving;
}
