import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file that is there as a whole or not at all: under a name of its own beside the target, flushed to the disk,
 * then renamed. When the chunks end with an error, or writing does, nothing is left behind and the error is thrown on.
 * @param chunks text in its order; UTF-8
 */
export async function writeWholeFile(file: string, chunks: AsyncIterable<string>): Promise<void> {
  const part = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.part`);
  let handle: FileHandle | null = await open(part, 'wx', 0o600);
  try {
    for await (const chunk of chunks) await handle.writeFile(chunk, 'utf8');
    await handle.sync();
    await handle.close();
    handle = null;
    await rename(part, file);
  } catch (caught) {
    await handle?.close().catch(() => undefined);
    await rm(part, { force: true }).catch(() => undefined);
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
