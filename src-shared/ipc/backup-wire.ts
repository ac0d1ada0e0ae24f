/** Schemas of the database's backups as they cross a process boundary. */
import { z } from 'zod';
import { unixMsSchema } from './wire.ts';

export const backupSchema = z
  .object({
    /** File name in the backup folder: the backup's id. */
    name: z.string().regex(/^[\w.-]{1,120}$/),
    madeAtMs: unixMsSchema,
    bytes: z.number().int().min(0),
    /** In words, why it cannot be restored; null: its check found nothing. */
    damage: z.string().nullable(),
  })
  .readonly();

export const backupName = z
  .object({ name: z.string().regex(/^[\w.-]{1,120}$/) })
  .strict()
  .readonly();

/** What a backup holds, beside what a restore would replace. */
export const restorePreviewSchema = z
  .object({
    backup: backupSchema,
    vaults: z.number().int(),
    operations: z.number().int(),
    openOperations: z.number().int(),
    newestObservationMs: unixMsSchema.nullable(),
    /** Vaults and ended operations of today's database that the backup does not have. */
    lostVaults: z.array(z.string()).readonly(),
    lostOperations: z.number().int(),
    returningNotes: z.number().int(),
    /** Not empty: the restore is refused, because bytes of these may still land. */
    blockedBy: z.array(z.string()).readonly(),
  })
  .readonly();
