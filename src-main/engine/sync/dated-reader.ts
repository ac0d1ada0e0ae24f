import type { EngineVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import { ok, type Result } from '#domain/result.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { unixMs, type Slot, type UnixMs } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { Clock, ReadBatch, VenueReader } from '../ports.ts';

/** A slot of the chain; those of a busy cluster take a little longer, so that this makes nothing older than it is. */
const SLOT_MS = 400;

/** The highest slot that was told, and when it was asked for the first time. */
interface Newest {
  readonly slot: Slot;
  readonly atMs: UnixMs;
  readonly monotonicMs: number;
}

/**
 * A reader whose figures are never younger than their slot: a node that stands still, or that tells again what another
 * one told before, answers every call and yet says nothing new, so that its figures must age until they are stale.
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
      const before = newest;
      newest = newestOf(before, read.value, askedMs);
      return before === null ? read : ok(dated(read.value, before, clock));
    },
  };
}

function newestOf(before: Newest | null, batch: ReadBatch, monotonicMs: number): Newest | null {
  let newest = before;
  for (const observation of batch.observations.values()) {
    if (!observation.ok) continue;
    const { slot, observedAtMs } = observation.value;
    if (newest === null || slot > newest.slot) newest = { slot, atMs: observedAtMs, monotonicMs };
  }
  return newest;
}

/** What is not above the newest slot was already past when that one was told, by so many slots. */
function dated(batch: ReadBatch, newest: Newest, clock: Clock): ReadBatch {
  const newestAtMs = momentOf(newest, clock);
  const observations = new Map<VaultId, Result<VaultSnapshot, KeelError>>();
  for (const [id, observation] of batch.observations) {
    observations.set(
      id,
      observation.ok ? ok(notYounger(observation.value, newest.slot)) : observation,
    );
  }
  return { ...batch, observations };

  function notYounger(snapshot: VaultSnapshot, newestSlot: Slot): VaultSnapshot {
    if (snapshot.slot > newestSlot) return snapshot;
    const atMs = newestAtMs - Number(newestSlot - snapshot.slot) * SLOT_MS;
    return snapshot.observedAtMs > atMs ? { ...snapshot, observedAtMs: unixMs(atMs) } : snapshot;
  }
}

/**
 * The earlier of two ways to tell it: the wall clock can be set, and the other one stands still in sleep. In whole
 * milliseconds, which the other one does not count in.
 */
function momentOf({ atMs, monotonicMs }: Newest, clock: Clock): number {
  return Math.floor(Math.min(atMs, clock.nowMs() - (clock.monotonicMs() - monotonicMs)));
}
