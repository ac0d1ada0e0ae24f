import type { DeskRecords } from '#main/engine/desk-ports.ts';
import type { Clock } from '#main/engine/ports.ts';
import type { WritableDb } from '../database.ts';
import { activityLogOn } from './activity-log.ts';
import { chartStoreOn } from './charts.ts';
import { exportStoreOn } from './exports.ts';
import { noteStoreOn } from './notes.ts';
import { operationIndexOn } from './operation-index.ts';

/** The engine's `DeskRecords` over a database. */
export function deskRecordsOn(db: WritableDb, clock: Clock): DeskRecords {
  return {
    charts: chartStoreOn(db, clock),
    operations: operationIndexOn(db),
    activity: activityLogOn(db),
    notes: noteStoreOn(db),
    exports: exportStoreOn(db),
  };
}
