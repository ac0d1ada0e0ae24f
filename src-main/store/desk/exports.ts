import type { ExportRequest } from '#domain/data-export.ts';
import type { ExportPage, ExportStore } from '#main/engine/desk-ports.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { fundingPage } from './export-funding.ts';
import { historyPage } from './export-history.ts';
import { ACTIVITY, ALERTS, OPERATIONS, recordsPage } from './export-records.ts';

/** The engine's `ExportStore` over a database. Throws KeelFault for what cannot be read. */
export function exportStoreOn(db: WritableDb): ExportStore {
  return { loadPage: (request, cursor) => pageOf(db, request, cursor) };
}

function pageOf(db: ReadableDb, request: ExportRequest, cursor: string | null): ExportPage {
  switch (request.subject) {
    case 'history':
      return historyPage(db, request, cursor);
    case 'funding':
      return fundingPage(db, request, cursor);
    case 'operations':
      return recordsPage(db, OPERATIONS, request, cursor);
    case 'alerts':
      return recordsPage(db, ALERTS, request, cursor);
    case 'activity':
      return recordsPage(db, ACTIVITY, request, cursor);
  }
}
