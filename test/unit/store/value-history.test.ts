import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unixMs, type UnixMs } from '#domain/units.ts';
import type { HistoryPoint } from '#main/engine/ports.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { codeOf } from './code-of.ts';
import { commitOf, failedRun, type Observed } from './observations.ts';
import { onChainVault } from '#test/support/vaults.ts';
import { openTestStore, testFolder } from './open-test-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SILENCE = 3 * MINUTE;
const EVER = unixMs(10 ** 14);
const vaults = [onChainVault(1), onChainVault(2)] as const;

interface Step {
  readonly vault: 0 | 1;
  readonly slotChange: number;
  readonly pauseMs: number;
  readonly mark: number;
  readonly scaled: number;
  readonly fails: boolean;
}

const step = (pauseMs: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
  fc.record({
    vault: fc.constantFrom(0 as const, 1 as const),
    slotChange: fc.integer({ min: -1, max: 3 }),
    pauseMs,
    mark: fc.integer({ min: 1, max: 3 }),
    scaled: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat(3) }),
    fails: fc.boolean(),
  });

interface ModelPoint {
  readonly fromMs: number;
  untilMs: number;
  readonly mark: number;
  readonly scaled: number;
  readonly holdingsChanged: boolean;
}

/** What the store should hold of one vault, in the plainest way. */
class ModelVault {
  slot: bigint | null = null;
  readonly points: ModelPoint[] = [];
  readonly runs: string[] = [];

  observe(observed: Observed, id: string): void {
    this.slot = observed.slot;
    this.runs.unshift(id);
    const { atMs } = observed;
    const [mark, scaled] = [Number(observed.mark), Number(observed.scaled)];
    const last = this.points.at(-1);
    const holdingsChanged = last?.scaled !== scaled;
    const silent = atMs - (last?.untilMs ?? 0) > SILENCE;
    if (last !== undefined && !holdingsChanged && !silent && last.mark === mark)
      last.untilMs = atMs;
    else this.points.push({ fromMs: atMs, untilMs: atMs, mark, scaled, holdingsChanged });
  }
}

const plain = (point: HistoryPoint) => ({
  fromMs: point.fromMs as number,
  untilMs: point.untilMs as number,
  driftPos: point.driftPos,
  holdingsChanged: point.holdingsChanged,
});
const expected = (point: ModelPoint) => ({
  fromMs: point.fromMs,
  untilMs: point.untilMs,
  driftPos: BigInt(point.mark) * 1_000_000n,
  holdingsChanged: point.holdingsChanged,
});

/** Runs the steps against store and model; the store refuses exactly what the model refuses. */
async function play(steps: readonly Step[], clock: FakeClock, maintained: boolean) {
  const opened = openTestStore(join(testFolder(), 'keel.db'), clock);
  const store = opened.vaultStore;
  const models = [new ModelVault(), new ModelVault()] as const;
  for (const vault of vaults) store.insertVault(vault);
  for (const [index, { vault, slotChange, pauseMs, mark, scaled, fails }] of steps.entries()) {
    await clock.advance(pauseMs);
    const model = models[vault];
    const at = (model.slot ?? 100n) + BigInt(slotChange);
    const observed = {
      slot: at,
      atMs: clock.nowMs() as number,
      mark: BigInt(mark) * 1_000_000n,
      scaled: BigInt(scaled),
    };
    const commit = commitOf(vaults[vault], observed);
    const id = `run-${index}`;
    if (fails && model.slot !== null) {
      const run = failedRun(id, vaults[vault].id, observed.atMs);
      const state = store.loadSyncState(vaults[vault].id);
      store.commitSyncs([{ vaultId: vaults[vault].id, run, state }]);
      model.runs.unshift(id);
    } else {
      const run = { ...commit.run, id: commit.run.id.replace(/^.*$/, id) as typeof commit.run.id };
      const code = codeOf(() => store.commitSyncs([{ ...commit, run }]));
      const tooOld = model.slot !== null && at < model.slot;
      expect(code).toBe(tooOld ? 'SLOT_OLDER' : null);
      if (!tooOld) model.observe({ ...observed, mark: BigInt(mark) }, id);
    }
    if (maintained) opened.maintain();
  }
  return { opened, store, models };
}

