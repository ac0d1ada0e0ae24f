import type { LandedOperation, MoveKind } from './ledger.ts';

/** An operation as Keel tells of it. */
export interface ToldOperation {
  readonly id: string;
  readonly state: string;
  readonly kind: MoveKind;
  readonly amount: bigint | null;
  readonly marketIndex: number | null;
  readonly users: readonly string[];
}

/** Each a sentence per finding; all empty: nothing went wrong. */
export interface Verdict {
  /** Acknowledged and not on record, or landed and told as if it had not. */
  readonly lost: readonly string[];
  /** Landed more than once. */
  readonly doubled: readonly string[];
  /** Landed otherwise than asked, or told as landed when it had not. */
  readonly wrong: readonly string[];
  /** Not ended. */
  readonly unresolved: readonly string[];
}

const NEVER_LANDED = new Set(['denied', 'rejected', 'expired']);
const FINAL = new Set(['verified', 'discrepant', ...NEVER_LANDED]);

/**
 * Compares what Keel tells with what landed, by the chain alone.
 * @param acknowledged ids for which Keel has answered a request with success
 */
export function judge(
  told: readonly ToldOperation[],
  landed: readonly LandedOperation[],
  acknowledged: ReadonlySet<string>,
): Verdict {
  const byId = new Map(told.map((operation) => [operation.id, operation]));
  const lost = [...acknowledged]
    .filter((id) => !byId.has(id))
    .map((id) => `${id} is not on record`);
  const doubled: string[] = [];
  const wrong: string[] = [];
  const unresolved: string[] = [];
  for (const { operationId, signature } of landed) {
    if (!byId.has(operationId)) lost.push(`${operationId} landed as ${signature}, not on record`);
  }
  for (const operation of told) {
    const { id, state } = operation;
    const all = landed.filter(({ operationId }) => operationId === id);
    const done = all.filter(({ failed }) => !failed);
    if (!FINAL.has(state)) unresolved.push(`${id} is ${state}`);
    if (all.length > 1) doubled.push(`${id} is on the chain ${all.length} times`);
    if (NEVER_LANDED.has(state) && done.length > 0) lost.push(`${id} landed but is ${state}`);
    if (state === 'verified' && done.length === 0) wrong.push(`${id} is verified, never landed`);
    if (state === 'discrepant') wrong.push(`${id} is discrepant`);
    if (state === 'expired' && all.length > 0) wrong.push(`${id} is expired, but on the chain`);
    for (const transaction of done) {
      const difference = differenceOf(operation, transaction);
      if (difference !== null) wrong.push(`${id}: ${difference}`);
    }
  }
  return { lost, doubled, wrong, unresolved };
}

function differenceOf(asked: ToldOperation, landed: LandedOperation): string | null {
  if (asked.kind !== landed.kind) return `${landed.kind} landed, ${asked.kind} was asked`;
  if (asked.amount !== landed.amount) return `${landed.amount} landed, not ${asked.amount}`;
  if (asked.marketIndex !== landed.marketIndex) return `landed in market ${landed.marketIndex}`;
  const users = landed.users.join(', ');
  return asked.users.join(', ') === users ? null : `landed on ${users}`;
}
