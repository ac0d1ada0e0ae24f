import type { NewActivity } from '#domain/activity.ts';
import { ok } from '#domain/result.ts';
import type { UnixMs } from '#domain/units.ts';
import type { BackupDesk } from '#main/ipc/engine-handlers.ts';
import type { Backups } from '#main/store/index.ts';

export interface MadeBackup {
  readonly name: string;
  readonly bytes: number;
}

/** The store's backups as the window asks for them. @param onMade hears of each that the trader has made */
export function createBackupDesk(
  backups: Backups,
  onMade: (backup: MadeBackup) => void,
): BackupDesk {
  return {
    async list() {
      const found = await backups.list();
      return found.ok ? ok({ folder: backups.folder, backups: found.value }) : found;
    },
    async make() {
      const made = await backups.make();
      if (!made.ok) return made;
      onMade(made.value);
      return ok({ backup: made.value });
    },
    previewRestore: (name) => backups.previewRestore(name),
  };
}

const KB = 1_024;

export function backupEntry(
  { name, bytes }: MadeBackup,
  actor: 'trader' | 'keel',
  atMs: UnixMs,
): NewActivity {
  return {
    ...{ atMs, actor, kind: 'data', tone: 'info' },
    title: 'Backup made',
    text: `${name}, ${Math.ceil(bytes / KB).toLocaleString('en')} KB, checked.`,
    ...{ vaultId: null, network: null, operationId: null, alertId: null },
  };
}
