import type { DeskRecords } from '#main/engine/desk-ports.ts';
import type { WritableDb } from '../database.ts';
import { activityLogOn } from './activity-log.ts';
import { chartStoreOn } from './charts.ts';
import { exportStoreOn } from './exports.ts';
import { noteStoreOn } from './notes.ts';
import { operationIndexOn } from './operation-index.ts';

/** The engine's `DeskRecords` over a database. */
export function deskRecordsOn(db: WritableDb): DeskRecords {
  return {
    charts: chartStoreOn(db),
    operations: operationIndexOn(db),
    activity: activityLogOn(db),
    notes: noteStoreOn(db),
    exports: exportStoreOn(db),
  };
}
