/** Files that the trader asks for: exports, settings, licences; and the practice network's folder. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { shell, type BrowserWindow } from 'electron';
import type { ExportProgress } from '#domain/data-export.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import type { EngineClient } from '#main/ipc/engine-client.ts';
import type { MainServices } from '#main/ipc/main-handlers.ts';
import type { NoteActivity } from '../activity-notes.ts';
import type { DeskParts } from '../desk-parts.ts';
import type { PracticeLink } from '../practice-link.ts';
import { visibleSettings } from '../settings-service.ts';
import { askForFiles } from './ask-file.ts';
import { createExportDesk } from './export-desk.ts';
import { loadLicences } from './licence-list.ts';
import { partFilesIn } from './part-files.ts';
import { createPracticeReset } from './practice-reset.ts';
import { createSettingsFiles } from './settings-files.ts';

export interface DeskFilesParts {
  readonly ask: EngineClient['ask'];
  readonly practice: PracticeLink;
  readonly noteActivity: NoteActivity;
  window(): BrowserWindow | null;
  updateSettings(next: VisibleSettings): Promise<Result<VisibleSettings, KeelError>>;
  publishExport(progress: ExportProgress): void;
  /** Capital operations on the practice network that have not ended. */
  openPracticeOperations(): number;
}

export interface DeskFiles extends Pick<
  MainServices,
  'exports' | 'settingsFiles' | 'resetPractice' | 'loadLicences'
> {
  /** Ends what is being written; no part of a file is left. */
  close(): Promise<void>;
}

export function createDeskFiles(desk: DeskParts, parts: DeskFilesParts): DeskFiles {
  const { clock, logger, settings, runtime, dist, paths } = desk;
  const { noteActivity } = parts;
  const { appVersion } = runtime.info;
  const ask = askForFiles(() => parts.window());
  const partFiles = partFilesIn(path.join(paths.userData, 'unfinished-files.json'));
  void partFiles.sweep();
  const common = { clock, appVersion, noteActivity, partFiles, newId: randomUUID };
  const exports = createExportDesk({
    ...common,
    ask: parts.ask,
    askForFile: (name) => ask.toSave('Export', name),
    showInFolder: (file) => shell.showItemInFolder(file),
    publish: parts.publishExport,
  });
  return {
    exports,
    settingsFiles: createSettingsFiles({
      ...common,
      current: () => visibleSettings(settings.current()),
      update: parts.updateSettings,
      askWhereToSave: (name) => ask.toSave('Export settings', name),
      askWhatToOpen: () => ask.toOpen('Import settings'),
    }),
    resetPractice: createPracticeReset({
      ...{ clock, logger, noteActivity },
      link: parts.practice,
      folder: paths.practice,
      openOperations: parts.openPracticeOperations,
    }),
    loadLicences: () => loadLicences(dist),
    close: () => exports.close(),
  };
}
