import { create } from 'zustand';
import type { ExportId, ExportProgress } from '#domain/data-export.ts';

/** Files of this session that are being written, or whose end has not been dismissed; in the order of their start. */
export const useExportStore = create<{ readonly exports: readonly ExportProgress[] }>()(() => ({
  exports: [],
}));

/** The oldest that have ended leave first. */
const MOST_SHOWN = 4;

export function receiveExport(progress: ExportProgress): void {
  useExportStore.setState(({ exports }) => {
    const known = exports.some(({ id }) => id === progress.id);
    const next = known
      ? exports.map((each) => (each.id === progress.id ? progress : each))
      : [...exports, progress];
    const spare = Math.max(0, next.length - MOST_SHOWN);
    const leaving = next.filter(({ state }) => state.kind !== 'running').slice(0, spare);
    return { exports: next.filter((each) => !leaving.includes(each)) };
  });
}

export function dismissExport(id: ExportId): void {
  useExportStore.setState(({ exports }) => ({ exports: exports.filter((each) => each.id !== id) }));
}
