import type { Clock, Logger } from '#main/engine/ports.ts';
import type { Store } from '#main/store/index.ts';
import type { MadeBackup } from './backup-desk.ts';

const IDLE_MS = 60_000;
const BETWEEN_SLICES_MS = 25;
const BACKUP_LOOK_MS = 900_000;

/**
 * Lets the store thin its history, slice by slice, so that a long day's work never holds the loop; and makes a
 * backup where the newest one is a day old.
 */
export function keepStoreTidy(
  store: Pick<Store, 'maintain' | 'backups'>,
  clock: Clock,
  logger: Logger,
  onBackup: (backup: MadeBackup) => void,
): void {
  function slice(): void {
    const result = store.maintain();
    if (!result.ok) {
      logger.error('store.upkeep-failed', { code: result.error.code });
    } else if (result.value.removed > 0) {
      logger.debug('store.thinned', { removed: result.value.removed });
    }
    clock.schedule(result.ok && !result.value.done ? BETWEEN_SLICES_MS : IDLE_MS, slice);
  }

  async function backUp(): Promise<void> {
    const made = await store.backups.makeIfDue();
    if (!made.ok) logger.error('store.backup-failed', { code: made.error.code });
    else if (made.value !== null) {
      logger.info('store.backed-up', { bytes: made.value.bytes });
      onBackup(made.value);
    }
    clock.schedule(BACKUP_LOOK_MS, () => void backUp());
  }

  clock.schedule(IDLE_MS, slice);
  clock.schedule(IDLE_MS, () => void backUp());
}