describe('the store against a simple model', () => {
  it('orders by slot, keeps history run-length, and pages runs', async () => {
    const steps = fc.array(step(fc.integer({ min: 1, max: 9_000 })), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 7 }), async (sequence, page) => {
        const { store, models } = await play(sequence, new FakeClock(), false);
        vaults.forEach(({ id }, index) => {
          const model = models[index]!;
          expect(store.loadHistory(id, unixMs(0), EVER).map(plain)).toEqual(
            model.points.map(expected),
          );
          expect(store.loadSyncState(id).observation?.snapshot.slot ?? null).toBe(model.slot);
          const paged: string[] = [];
          for (;;) {
            const before = paged.at(-1);
            const runs =
              before === undefined
                ? store.loadSyncRuns(id, page)
                : store.loadSyncRuns(id, page, before as never);
            paged.push(...runs.map((run) => run.id));
            if (runs.length < page) break;
          }
          expect(paged).toEqual(model.runs);
        });
      }),
      { numRuns: 25 },
    );
  });

  it('thins only prices, only with age, and the same whether often or at once', async () => {
    const pauses = fc.oneof(
      fc.integer({ min: 1, max: 40_000 }),
      fc.integer({ min: MINUTE, max: HOUR }),
      fc.constantFrom(DAY, 29 * DAY, 2 * DAY, HOUR),
    );
    const steps = fc.array(step(pauses), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (sequence, often) => {
        const clock = new FakeClock();
        const { opened, store, models } = await play(sequence, clock, often);
        drain(opened.maintain);
        vaults.forEach(({ id }, index) => {
          expect(store.loadHistory(id, unixMs(0), EVER).map(plain)).toEqual(
            thinned(models[index]!.points, clock.nowMs()).map(expected),
          );
        });
        expect(opened.integrityCheck().ok).toBe(true);
      }),
      { numRuns: 35 },
    );
  }, 60_000);
});

function drain(maintain: () => { ok: boolean; value?: { done: boolean } }): number {
  for (let slices = 1; ; slices += 1) {
    const slice = maintain();
    if (!slice.ok) throw new Error('maintenance failed');
    if (slice.value?.done === true) return slices;
  }
}

/** What must be left: all that is young, every change of holdings and its predecessor, the last of each bucket. */
function thinned(points: readonly ModelPoint[], nowMs: UnixMs): readonly ModelPoint[] {
  const tiers = [
    { age: 2 * DAY, bucket: MINUTE },
    { age: 30 * DAY, bucket: HOUR },
  ];
  return tiers.reduce<readonly ModelPoint[]>((left, { age, bucket }) => {
    const end = Math.floor((nowMs - age) / bucket) * bucket;
    return left.filter((point, index) => {
      const next = left[index + 1];
      const stays = point.holdingsChanged || next === undefined || next.holdingsChanged;
      const sameBucket =
        Math.floor(point.fromMs / bucket) === Math.floor((next?.fromMs ?? 0) / bucket);
      return stays || point.fromMs >= end || !sameBucket;
    });
  }, points);
}

describe('history', () => {
  it('gives the points of a span, the one that lasts into it included', () => {
    const { vaultStore: store } = openTestStore(join(testFolder(), 'keel.db'));
    store.insertVault(vaults[0]);
    const marks = [1n, 1n, 2n, 3n];
    store.commitSyncs(
      marks.map((mark, index) =>
        commitOf(vaults[0], { slot: BigInt(index), atMs: index * 100, mark }),
      ),
    );
    const from = (start: number, end: number) =>
      store.loadHistory(vaults[0].id, unixMs(start), unixMs(end)).map(({ fromMs }) => fromMs);
    expect(from(0, 300)).toEqual([0, 200, 300]);
    expect(from(50, 200)).toEqual([0, 200]);
    expect(from(101, 199)).toEqual([]);
    expect(from(250, 299)).toEqual([]);
    expect(from(300, 400)).toEqual([300]);
  });

  it('loses nothing when the clock is set back or stands still', () => {
    const opened = openTestStore(join(testFolder(), 'keel.db'));
    const store = opened.vaultStore;
    store.insertVault(vaults[0]);
    const times = [1_000, 1_000, 1_000, 500, 500, 1_000, 2_000];
    store.commitSyncs(
      times
        .map((atMs, index) =>
          commitOf(vaults[0], {
            slot: BigInt(index),
            atMs,
            mark: BigInt(index),
            scaled: BigInt(index),
          }),
        )
        .map((commit, index) => ({ ...commit, run: { ...commit.run, id: `r${index}` as never } })),
    );
    drain(opened.maintain);
    const points = store.loadHistory(vaults[0].id, unixMs(0), EVER);
    expect(points.map(({ fromMs }) => fromMs)).toEqual(times.toSorted((a, b) => a - b));
    expect(points.every(({ holdingsChanged }) => holdingsChanged)).toBe(true);
  });
});
