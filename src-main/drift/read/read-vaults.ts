import type { OnChainVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { UnixMs } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { Clock } from '#main/engine/ports.ts';
import type { VaultAccounts } from '../evaluate/vault-accounts.ts';
import { neverAtOneSlot, nodeBehind } from '../failures.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import { readFrame, type AccountFrame, type Commitment } from './account-frame.ts';
import { planChunks } from './chunk-plan.ts';
import { firstSharedKeys, gatherAccounts, type Venue } from './gather-accounts.ts';
import { Slices } from './slices.ts';
import { VenueSightings, type VenueSighting } from './venue-sighting.ts';

/** A vault, then its markets, then their oracles: three rounds know everything; more follow moves in between. */
const MAX_ROUNDS = 6;

export interface Target {
  readonly vault: OnChainVault;
  readonly userKey: string;
  /** A reply below it is of a node that is behind; 0 when nothing was seen yet. */
  readonly minSlot: bigint;
}

export interface ReadContext {
  readonly session: EndpointSession;
  readonly venue: Venue;
  readonly clock: Clock;
  readonly commitment: Commitment;
  /** Shared keys that each user account was found to need; kept from read to read. */
  readonly sharedKeys: Map<string, readonly string[]>;
  readonly valuate: (
    accounts: VaultAccounts,
    observedAtMs: UnixMs,
  ) => Result<VaultSnapshot, KeelError>;
  /** Told how many calls are sent, before their answers are there. */
  readonly onCalls?: (count: number) => void;
}

type Observations = Map<VaultId, Result<VaultSnapshot, KeelError>>;

/** What a read has found so far. */
interface Findings {
  readonly observations: Observations;
  readonly sightings: VenueSightings;
}

export interface VaultReads {
  readonly observations: ReadonlyMap<VaultId, Result<VaultSnapshot, KeelError>>;
  readonly rpcCalls: number;
  /** The venue itself, from the accounts that the vaults were valued by; null: none was read. */
  readonly venue: VenueSighting | null;
}

interface Round {
  readonly frames: ReadonlyMap<bigint, AccountFrame>;
  readonly rpcCalls: number;
}

/**
 * Reads all targets in rounds: one in the steady state, when each vault's markets are known. Every vault is
 * valued from accounts of one slot; one that was answered at several is read again with all its keys in one call.
 */
export async function readVaults(
  context: ReadContext,
  targets: readonly Target[],
): Promise<Result<VaultReads, KeelError>> {
  const observations: Observations = new Map();
  const sightings = new VenueSightings();
  let pending = targets;
  let rpcCalls = 0;
  for (let round = 0; round < MAX_ROUNDS && pending.length > 0; round += 1) {
    // The time of asking: what came back while the computer slept is as old as the question.
    const askedAtMs = context.clock.nowMs();
    const reply = await readRound(context, pending, observations, round > 0);
    if (!reply.ok) return reply;
    rpcCalls += reply.value.rpcCalls;
    const findings = { observations, sightings };
    pending = await settle(context, pending, reply.value.frames, findings, askedAtMs);
  }
  const { label } = context.session.endpoint;
  for (const { vault } of pending) observations.set(vault.id, err(neverAtOneSlot(label)));
  return ok({ observations, rpcCalls, venue: sightings.newest });
}

/** All frames of a round by slot. A vault whose chunk is refused as behind gets that as its own error. */
async function readRound(
  context: ReadContext,
  pending: readonly Target[],
  observations: Observations,
  atOneSlot: boolean,
): Promise<Result<Round, KeelError>> {
  const { session, commitment } = context;
  const demands = pending.map(({ userKey }) => ({
    own: userKey,
    shared: sharedOf(context, userKey),
  }));
  const { chunks } = planChunks(demands, atOneSlot);
  const byKey = Map.groupBy(pending, ({ userKey }) => userKey);
  context.onCalls?.(chunks.length);
  const replies = await Promise.all(
    chunks.map(async (keys) => {
      const readers = keys.flatMap((key) => byKey.get(key) ?? []);
      return { readers, frame: await readFrame(session, keys, commitment, lowestSlot(readers)) };
    }),
  );
  const frames: AccountFrame[] = [];
  for (const { readers, frame } of replies) {
    if (frame.ok) frames.push(frame.value);
    else if (frame.error.code !== 'NODE_BEHIND' || readers.length === 0) return frame;
    else for (const { vault } of readers) observations.set(vault.id, frame);
  }
  const highest = frames.reduce((slot, frame) => (frame.slot > slot ? frame.slot : slot), 0n);
  const moving = frames.length === 0 ? ok(null) : session.noteSlot(highest);
  return moving.ok ? ok({ frames: mergeBySlot(frames), rpcCalls: chunks.length }) : moving;
}

function sharedOf({ sharedKeys, venue }: ReadContext, userKey: string): readonly string[] {
  return sharedKeys.get(userKey) ?? firstSharedKeys(venue);
}

/** The node is asked to refuse only what none of the readers could use. */
function lowestSlot(readers: readonly Target[]): bigint {
  return (
    readers.reduce<bigint | null>(
      (lowest, { minSlot }) => (lowest === null || minSlot < lowest ? minSlot : lowest),
      null,
    ) ?? 0n
  );
}

function mergeBySlot(frames: readonly AccountFrame[]): ReadonlyMap<bigint, AccountFrame> {
  const merged = new Map<bigint, AccountFrame>();
  for (const [slot, group] of Map.groupBy(frames, (frame) => frame.slot)) {
    merged.set(slot, { slot, accounts: new Map(group.flatMap(({ accounts }) => [...accounts])) });
  }
  return merged;
}

/** Records every target that the frames decide and returns the others. */
async function settle(
  context: ReadContext,
  pending: readonly Target[],
  frames: ReadonlyMap<bigint, AccountFrame>,
  { observations, sightings }: Findings,
  observedAtMs: UnixMs,
): Promise<readonly Target[]> {
  const undecided: Target[] = [];
  const slices = new Slices(context.clock);
  for (const target of pending) {
    if (observations.has(target.vault.id)) continue;
    await slices.breathe();
    const observation = observe(context, target, frames, sightings, observedAtMs);
    if (observation === null) undecided.push(target);
    else observations.set(target.vault.id, observation);
  }
  return undecided;
}

/** Null when the target's accounts are not all there at one slot. */
function observe(
  { session, venue, sharedKeys, valuate }: ReadContext,
  { vault, userKey, minSlot }: Target,
  frames: ReadonlyMap<bigint, AccountFrame>,
  sightings: VenueSightings,
  observedAtMs: UnixMs,
): Result<VaultSnapshot, KeelError> | null {
  const frame = [...frames.values()].find(({ accounts }) => accounts.has(userKey));
  if (frame === undefined) return null;
  if (frame.slot < minSlot) return err(nodeBehind(session.endpoint.label, frame.slot, minSlot));
  const gathered = gatherAccounts(venue, vault, userKey, frame);
  switch (gathered.kind) {
    case 'failed':
      return err(gathered.error);
    case 'complete':
      sharedKeys.set(userKey, gathered.shared);
      sightings.take(gathered.accounts, gathered.quote, frame, observedAtMs);
      return valuate(gathered.accounts, observedAtMs);
    case 'incomplete':
      sharedKeys.set(userKey, union(sharedKeys.get(userKey), gathered.shared));
      return null;
  }
}

function union(known: readonly string[] | undefined, found: readonly string[]): readonly string[] {
  return [...new Set([...(known ?? []), ...found])];
}
