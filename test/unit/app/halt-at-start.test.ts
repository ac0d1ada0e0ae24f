/** A halt that was pressed while no engine ran: the next engine is born halted, and takes nothing up before. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import { unixMs } from '#domain/units.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { linkEngine } from '#main/app/desk-engine.ts';
import type { DeskParts } from '#main/app/desk-parts.ts';
import { openEngineHost } from '#main/app/engine-host.ts';
import type { HaltDesk } from '#main/app/halt-desk.ts';
import { spawnEngine } from '#main/app/process-spawns.ts';
import { toEngineSchema } from '#main/ipc/engine-protocol.ts';
import { DEFAULT_SETTINGS } from '#main/platform/default-settings.ts';
import { absentSigner } from '#test/support/absent-signer.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

vi.mock('electron', () => ({ default: {} }));
vi.mock('#main/app/process-spawns.ts', () => ({ spawnEngine: vi.fn() }));

const HALT: HaltAll = { sinceMs: unixMs(1_000), source: 'tray' };

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keel-halt-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function openHost(folder: string, haltAll: HaltAll | null) {
  const opened = openEngineHost({
    clock: new FakeClock(),
    logger: silentLogger,
    start: {
      type: 'start',
      dataDirectory: folder,
      logDirectory: folder,
      nativeBinding: null,
      liveNetworks: [],
      liveLockedBecause: null,
      sync: DEFAULT_SYNC_SETTINGS,
      capital: DEFAULT_CAPITAL_SETTINGS,
      watch: DEFAULT_WATCH_SETTINGS,
      logLevel: 'info',
      haltAll,
      restore: null,
      crashFile: null,
      revisionBase: 0,
      loopReportEveryMs: 60_000,
    },
    signer: absentSigner,
    publish: () => undefined,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

it('holds before the engine begins, and on disk', () => {
  const folder = temporaryFolder();
  const host = openHost(folder, HALT);
  expect(host.engine.haltedAll()).toMatchObject({ source: 'tray' });
  host.close();
  const next = openHost(folder, null);
  expect(next.engine.haltedAll()).toMatchObject({ source: 'tray' });
  next.close();
});

it('is told to each engine process with its first message', () => {
  const posted: unknown[] = [];
  vi.mocked(spawnEngine).mockImplementation(() => ({
    pid: 1,
    post: (message) => void posted.push(message),
    kill: vi.fn(),
  }));
  const halt = { pending: null as HaltAll | null };
  const link = linkEngine(
    {
      clock: new FakeClock(),
      logger: silentLogger,
      dist: '/dist',
      paths: { userData: '/data', logs: '/logs' },
      runtime: { nativeBinding: null, liveLockedBecause: null },
      settings: { current: () => DEFAULT_SETTINGS },
      crashFile: null,
      loopReportEveryMs: 60_000,
    } as unknown as DeskParts,
    {
      halt: halt as HaltDesk,
      signer: vi.fn(),
      onOpened: vi.fn(),
      onEvent: vi.fn(),
      onDown: vi.fn(),
      onRefused: vi.fn(),
    },
  );
  halt.pending = HALT;
  link.start();
  expect(toEngineSchema.parse(posted[0])).toMatchObject({ type: 'start', haltAll: HALT });
});
