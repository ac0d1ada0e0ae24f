/** Made-up backups: a good one, an old one, a damaged one. */
import { unixMs } from '#domain/units.ts';
import type { ResponseOf } from '#ipc/contract.ts';

type Backup = ResponseOf<'backup.make'>['backup'];
type Preview = ResponseOf<'backup.previewRestore'>;

const HOUR_MS = 3_600_000;

export const firstBackup = (nowMs: number): Backup => ({
  name: 'keel-2026-06-01T03-00-00.db',
  madeAtMs: unixMs(nowMs - 5 * HOUR_MS),
  bytes: 4_218_880,
  damage: null,
});

export const backupsOf = (nowMs: number): Backup[] => [
  firstBackup(nowMs),
  {
    name: 'keel-2026-05-31T03-00-00.db',
    madeAtMs: unixMs(nowMs - 29 * HOUR_MS),
    bytes: 4_104_192,
    damage: null,
  },
  {
    name: 'keel-2026-05-30T03-00-00.db',
    madeAtMs: unixMs(nowMs - 53 * HOUR_MS),
    bytes: 1_204_224,
    damage: 'The integrity check found a broken page: it was cut while it was copied.',
  },
];

export const restorePreview = (nowMs: number): Preview => ({
  backup: firstBackup(nowMs),
  vaults: 2,
  operations: 41,
  openOperations: 0,
  newestObservationMs: unixMs(nowMs - 5 * HOUR_MS - 4_000),
  lostVaults: ['Dry run'],
  lostOperations: 3,
  returningNotes: 1,
  blockedBy: [],
});
