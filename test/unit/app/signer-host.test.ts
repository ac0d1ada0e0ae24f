/** The signer's window where main and the signer hear of each other late: what was meant for one closes no other. */
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ToSigner } from '#domain/signer-protocol.ts';
import { SIGNER_NOT_STARTED, type SignerState } from '#domain/signer-state.ts';
import { createSignerHost } from '#main/app/signer-host.ts';
import type { ChildListener } from '#main/app/supervisor.ts';
import { DEFAULT_SETTINGS } from '#main/platform/default-settings.ts';
import { appPaths } from '#main/platform/paths.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

class FakeWindow extends EventEmitter {
  readonly webContents = Object.assign(new EventEmitter(), { postMessage: vi.fn() });
  destroyed = false;
  readonly removeMenu = vi.fn();
  readonly setContentProtection = vi.fn();
  readonly loadURL = vi.fn(() => Promise.resolve());
  readonly isMinimized = () => false;
  readonly show = vi.fn();
  readonly focus = vi.fn();
  readonly isDestroyed = () => this.destroyed;

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit('closed');
  }

  /** Main hands the port over. */
  load(): void {
    this.webContents.emit('did-finish-load');
  }
}

const desk = vi.hoisted(() => ({
  windows: [] as FakeWindow[],
  posted: [] as ToSigner[],
  listener: null as ChildListener | null,
}));

vi.mock('electron', () => ({
  BrowserWindow: function BrowserWindow(): FakeWindow {
    const window = new FakeWindow();
    desk.windows.push(window);
    return window;
  },
  MessageChannelMain: class {
    readonly port1 = {};
    readonly port2 = {};
  },
  nativeTheme: { shouldUseDarkColors: false },
  session: { fromPartition: () => ({}) },
  dialog: {},
  safeStorage: {},
}));
vi.mock('#main/app/app-protocol.ts', () => ({ serveApp: vi.fn() }));
vi.mock('#main/app/window-security.ts', () => ({ HARDENED: {}, guardSession: vi.fn() }));
vi.mock('#main/app/lock-watch.ts', () => ({ watchForLock: () => () => undefined }));
vi.mock('#main/app/process-spawns.ts', () => ({
  spawnSigner: (_dist: string, _logger: unknown, listener: ChildListener) => {
    desk.listener = listener;
    return { pid: 1, post: (message: ToSigner) => desk.posted.push(message), kill: vi.fn() };
  },
}));

const unlocked: SignerState = { ...SIGNER_NOT_STARTED, status: 'unlocked' };
const locked: SignerState = { ...SIGNER_NOT_STARTED, status: 'locked', lockCause: 'request' };

beforeEach(() => {
  desk.windows.length = 0;
  desk.posted.length = 0;
});

const say = (message: object): void => desk.listener?.onMessage(message);

function windowAt(index: number): FakeWindow {
  const window = desk.windows[index];
  if (window === undefined) throw new Error(`Main has opened no window ${index}`);
  return window;
}

function numberTold(): number {
  const message = desk.posted.findLast(({ type }) => type === 'window');
  if (message?.type !== 'window') throw new Error('No window was handed over');
  return message.number;
}

function unlockedHost() {
  const host = createSignerHost({
    clock: new FakeClock(),
    logger: silentLogger,
    paths: appPaths('/profile'),
    liveLockedBecause: null,
    dist: '/dist',
    icon: '/icon.png',
    devtools: false,
    loadAfterMs: 0,
    settings: () => DEFAULT_SETTINGS,
    deskWindow: () => null,
    onState: () => undefined,
  });
  host.start();
  say({ type: 'state', state: unlocked });
  return host;
}

describe("the signer's window", () => {
  it('stays open when the signer tells late of a lock from before it was opened', async () => {
    const { services } = unlockedHost();
    await services.openWindow({ kind: 'change-passphrase' });
    services.lock();
    expect(windowAt(0).destroyed).toBe(true);
    expect(await services.openWindow({ kind: 'unlock' })).toMatchObject({ ok: true });
    say({ type: 'state', state: locked });
    expect(windowAt(1).destroyed).toBe(false);
  });

  it('stays open when the signer tells late that it is done with the one before', async () => {
    const { services } = unlockedHost();
    await services.openWindow({ kind: 'change-passphrase' });
    windowAt(0).load();
    const before = numberTold();
    services.lock();
    await services.openWindow({ kind: 'unlock' });
    windowAt(1).load();
    say({ type: 'window-done', number: before });
    expect(windowAt(1).destroyed).toBe(false);
    say({ type: 'window-done', number: numberTold() });
    expect(windowAt(1).destroyed).toBe(true);
  });

  it('closes with its signer, also before its page has loaded', async () => {
    const { services } = unlockedHost();
    await services.openWindow({ kind: 'unlock' });
    desk.listener?.onExit(1);
    expect(windowAt(0).destroyed).toBe(true);
  });
});
