import { keelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import type { MainServices } from '#main/ipc/main-handlers.ts';

type DeskFiles = Pick<MainServices, 'exports' | 'settingsFiles' | 'resetPractice' | 'loadLicences'>;

export function createDeskFiles(): DeskFiles {
  const notYet = () =>
    Promise.resolve(
      err(keelError('INTERNAL', 'operator', 'Files cannot be written.', 'Try later.')),
    );
  return {
    exports: { start: notYet, cancel: notYet, showInFolder: notYet },
    settingsFiles: { exportFile: notYet, previewImport: notYet, applyImport: notYet },
    resetPractice: notYet,
    loadLicences: () => Promise.resolve(ok({ licences: [] })),
  };
}
