import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALERT_SEVERITIES, type Alert, type Condition } from '#domain/alert.ts';
import type { Logger, WatchStore } from '#main/engine/ports.ts';
import { AlertBook } from '#main/engine/risk/alert-book.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { openTestStore, testFolder } from '#test/unit/store/open-test-store.ts';

const KEYS = ['margin/a', 'margin/b'] as const;

const act = fc.record({
  key: fc.constantFrom(...KEYS),
  severity: fc.constantFrom(...ALERT_SEVERITIES),
  text: fc.constantFrom('Health 1.', 'Health 2.'),
  what: fc.constantFrom('see', 'see', 'clear', 'news', 'acknowledge', 'all', 'restart'),
  waitMs: fc.integer({ min: 0, max: 40_000 }),
});

type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

/** Acts while the disk fares so. */
const phase = fc.record({
  fate: fc.constantFrom('written', 'refused'),
  acts: fc.array(
    fc.record({
      key: fc.constantFrom(...KEYS),
      severity: fc.constantFrom(...ALERT_SEVERITIES),
      text: fc.constantFrom('Health 1.', 'Health 2.'),
      what: fc.constantFrom(
        ...['see', 'see', 'see', 'see', 'acknowledge', 'acknowledge'],
        ...['clear', 'news', 'all', 'restart'],
      ) as fc.Arbitrary<Act['what']>,
      waitMs: fc.constantFrom(0, 0, 6_000, 40_000),
      batch: fc.boolean(),
    }),
    { maxLength: 8 },
  ),
});

const conditionOf = (
  severity: Condition['severity'],
  key: string = KEYS[0],
  text = 'Health 1.',
): Condition => ({
  ...{ key, kind: 'margin', severity, title: 'Low', text, advice: 'Deposit.' },
  ...{ vaultId: null, network: null, operationId: null },
});

/** Refuses what is to be written when told, as a full one does. */
class FailingDisk {
  fate: 'written' | 'refused' = 'written';
  readonly #store: WatchStore;

  constructor(store: WatchStore) {
    this.#store = store;
  }

  asStore(): WatchStore {
    const write =
      <Given extends unknown[], Value>(work: (...given: Given) => Value) =>
      (...given: Given): Value => {
        if (this.fate !== 'written') throw new Error('the disk is full');
        return work(...given);
      };
    const { saveAlert, saveAlerts, acknowledgeAll } = this.#store;
    return {
      ...this.#store,
      saveAlert: write(saveAlert),
      saveAlerts: write(saveAlerts),
      acknowledgeAll: write(acknowledgeAll),
    };
  }
}

function play(book: AlertBook, { key, severity, text, what }: Act): void {
  const raised = book.raised(key);
  if (what === 'see') book.judge(key, conditionOf(severity, key, text));
  else if (what === 'clear') book.judge(key, null);
  else if (what === 'news') book.news(conditionOf(severity, key, text));
  else if (what === 'acknowledge' && raised !== null) book.acknowledge(raised.id);
  else if (what === 'all') book.acknowledgeAll();
}

describe('alerts on the real database', () => {
  it('stand on disk exactly as they were told last, whatever happens and however often Keel restarts', async () => {
    const { watchStore } = openTestStore(join(testFolder(), 'keel.db'));
    const clock = new FakeClock();
    const told = new Map<string, Alert>();
    const faults: string[] = [];
    const logger: Logger = { ...silentLogger, error: (event) => faults.push(event) };
    let ids = 0;
    const newBook = (): AlertBook => {
      const book = new AlertBook({
        clock,
        logger,
        watchStore,
        newId: () => {
          ids += 1;
          return `id-${ids}`;
        },
        publisher: {
          publish: (event) => {
            if (event.type === 'ALERT_CHANGED') told.set(event.view.alert.id, event.view.alert);
          },
        },
      });
      book.load();
      return book;
    };
    let book = newBook();
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        for (const { key, severity, text, what, waitMs } of acts) {
          await clock.advance(waitMs);
          if (what === 'restart') book = newBook();
          else play(book, { key, severity, text, what, waitMs });
        }
        expect(faults).toEqual([]);
        const stored = watchStore.loadAlerts(100_000, null);
        expect(new Map(stored.map((alert) => [alert.id as string, alert]))).toEqual(told);
        const last = book.page(100_000, null);
        expect(last.ok && last.value.unacknowledged).toBe(
          [...told.values()].filter(({ acknowledgedAtMs }) => acknowledgedAtMs === null).length,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('is on disk as it was told once the disk takes it, whatever it has refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(phase, { maxLength: 8 }), async (phases) => {
        const { watchStore } = openTestStore(join(testFolder(), 'keel.db'));
        const disk = new FailingDisk(watchStore);
        const clock = new FakeClock();
        const told = new Map<string, Alert>();
        const stored = () =>
          new Map(watchStore.loadAlerts(100_000, null).map((each) => [each.id as string, each]));
        let ids = 0;
        const newBook = (): AlertBook => {
          const book = new AlertBook({
            clock,
            logger: silentLogger,
            watchStore: disk.asStore(),
            newId: () => {
              ids += 1;
              return `id-${ids}`;
            },
            publisher: {
              publish: (event) => {
                if (event.type === 'ALERT_CHANGED') told.set(event.view.alert.id, event.view.alert);
              },
            },
          });
          book.load();
          return book;
        };
        let book = newBook();
        const acts = phases.flatMap(({ fate, acts: each }) =>
          each.map((one) => ({ ...one, fate })),
        );
        for (const { fate, batch, ...act } of acts) {
          disk.fate = fate;
          await clock.advance(act.waitMs);
          if (act.what === 'restart') {
            book.stop();
            // What was not taken is lost with the process, and judged anew by the next one.
            told.clear();
            for (const [id, alert] of stored()) told.set(id, alert);
            disk.fate = 'written';
            book = newBook();
          } else if (batch) {
            book.together(() => KEYS.forEach((key) => play(book, { ...act, key })));
          } else {
            play(book, act);
          }
        }
        disk.fate = 'written';
        await clock.advance(60_000);
        expect(stored()).toEqual(told);
        expect(book.allRaised()).toEqual(
          expect.arrayContaining([...told.values()].filter((each) => each.clearedAtMs === null)),
        );
        expect(book.acknowledgeAll().ok).toBe(true);
        expect(watchStore.countUnacknowledged()).toBe(0);
        expect(stored()).toEqual(told);
      }),
      { numRuns: 60 },
    );
  });

  it('acknowledged, worse and milder while nothing can be written: all of it is taken afterwards', async () => {
    const { watchStore } = openTestStore(join(testFolder(), 'keel.db'));
    const disk = new FailingDisk(watchStore);
    const clock = new FakeClock();
    const book = new AlertBook({
      ...{ clock, logger: silentLogger, watchStore: disk.asStore(), newId: () => 'one' },
      publisher: { publish: () => undefined },
    });
    const see = (severity: Condition['severity']) => book.judge('margin/a', conditionOf(severity));
    see('warning');
    expect(book.acknowledge('one' as Alert['id']).ok).toBe(true);
    disk.fate = 'refused';
    see('critical');
    see('warning');
    disk.fate = 'written';
    await clock.advance(10_000);
    expect(watchStore.loadRaisedAlerts()).toEqual(book.allRaised());
    expect(watchStore.loadRaisedAlerts()).toMatchObject([
      { severity: 'warning', acknowledgedAtMs: null },
    ]);
  });
});
