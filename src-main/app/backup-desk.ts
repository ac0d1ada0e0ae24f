import { ok } from '#domain/result.ts';
import type { BackupDesk } from '#main/ipc/engine-handlers.ts';
import type { Backups } from '#main/store/index.ts';

/** The store's backups as the window asks for them. */
export function createBackupDesk(backups: Backups): BackupDesk {
  return {
    async list() {
      const found = await backups.list();
      return found.ok ? ok({ folder: backups.folder, backups: found.value }) : found;
    },
    async make() {
      const made = await backups.make();
      return made.ok ? ok({ backup: made.value }) : made;
    },
    previewRestore: (name) => backups.previewRestore(name),
  };
}
