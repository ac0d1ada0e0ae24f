import { expect, it } from 'vitest';
import { datedReader } from '#main/engine/sync/dated-reader.ts';
import type { Clock } from '#main/engine/ports.ts';
import { unixMs } from '#domain/units.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { FakeVenue } from '#test/support/fake-venue.ts';
import { onChainVault } from '#test/support/vaults.ts';

const vault = onChainVault(1);

/** The computer's own monotonic clock counts in fractions. */
function fractional(clock: FakeClock): Clock {
  return {
    nowMs: () => unixMs(clock.nowMs()),
    monotonicMs: () => clock.monotonicMs() * 1.000_123 + 0.377,
    schedule: (delayMs, callback) => clock.schedule(delayMs, callback),
    yieldToLoop: () => clock.yieldToLoop(),
  };
}

it('dates a slot that was told before by the first time, in whole milliseconds', async () => {
  const clock = new FakeClock();
  const venue = new FakeVenue(clock);
  venue.set(vault.id, { usdc: 5n });
  venue.slotsPerRead = 0n;
  const reader = datedReader(venue, fractional(clock));
  const observedAt = async (): Promise<number> => {
    const read = await reader.read([vault], new Map());
    const seen = read.ok ? read.value.observations.get(vault.id) : undefined;
    if (seen?.ok !== true) throw new Error('not read');
    return seen.value.observedAtMs;
  };
  const first = await observedAt();
  await clock.advance(7_001);
  const second = await observedAt();
  expect(Number.isInteger(second)).toBe(true);
  expect(Math.abs(second - first)).toBeLessThanOrEqual(2);
  venue.slotsPerRead = 18n;
  expect(await observedAt()).toBe(clock.nowMs());
});

it('dates a slot by how many have passed since the one before, where that tells the time', async () => {
  const clock = new FakeClock();
  const venue = new FakeVenue(clock);
  venue.set(vault.id, { usdc: 5n });
  const reader = datedReader(venue, clock);
  const ageMs = async (): Promise<number> => {
    const read = await reader.read([vault], new Map());
    const seen = read.ok ? read.value.observations.get(vault.id) : undefined;
    if (seen?.ok !== true) throw new Error('not read');
    return clock.nowMs() - seen.value.observedAtMs;
  };
  expect(await ageMs()).toBe(0);
  venue.slotsPerRead = 0n;
  await clock.advance(5_000);
  // The node has stood still since the fifth slot.
  venue.slot += 5n;
  expect(await ageMs()).toBe(3_000);
  await clock.advance(5_000);
  expect(await ageMs()).toBe(8_000);
  await clock.advance(16_000);
  venue.slot += 1n;
  expect(await ageMs()).toBe(0);
});
