/** The settings as a file: written out, and read in only after the trader has seen what it would change. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import type { Clock } from '#main/engine/ports.ts';
import type { SettingsFileServices } from '#main/ipc/main-handlers.ts';
import type { NoteActivity } from '../activity-notes.ts';
import { notWritten } from './file-faults.ts';
import type { PartFiles } from './part-files.ts';
import { readSettingsDocument, settingsDocument } from './settings-document.ts';
import { writeWholeFile } from './whole-file.ts';

/** Far more than all settings are. */
const LARGEST_BYTES = 1_000_000;
const DAY_CHARS = 10;

export interface SettingsFilesParts {
  readonly clock: Clock;
  readonly appVersion: string;
  readonly noteActivity: NoteActivity;
  readonly partFiles: PartFiles;
  newId(): string;
  current(): VisibleSettings;
  /** Asks outside the window where limits would be loosened, then writes and tells. */
  update(next: VisibleSettings): Promise<Result<VisibleSettings, KeelError>>;
  askWhereToSave(suggestedName: string): Promise<string | null>;
  askWhatToOpen(): Promise<string | null>;
}

interface Previewed {
  readonly token: string;
  readonly fileName: string;
  readonly now: VisibleSettings;
  readonly next: VisibleSettings;
  readonly changes: number;
}

export function createSettingsFiles(parts: SettingsFilesParts): SettingsFileServices {
  /** One at a time: a second preview takes the place of the first. */
  let previewed: Previewed | null = null;

  return {
    async exportFile() {
      const writtenAtMs = parts.clock.nowMs();
      const day = new Date(writtenAtMs).toISOString().slice(0, DAY_CHARS);
      const file = await parts.askWhereToSave(`keel-settings-${day}.json`);
      if (file === null) return ok(null);
      const text = settingsDocument(parts.current(), { appVersion: parts.appVersion, writtenAtMs });
      try {
        await writeWholeFile(file, once(text), parts.partFiles);
      } catch (caught) {
        return err(notWritten('EXPORT_FAILED', file, caught));
      }
      const fileName = path.basename(file);
      parts.noteActivity({
        kind: 'data',
        tone: 'info',
        title: 'Settings exported',
        text: fileName,
      });
      return ok(fileName);
    },

    async previewImport() {
      const file = await parts.askWhatToOpen();
      if (file === null) return ok(null);
      const fileName = path.basename(file);
      const text = await readText(file, fileName);
      if (!text.ok) return text;
      const now = parts.current();
      const read = readSettingsDocument(text.value, now);
      if (!read.ok) return read;
      const { next, changes, refused } = read.value;
      const token = parts.newId();
      previewed = { token, fileName, now, next, changes: changes.length };
      return ok({ token, fileName, changes, refused });
    },

    async applyImport(token) {
      const chosen = previewed;
      if (chosen === null || chosen.token !== token) return err(outdated());
      if (textOf(chosen.now) !== textOf(parts.current())) return err(outdated());
      const updated = await parts.update(chosen.next);
      if (!updated.ok) return updated;
      previewed = null;
      parts.noteActivity({
        kind: 'settings',
        tone: 'info',
        title: `Settings imported: ${chosen.changes} ${chosen.changes === 1 ? 'change' : 'changes'}`,
        text: chosen.fileName,
      });
      return ok(null);
    },
  };
}

async function readText(file: string, fileName: string): Promise<Result<string, KeelError>> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST_BYTES) return err(unreadable(fileName, 'it is larger than any settings'));
    return ok(await readFile(file, 'utf8'));
  } catch (caught) {
    const code = caught instanceof Error && 'code' in caught ? String(caught.code) : 'a fault';
    return err(unreadable(fileName, `the system says ${code}`));
  }
}

function unreadable(fileName: string, why: string): KeelError {
  return keelError(
    'FILE_UNREADABLE',
    'fix-input',
    `${fileName} cannot be read: ${why}. Nothing was changed.`,
    'Choose another file.',
  );
}

function outdated(): KeelError {
  return keelError(
    'FILE_UNREADABLE',
    'retry',
    'The settings have changed since the file was looked at. Nothing was imported.',
    'Choose the file again and look at what it would change now.',
  );
}

const textOf = (settings: VisibleSettings): string =>
  JSON.stringify(settings, (_, part: unknown) =>
    typeof part === 'bigint' ? part.toString() : part,
  );

async function* once(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
