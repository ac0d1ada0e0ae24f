import type { EngineVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import { ok, type Result } from '#domain/result.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { unixMs, type Slot, type UnixMs } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { Clock, ReadBatch, VenueReader } from '../ports.ts';

/** A slot of the chain; those of a busy cluster take a little longer, so that this makes nothing older than it is. */
const SLOT_MS = 400;

/** Further apart two slots tell no time: slots of a slow cluster would make its figures older than they are. */
const COMPARABLE_MS = 15_000;

/** The highest slot that was told, and when it was asked for the first time. */
interface Newest {
  readonly slot: Slot;
  readonly atMs: UnixMs;
  readonly monotonicMs: number;
  /** How old it was then, by the slots that had passed since the one before it. */
  readonly ageMs: number;
}

/**
 * A reader whose figures are never younger than their slot: a node that stands still, or that tells again what another
 * one told before, answers every call and yet says nothing new, so that its figures must age until they are stale. They
 * age from the moment at which the node stood still, for fewer slots have passed by then than time.
 * Not for paper, whose slot is a revision and moves only when the trader moves something.
 */
export function datedReader(reader: VenueReader, clock: Clock): VenueReader {
  let newest: Newest | null = null;
  return {
    watch: (vaults, onHint) => reader.watch(vaults, onHint),
    useNextEndpoint: () => reader.useNextEndpoint(),
    status: () => reader.status(),
    onStatus: (listener) => reader.onStatus(listener),
    close: () => reader.close(),
    async read(vaults: readonly EngineVault[], minSlots: ReadonlyMap<VaultId, Slot>) {
      const askedMs = clock.monotonicMs();
      const read = await reader.read(vaults, minSlots);
      if (!read.ok) return read;
      const before = newest === null ? null : seenFrom(newest, clock);
      newest = newestOf(newest, before, read.value, askedMs);
      return before === null ? read : ok(dated(read.value, before));
    },
  };
}

/** The newest slot as it looks now: when it was asked for, by the wall clock of now. */
interface Before {
  readonly slot: Slot;
  readonly atMs: number;
  readonly ageMs: number;
}

/**
 * The earlier of two ways to tell it: the wall clock can be set, and the other one stands still in sleep. In whole
 * milliseconds, which the other one does not count in.
 */
function seenFrom({ slot, ageMs, atMs, monotonicMs }: Newest, clock: Clock): Before {
  const sinceMs = clock.monotonicMs() - monotonicMs;
  return { slot, ageMs, atMs: Math.floor(Math.min(atMs, clock.nowMs() - sinceMs)) };
}

function newestOf(
  newest: Newest | null,
  before: Before | null,
  batch: ReadBatch,
  monotonicMs: number,
): Newest | null {
  let found = newest;
  for (const observation of batch.observations.values()) {
    if (!observation.ok) continue;
    const { slot, observedAtMs: atMs } = observation.value;
    if (found !== null && slot <= found.slot) continue;
    const ageMs = before === null ? 0 : atMs - latestMs(observation.value, before);
    found = { slot, atMs, monotonicMs, ageMs };
  }
  return found;
}

function dated(batch: ReadBatch, before: Before): ReadBatch {
  const observations = new Map<VaultId, Result<VaultSnapshot, KeelError>>();
  for (const [id, observation] of batch.observations) {
    observations.set(id, observation.ok ? ok(notYounger(observation.value, before)) : observation);
  }
  return { ...batch, observations };
}

function notYounger(snapshot: VaultSnapshot, before: Before): VaultSnapshot {
  const atMs = latestMs(snapshot, before);
  return snapshot.observedAtMs > atMs ? { ...snapshot, observedAtMs: unixMs(atMs) } : snapshot;
}

/**
 * What is not above the newest slot was already past when that one was told, by so many slots. What is above it cannot be
 * later than the slots in between take; it was not known when that one was told, whatever they take.
 */
function latestMs({ slot, observedAtMs }: VaultSnapshot, before: Before): number {
  const sinceMs = Number(slot - before.slot) * SLOT_MS;
  if (sinceMs <= 0) return Math.min(observedAtMs, before.atMs - before.ageMs + sinceMs);
  const isComparable = observedAtMs - before.atMs <= COMPARABLE_MS;
  return isComparable ? Math.min(observedAtMs, before.atMs + sinceMs) : observedAtMs;
}
