/** What went wrong in the window itself: told to the main process's log, bounded and not without end. */
import { isKeelError } from './fault-words.ts';
import { bridge } from '#renderer/bridge/window-bridge.ts';

const MOST_PER_MINUTE = 12;
const MINUTE_MS = 60_000;
const LONGEST_MESSAGE = 500;
const LONGEST_STACK = 4_000;

let reportedAtMs: number[] = [];

/**
 * Reports once what was caught.
 * @param where the part of the window: `screen vaults`, `window`
 */
export function reportFault(caught: unknown, where: string): void {
  const nowMs = Date.now();
  reportedAtMs = reportedAtMs.filter((atMs) => nowMs - atMs < MINUTE_MS);
  if (reportedAtMs.length >= MOST_PER_MINUTE) return;
  reportedAtMs.push(nowMs);
  const error = caught instanceof Error ? caught : null;
  void bridge
    .invoke('shell.reportRendererFault', {
      where: where.slice(0, 80),
      message: messageOf(caught).slice(0, LONGEST_MESSAGE),
      stack: (error?.stack ?? '').slice(0, LONGEST_STACK),
    })
    .catch(() => undefined);
}

function messageOf(caught: unknown): string {
  if (isKeelError(caught)) return `${caught.code}: ${caught.message}`;
  return caught instanceof Error ? `${caught.name}: ${caught.message}` : 'Something was thrown';
}

/** Faults outside of drawing: in an event's handler, in a promise that nobody waited for. */
export function reportWindowFaults(): () => void {
  const onError = (event: ErrorEvent) => reportFault(event.error ?? event.message, 'window');
  const onRejection = (event: PromiseRejectionEvent) => reportFault(event.reason, 'promise');
  globalThis.addEventListener('error', onError);
  globalThis.addEventListener('unhandledrejection', onRejection);
  return () => {
    globalThis.removeEventListener('error', onError);
    globalThis.removeEventListener('unhandledrejection', onRejection);
  };
}
