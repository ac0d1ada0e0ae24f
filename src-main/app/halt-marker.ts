/** The halt that the engine does not know of yet, on disk: it survives a killed process and a power cut. */
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { HaltAll } from '#domain/halt-all.ts';
import { unixMs } from '#domain/units.ts';
import { haltAllSchema } from '#ipc/watch-wire.ts';
import type { Clock } from '#main/engine/ports.ts';

export interface HaltMarker {
  /** Null where there is none. One that cannot be read is a halt all the same: somebody has pressed it. */
  load(): HaltAll | null;
  /** On disk when it returns. Throws what the file system throws. */
  save(halt: HaltAll): void;
  remove(): void;
}

/** @param file absolute path in a folder that exists */
export function createHaltMarker(file: string, clock: Clock): HaltMarker {
  const folder = path.dirname(file);
  return {
    load() {
      let text: string;
      try {
        text = readFileSync(file, 'utf8');
      } catch (fault) {
        if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null;
        return unreadable(clock);
      }
      return parsed(text) ?? unreadable(clock);
    },
    save(halt) {
      const beside = `${file}.new`;
      const opened = openSync(beside, 'w', 0o600);
      try {
        writeSync(opened, JSON.stringify(z.encode(haltAllSchema, halt)));
        fsyncSync(opened);
      } finally {
        closeSync(opened);
      }
      renameSync(beside, file);
      syncFolder(folder);
    },
    remove() {
      rmSync(file, { force: true });
      syncFolder(folder);
    },
  };
}

function parsed(text: string): HaltAll | null {
  try {
    const halt = haltAllSchema.safeParse(JSON.parse(text));
    return halt.success ? halt.data : null;
  } catch {
    return null;
  }
}

function unreadable(clock: Clock): HaltAll {
  return { sinceMs: unixMs(clock.nowMs()), source: 'window' };
}

/** The new name itself must be durable; Windows has no way to say so and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
