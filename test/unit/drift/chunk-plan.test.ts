import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planChunks, type KeyDemand } from '#main/drift/read/chunk-plan.ts';

const demandsArbitrary = fc
  .array(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }), { maxLength: 450 })
  .map((needs) =>
    needs.map((shared, index): KeyDemand => ({
      own: `user ${index}`,
      shared: ['state', ...shared.map((key) => `market ${key}`)],
    })),
  );

function uniqueKeys(demands: readonly KeyDemand[]): Set<string> {
  return new Set(demands.flatMap(({ own, shared }) => [own, ...shared]));
}

describe('planChunks', () => {
  it('reads every key in as few calls as the limit allows', () => {
    fc.assert(
      fc.property(demandsArbitrary, (demands) => {
        const { chunks } = planChunks(demands);
        const unique = uniqueKeys(demands);
        expect(chunks).toHaveLength(Math.ceil(unique.size / 100));
        expect(new Set(chunks.flat())).toEqual(unique);
        for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('asks for no key twice in one call, nor for a user account twice at all', () => {
    fc.assert(
      fc.property(demandsArbitrary, fc.boolean(), (demands, atOneSlot) => {
        const { chunks } = planChunks(demands, atOneSlot);
        for (const chunk of chunks) expect(new Set(chunk).size).toBe(chunk.length);
        const users = chunks.flat().filter((key) => key.startsWith('user'));
        expect(users).toHaveLength(demands.length);
      }),
    );
  });

  it('gives each vault all its keys in one call where it says so, and always where asked', () => {
    fc.assert(
      fc.property(demandsArbitrary, fc.boolean(), (demands, atOneSlot) => {
        const plan = planChunks(demands, atOneSlot);
        if (atOneSlot) expect(plan.selfContained).toBe(true);
        if (!plan.selfContained) return;
        for (const { own, shared } of demands) {
          const chunk = plan.chunks.find((keys) => keys.includes(own));
          expect(chunk).toEqual(expect.arrayContaining([own, ...shared]));
        }
      }),
    );
  });

  it('repeats shared keys only where no further call is needed for it', () => {
    const shared = Array.from({ length: 13 }, (_, index) => `market ${index}`);
    const demands = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ own: `user ${index}`, shared }));
    expect(planChunks(demands(400))).toMatchObject({ selfContained: true, chunks: { length: 5 } });
    expect(planChunks(demands(387))).toMatchObject({ selfContained: false, chunks: { length: 4 } });
    expect(planChunks(demands(387), true).chunks).toHaveLength(5);
    expect(planChunks([]).chunks).toEqual([]);
  });

  it.each([
    [99, [99]],
    [100, [100]],
    [101, [100, 2]],
  ])('fills a self-contained call to a hundred keys, never beyond: %i keys', (keys, lengths) => {
    const demands = Array.from({ length: keys - 1 }, (_, index) => ({
      own: `user ${index}`,
      shared: ['state'],
    }));
    const { chunks } = planChunks(demands, true);
    expect(chunks.map((chunk) => chunk.length)).toEqual(lengths);
  });
});
