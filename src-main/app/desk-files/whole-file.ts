import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { partNameOf, type PartFiles } from './part-files.ts';

/**
 * Writes a file that is there as a whole or not at all: under a name of its own beside the target, flushed to the disk,
 * then renamed. When the chunks end with an error, or writing does, nothing is left behind and the error is thrown on.
 * @param chunks text in its order; UTF-8
 * @param parts remembers the name of its own, in case Keel is killed meanwhile
 */
export async function writeWholeFile(
  file: string,
  chunks: AsyncIterable<string>,
  parts: Pick<PartFiles, 'begin' | 'end'>,
): Promise<void> {
  const part = partNameOf(file, randomUUID());
  parts.begin(part);
  let handle: FileHandle | null = null;
  try {
    handle = await open(part, 'wx', 0o600);
    for await (const chunk of chunks) await handle.writeFile(chunk, 'utf8');
    await handle.sync();
    await handle.close();
    handle = null;
    await rename(part, file);
    parts.end(part);
  } catch (caught) {
    await handle?.close().catch(() => undefined);
    await rm(part, { force: true }).then(
      () => parts.end(part),
      () => undefined,
    );
    throw caught;
  }
  await flushFolder(path.dirname(file));
}

/** So that the name, too, outlasts a power failure; where a system has no such thing, it is done already. */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows opens no folder.
  }
}
