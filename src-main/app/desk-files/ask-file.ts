import path from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';

type Parent = () => BrowserWindow | null;

/** By the operating system's own dialog; null: the trader chose none. */
export interface AskFile {
  toSave(title: string, suggestedName: string): Promise<string | null>;
  toOpen(title: string): Promise<string | null>;
}

/** Begins in the folder of the last file that was saved, and the first time in the user's documents. */
export function askForFiles(parent: Parent): AskFile {
  let folder: string | null = null;
  return {
    async toSave(title, suggestedName) {
      const options = {
        title,
        defaultPath: path.join(folder ?? app.getPath('documents'), suggestedName),
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'] as const,
      };
      const window = parent();
      const asked = { ...options, properties: [...options.properties] };
      const { canceled, filePath } = await (window === null
        ? dialog.showSaveDialog(asked)
        : dialog.showSaveDialog(window, asked));
      if (canceled || filePath === '') return null;
      folder = path.dirname(filePath);
      return filePath;
    },
    async toOpen(title) {
      const window = parent();
      const asked = {
        title,
        filters: [
          { name: 'JSON', extensions: ['json'] },
          { name: 'All files', extensions: ['*'] },
        ],
        properties: ['openFile' as const, 'dontAddToRecent' as const],
      };
      const { canceled, filePaths } = await (window === null
        ? dialog.showOpenDialog(asked)
        : dialog.showOpenDialog(window, asked));
      return canceled ? null : (filePaths[0] ?? null);
    },
  };
}
