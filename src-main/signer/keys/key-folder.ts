/**
 * The folder of the keys on disk: the user's alone, written so that a cut at any moment leaves the old file or the
 * new one, whole. Nothing here knows what the bytes mean.
 */
import * as nodeFs from 'node:fs';
import { join } from 'node:path';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { exposed, inWords, systemCodeOf, unavailable, writeFailed } from './key-errors.ts';

/** What of the file system is used; tests put one in that fails. */
export type FileSystem = Pick<
  typeof nodeFs,
  | 'closeSync'
  | 'fchmodSync'
  | 'fsyncSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'renameSync'
  | 'rmSync'
  | 'writeSync'
>;

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** Anything for the group or for others. */
const NOT_THE_OWNER = 0o077;
const KEY_FILE = 'keystore.json';
const PREVIOUS_FILE = 'keystore.previous.json';

export interface KeyFolder {
  readonly keyFile: string;
  /** Null: there is none. Errors: `KEY_FILE_EXPOSED`, `KEY_FILE_UNAVAILABLE`. */
  read(): Result<Buffer | null, KeelError>;
  /**
   * Durable when it returns. The generation before stays as `keystore.previous.json`; with `forget` (a new passphrase, a
   * removed key) the new one replaces it as well once it is safe, so that what was given up does not stay on the disk.
   * Refuses to overwrite a file that is not the one that was read. Errors: `KEY_FILE_WRITE_FAILED`, `KEY_FILE_UNAVAILABLE`.
   */
  write(bytes: Buffer, options: { readonly forget: boolean }): Result<null, KeelError>;
  hasPrevious(): boolean;
  /** Another small file of the folder; null: missing or unreadable. */
  readNote(name: string): Buffer | null;
  /** Whether it was written. */
  writeNote(name: string, bytes: Buffer): boolean;
}

/** Opens the folder, made with mode 0700 where it is missing. Errors: `KEY_FILE_EXPOSED`, `KEY_FILE_UNAVAILABLE`. */
export function openKeyFolder(
  folder: string,
  fs: FileSystem = nodeFs,
): Result<KeyFolder, KeelError> {
  const made = guarded(
    () => fs.mkdirSync(folder, { recursive: true, mode: FOLDER_MODE }),
    (reason) => unavailable(folder, reason),
  );
  if (!made.ok) return made;
  const checked = checkPrivate(fs, folder, FOLDER_MODE);
  return checked.ok ? ok(keyFolder(folder, fs)) : checked;
}

function keyFolder(folder: string, fs: FileSystem): KeyFolder {
  const keyFile = join(folder, KEY_FILE);
  const previous = join(folder, PREVIOUS_FILE);
  let known: Buffer | null = null;

  function read(): Result<Buffer | null, KeelError> {
    for (const [path, mode] of [
      [folder, FOLDER_MODE],
      [keyFile, FILE_MODE],
    ] as const) {
      const checked = checkPrivate(fs, path, mode);
      if (!checked.ok) return checked;
      if (checked.value === 'missing') return ok(null);
    }
    return guarded(
      () => fs.readFileSync(keyFile),
      (reason) => unavailable(keyFile, reason),
    );
  }

  return {
    keyFile,
    hasPrevious: () => exists(fs, previous),
    read() {
      const bytes = read();
      if (bytes.ok) known = bytes.value;
      return bytes;
    },
    write(bytes, { forget }) {
      const now = read();
      if (!now.ok) return now;
      if (!same(now.value, known)) {
        return err(unavailable(keyFile, 'the file was changed by another program meanwhile'));
      }
      const written = guarded(
        () => {
          if (now.value !== null && !forget) replace(fs, folder, previous, now.value);
          replace(fs, folder, keyFile, bytes);
        },
        (reason) => writeFailed(keyFile, reason),
      );
      if (!written.ok) {
        takeBack(fs, folder, keyFile, bytes, now.value);
        return written;
      }
      known = Buffer.from(bytes);
      if (forget) forgetPrevious(fs, folder, previous, bytes);
      return ok(null);
    },
    readNote(name) {
      try {
        return fs.readFileSync(join(folder, name));
      } catch {
        return null; // a note is a help, never a condition
      }
    },
    writeNote(name, bytes) {
      try {
        replace(fs, folder, join(folder, name), bytes);
        return true;
      } catch {
        return false;
      }
    },
  };
}

function same(left: Buffer | null, right: Buffer | null): boolean {
  return left === null || right === null ? left === right : left.equals(right);
}

/** Whole or not at all: written beside, synced, renamed, and the rename itself synced. */
function replace(fs: FileSystem, folder: string, path: string, bytes: Buffer): void {
  const beside = `${path}.tmp`;
  try {
    fs.rmSync(beside, { force: true });
    const descriptor = fs.openSync(beside, 'wx', FILE_MODE);
    try {
      fs.fchmodSync(descriptor, FILE_MODE);
      for (let at = 0; at < bytes.length;) at += fs.writeSync(descriptor, bytes, at);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(beside, path);
  } catch (caught) {
    discard(fs, beside);
    throw caught;
  }
  syncFolder(fs, folder);
}

function syncFolder(fs: FileSystem, folder: string): void {
  // Windows opens no folders; its rename is journalled.
  if (process.platform === 'win32') return;
  const descriptor = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** The new generation is safe by now: a copy of it, or nothing, may stand where the old secrets stood. */
function forgetPrevious(fs: FileSystem, folder: string, previous: string, bytes: Buffer): void {
  try {
    replace(fs, folder, previous, bytes);
  } catch {
    discard(fs, previous);
  }
}

/** The last step failed with the new file in its place: what is reported as not written must not count later. */
function takeBack(
  fs: FileSystem,
  folder: string,
  keyFile: string,
  written: Buffer,
  before: Buffer | null,
): void {
  try {
    if (!exists(fs, keyFile) || !fs.readFileSync(keyFile).equals(written)) return;
    if (before === null) fs.rmSync(keyFile, { force: true });
    else replace(fs, folder, keyFile, before);
  } catch {
    // The disk takes nothing more; either generation is whole.
  }
}

function discard(fs: FileSystem, path: string): void {
  try {
    fs.rmSync(path, { force: true });
  } catch {
    // It holds nothing but what is sealed, and the next write takes its place.
  }
}

function exists(fs: FileSystem, path: string): boolean {
  try {
    fs.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function checkPrivate(
  fs: FileSystem,
  path: string,
  wanted: number,
): Result<'missing' | 'private', KeelError> {
  try {
    const stats = fs.lstatSync(path);
    const expected = wanted === FOLDER_MODE ? stats.isDirectory() : stats.isFile();
    if (!expected) return err(unavailable(path, 'it is a link or something else than expected'));
    const mode = stats.mode & 0o777;
    const open = process.platform !== 'win32' && (mode & NOT_THE_OWNER) !== 0;
    return open ? err(exposed(path, mode, wanted)) : ok('private');
  } catch (caught) {
    const code = systemCodeOf(caught);
    return code === 'ENOENT' ? ok('missing') : err(unavailable(path, inWords(code)));
  }
}

function guarded<Value>(
  work: () => Value,
  describe: (reason: string) => KeelError,
): Result<Value, KeelError> {
  try {
    return ok(work());
  } catch (caught) {
    return err(describe(inWords(systemCodeOf(caught))));
  }
}
