import { app, powerMonitor, webContents, type WebContents } from 'electron';
import type { Clock } from '#main/engine/ports.ts';
import { watchTrader } from './trader-watch.ts';

export interface LockWatchParts {
  readonly clock: Clock;
  onLock(cause: 'suspend' | 'screen-lock'): void;
  /** The trader is at the computer. */
  onActive(): void;
}

/** Of a hand: a page can make none of them reach the main process. */
const OF_A_HAND: readonly string[] = [
  'rawKeyDown',
  'keyDown',
  'mouseDown',
  'mouseWheel',
  'touchStart',
];
const TELL_EVERY_MS = 10_000;

/** Tells of keys and clicks in Keel's own windows, for systems that cannot tell how long nobody was there. */
function watchWindows(clock: Clock, onActive: () => void): () => void {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  const watch = (_: unknown, contents: WebContents) =>
    contents.on('input-event', (__, { type }) => {
      const nowMs = clock.monotonicMs();
      if (!OF_A_HAND.includes(type) || nowMs - toldAtMs < TELL_EVERY_MS) return;
      toldAtMs = nowMs;
      onActive();
    });
  // The desk's window may be there already.
  for (const contents of webContents.getAllWebContents()) watch(null, contents);
  app.on('web-contents-created', watch);
  return () => app.off('web-contents-created', watch);
}

/** Calls back when the keys must be locked, and while the trader is there. */
export function watchForLock({ clock, onLock, onActive }: LockWatchParts): () => void {
  const suspend = () => onLock('suspend');
  const screenLock = () => onLock('screen-lock');
  powerMonitor.on('suspend', suspend);
  powerMonitor.on('lock-screen', screenLock);
  powerMonitor.on('user-did-become-active', onActive);
  powerMonitor.on('user-did-resign-active', screenLock);
  const stop = watchTrader({
    clock,
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    screenLocked: () => powerMonitor.getSystemIdleState(1) === 'locked',
    onActive,
    onScreenLocked: screenLock,
  });
  const stopWindows = watchWindows(clock, onActive);
  return () => {
    stop();
    stopWindows();
    powerMonitor.off('suspend', suspend);
    powerMonitor.off('lock-screen', screenLock);
    powerMonitor.off('user-did-become-active', onActive);
    powerMonitor.off('user-did-resign-active', screenLock);
  };
}
