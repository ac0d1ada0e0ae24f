import { describe, expect, it } from 'vitest';
import { inSlices, SLICE } from '#main/engine/sync/in-slices.ts';
import type { Clock } from '#main/engine/ports.ts';

/** Each item costs so many milliseconds; remembers the slices and how often others got their turn. */
async function slicesOf(count: number, msAnItem: (index: number) => number) {
  let nowMs = 0;
  let yields = 0;
  const clock: Pick<Clock, 'monotonicMs' | 'yieldToLoop'> = {
    monotonicMs: () => nowMs,
    yieldToLoop() {
      yields += 1;
      return Promise.resolve();
    },
  };
  const slices: (readonly number[])[] = [];
  const items = Array.from({ length: count }, (_, index) => index);
  await inSlices(items, clock as Clock, (slice) => {
    slices.push(slice);
    for (const index of slice) nowMs += msAnItem(index);
  });
  return { slices, lengths: slices.map(({ length }) => length), yields, items };
}

describe('work in slices', () => {
  it('takes every item once, in order, and yields between slices', async () => {
    const { slices, items, yields } = await slicesOf(403, (index) => index % 3);
    expect(slices.flat()).toEqual(items);
    expect(yields).toBe(slices.length - 1);
  });

  it('takes shorter slices where work is slow, and full ones again when it is quick', async () => {
    const { lengths } = await slicesOf(100, (index) => (index < 44 ? 1 : 0.1));
    expect(lengths).toEqual([SLICE, 8, 8, 8, 8, SLICE, SLICE, 8]);
  });

  it('goes on in small slices however slow the disk is', async () => {
    const { lengths } = await slicesOf(40, () => 50);
    expect(lengths).toEqual([SLICE, 5, 5, 5, 5]);
  });
});
