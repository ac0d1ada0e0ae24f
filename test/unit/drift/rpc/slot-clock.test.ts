import { describe, expect, it } from 'vitest';
import { SlotClock } from '#main/drift/rpc/slot-clock.ts';

const SLOT_MS = 400;

/** Two nodes that go on slot by slot, the second some slots behind; the lag of each at the end. */
function after(forMs: number, behind: number, clock = new SlotClock()): (number | null)[] {
  let sightings = [0n, 0n].map((slot) => ({ slot, atMs: 0 }));
  for (let atMs = 0; atMs <= forMs; atMs += SLOT_MS) {
    const slot = 1_000_000n + BigInt(atMs / SLOT_MS);
    sightings = [slot, slot - BigInt(behind)].map((each) => ({ slot: each, atMs }));
    for (const sighting of sightings) clock.note(sighting.slot, atMs);
  }
  return sightings.map((sighting) => clock.lagOf(sighting, sighting.atMs));
}

describe('slots of several nodes', () => {
  it('tell who is behind, however long it lasts', () => {
    for (const forMs of [0, 40_000, 600_000]) expect(after(forMs, 60)).toEqual([0, 60]);
  });

  it('are not measured for ever by one slot that nobody has come up to', () => {
    const clock = new SlotClock();
    clock.note(9_000_000_000n, 0);
    expect(after(100_000, 3, clock)).not.toContain(0);
    expect(after(130_000, 3, clock)).toEqual([0, 3]);
  });

  it('of one that stands still count as behind by the time that has passed', () => {
    const clock = new SlotClock();
    for (const atMs of [0, 30_000, 60_000]) clock.note(500n, atMs);
    expect(clock.lagOf({ slot: 500n, atMs: 60_000 }, 60_000)).toBe(100);
    clock.note(500n, 300_000);
    expect(clock.lagOf({ slot: 500n, atMs: 300_000 }, 300_000)).toBeNull();
  });

  it('are unknown before any was told, when the sighting is old, and after they were forgotten', () => {
    const clock = new SlotClock();
    expect(clock.lagOf({ slot: 1n, atMs: 0 }, 0)).toBeNull();
    clock.note(5n, 0);
    expect(clock.lagOf(null, 0)).toBeNull();
    expect(clock.lagOf({ slot: 1n, atMs: 0 }, 120_001)).toBeNull();
    clock.forget();
    expect(clock.lagOf({ slot: 1n, atMs: 0 }, 0)).toBeNull();
  });
});
