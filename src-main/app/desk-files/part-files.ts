/**
 * The parts of files that are being written, remembered in the profile before each is made: a Keel that is killed in the
 * middle cannot take its own part away, and the next one does.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

export interface PartFiles {
  /** Before the part is made. @param part absolute path */
  begin(part: string): void;
  /** Once it is renamed or gone. */
  end(part: string): void;
  /** Removes what an earlier Keel left behind; what cannot be reached now is tried again at the next start. */
  sweep(): Promise<void>;
}

const PART_NAME = /^\..+\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part$/;
/** Whatever the list says, nothing but a part of Keel's is ever removed. */
const isPart = (file: string): boolean =>
  path.isAbsolute(file) && PART_NAME.test(path.basename(file));
const listSchema = z.array(z.string().refine(isPart));

/** Beside the target, hidden, under a name that nothing else has. @param id a UUID */
export const partNameOf = (file: string, id: string): string =>
  path.join(path.dirname(file), `.${path.basename(file)}.${id}.part`);

/** @param list the file that remembers them */
export function partFilesIn(list: string): PartFiles {
  const left = load(list);
  const parts = new Set(left);

  function save(): void {
    try {
      if (parts.size === 0) {
        rmSync(list, { force: true });
        return;
      }
      mkdirSync(path.dirname(list), { recursive: true });
      writeFileSync(`${list}.tmp`, JSON.stringify([...parts]), { mode: 0o600 });
      renameSync(`${list}.tmp`, list);
    } catch {
      // A full disk: then the file that is to be written may stand elsewhere, and is written all the same.
    }
  }

  return {
    begin(part) {
      parts.add(part);
      save();
    },
    end(part) {
      if (parts.delete(part)) save();
    },
    async sweep() {
      const gone = await Promise.all(left.map(isRemoved));
      left.filter((_, index) => gone[index]).forEach((part) => parts.delete(part));
      if (left.length > 0) save();
    },
  };
}

function load(list: string): readonly string[] {
  try {
    return listSchema.parse(JSON.parse(readFileSync(list, 'utf8')));
  } catch {
    return [];
  }
}

const isRemoved = (part: string): Promise<boolean> =>
  rm(part, { force: true }).then(
    () => true,
    () => false,
  );
