/** A raw connection, and the first look at a file before there is one. */
import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';

export interface DatabaseLocation {
  readonly file: string;
  /** better-sqlite3's binary where it is not the packaged one. */
  readonly nativeBinding?: string;
}

export function connect(
  { file, nativeBinding }: DatabaseLocation,
  readonly: boolean,
): Database.Database {
  return new Database(file, {
    readonly,
    timeout: 5_000,
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  });
}

const MAGIC = 'SQLite format 3\0';

/** Looks at the first bytes without opening the database: a file that is refused must not be touched. */
export function readHeader(file: string): 'empty' | 'foreign' | { readonly version: number } {
  if (!existsSync(file) || statSync(file).size === 0) return 'empty';
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  if (header.toString('latin1', 0, 16) !== MAGIC) return 'foreign';
  return { version: header.readUInt32BE(60) };
}
