import { powerMonitor } from 'electron';
import type { Clock } from '#main/engine/ports.ts';
import { watchTrader } from './trader-watch.ts';

export interface LockWatchParts {
  readonly clock: Clock;
  onLock(cause: 'suspend' | 'screen-lock'): void;
  /** The trader is at the computer. */
  onActive(): void;
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
  return () => {
    stop();
    powerMonitor.off('suspend', suspend);
    powerMonitor.off('lock-screen', screenLock);
    powerMonitor.off('user-did-become-active', onActive);
    powerMonitor.off('user-did-resign-active', screenLock);
  };
}
