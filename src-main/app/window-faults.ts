/** Faults of the window, as it tells them: into the log, where secrets are taken out, and not without end. */
import type { RequestOf } from '#ipc/contract.ts';
import type { Clock, Logger } from '#main/engine/ports.ts';

export type WindowFault = RequestOf<'shell.reportRendererFault'>;

const MOST_PER_MINUTE = 30;
const MINUTE_MS = 60_000;

/** A window that fails in a circle must not fill the disk: what is beyond the limit is only counted. */
export function logWindowFaults(
  logger: Pick<Logger, 'error'>,
  clock: Pick<Clock, 'monotonicMs'>,
): (fault: WindowFault) => void {
  let sinceMs = Number.NEGATIVE_INFINITY;
  let told = 0;
  let dropped = 0;
  return ({ where, message, stack }) => {
    const nowMs = clock.monotonicMs();
    if (nowMs - sinceMs >= MINUTE_MS) {
      if (dropped > 0) logger.error('window.faultsDropped', { dropped });
      sinceMs = nowMs;
      told = 0;
      dropped = 0;
    }
    if (told >= MOST_PER_MINUTE) dropped += 1;
    else {
      told += 1;
      logger.error('window.fault', { where, message, stack });
    }
  };
}
