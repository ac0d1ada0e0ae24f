import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALERT_SEVERITIES, type Alert, type Condition } from '#domain/alert.ts';
import type { Logger } from '#main/engine/ports.ts';
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
          const condition: Condition = {
            key,
            kind: 'margin',
            severity,
            title: 'Low',
            text,
            advice: 'Deposit.',
            vaultId: null,
            network: null,
            operationId: null,
          };
          const raised = book.raised(key);
          if (what === 'see') book.judge(key, condition);
          else if (what === 'clear') book.judge(key, null);
          else if (what === 'news') book.news(condition);
          else if (what === 'acknowledge' && raised !== null) book.acknowledge(raised.id);
          else if (what === 'all') book.acknowledgeAll();
          else if (what === 'restart') book = newBook();
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
});
