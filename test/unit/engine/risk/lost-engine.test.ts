import { expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import type { EngineDeps } from '#main/engine/index.ts';
import { WatchDesk } from '#main/engine/risk/watch-desk.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { MemoryWatchStore } from '#test/support/memory-watch-store.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

function inboxAfter(lost: EngineDeps['lost']) {
  const watchStore = new MemoryWatchStore();
  const deps = {
    ...{ clock: new FakeClock(), logger: silentLogger, watchStore, newId: () => 'news' },
    publisher: { publish: () => undefined },
    networks: () => [],
    ...(lost === undefined ? {} : { lost }),
  } satisfies Partial<EngineDeps> as Partial<EngineDeps> as EngineDeps;
  const none = { views: () => [], viewOf: () => undefined };
  new WatchDesk({ deps, settings: () => deps.watchSettings, ...none }).open(null);
  return watchStore.loadAlerts(9, null);
}

const agoMs = (ms: number) => unixMs(new FakeClock().nowMs() - ms);

it('keeps in the inbox that the engine was lost, for how long, before anything is watched again', () => {
  expect(inboxAfter({ atMs: agoMs(1_900), times: 1 })).toMatchObject([
    {
      kind: 'engine',
      severity: 'warning',
      text: 'It stopped unexpectedly: nothing was watched for 2 s. No vault trades before it is verified anew, and open operations are taken up where they stood.',
      acknowledgedAtMs: null,
    },
  ]);
  expect(inboxAfter({ atMs: agoMs(30_000), times: 3 })[0]?.text).toContain(
    'stopped unexpectedly 3 times in a row: nothing was watched for 30 s',
  );
});

it('says nothing where none was lost', () => {
  expect(inboxAfter(undefined)).toEqual([]);
});
