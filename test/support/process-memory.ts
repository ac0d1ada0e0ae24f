/** The memory of another process, as Linux shows it to whoever started the process. */
import { open, readFile, type FileHandle } from 'node:fs/promises';

const PAGE_BYTES = 4_096;
const CHUNK_BYTES = 16 * 1_024 * 1_024;
/** So that what lies across two chunks is read whole once. */
const OVERLAP_BYTES = 1_024;
const PAGEMAP_ENTRY_BYTES = 8;
const PAGES_AT_ONCE = 32_768;

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Why a test cannot read the memory of a process that it started; null: it can. Systems differ, and a sandboxed page
 * hides from everybody but root.
 */
export async function memoryHiddenBecause(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return 'only Linux shows the memory of a process as a file';
  try {
    for (const name of ['maps', 'mem', 'pagemap'])
      await (await open(`/proc/${pid}/${name}`)).close();
    return null;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') return `the system hides the memory of ${pid}`;
    throw cause;
  }
}

/**
 * Everything that the process has in memory and could have written: heaps, stacks, shared memory. Left out is what
 * was mapped from a file and never changed.
 * @throws Error when the process is gone or may not be read
 */
export async function* readMemory(pid: number): AsyncGenerator<Uint8Array> {
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
  await using memory = await open(`/proc/${pid}/mem`, 'r');
  await using pagemap = await open(`/proc/${pid}/pagemap`, 'r');
  for (const mapping of writtenMappings(maps)) {
    for await (const range of presentRanges(pagemap, mapping)) yield* readRange(memory, range);
  }
}

function writtenMappings(maps: string): readonly Range[] {
  return maps.split('\n').flatMap((line) => {
    const [, start, end, mode, path] =
      /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \S+\s*(.*)$/.exec(line) ?? [];
    if (start === undefined || end === undefined || mode?.startsWith('r') !== true) return [];
    const untouched = path?.startsWith('/') === true && mode[1] !== 'w';
    const ofKernel = path?.startsWith('[v') === true;
    if (untouched || ofKernel) return [];
    return [{ start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) }];
  });
}

/** Reading a page that was never touched would make it, and most of a browser's address space is that. */
async function* presentRanges(pagemap: FileHandle, { start, end }: Range): AsyncGenerator<Range> {
  const pages = (end - start) / PAGE_BYTES;
  let open: number | null = null;
  for (let first = 0; first < pages; first += PAGES_AT_ONCE) {
    const count = Math.min(PAGES_AT_ONCE, pages - first);
    const entries = Buffer.alloc(count * PAGEMAP_ENTRY_BYTES);
    const place = (start / PAGE_BYTES + first) * PAGEMAP_ENTRY_BYTES;
    const { bytesRead } = await pagemap.read(entries, 0, entries.length, place);
    for (let page = 0; page < bytesRead / PAGEMAP_ENTRY_BYTES; page += 1) {
      // Bit 63: in memory; bit 62: in swap.
      const present = (entries[page * PAGEMAP_ENTRY_BYTES + 7] ?? 0) >= 0x40;
      const at = start + (first + page) * PAGE_BYTES;
      if (present) open ??= at;
      else if (open !== null) {
        yield { start: open, end: at };
        open = null;
      }
    }
  }
  if (open !== null) yield { start: open, end };
}

async function* readRange(memory: FileHandle, { start, end }: Range): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(Math.min(CHUNK_BYTES, end - start));
  for (let at = start; at < end; at += CHUNK_BYTES - OVERLAP_BYTES) {
    const length = Math.min(buffer.length, end - at);
    // A page may have gone since it was listed: what cannot be read is no longer there.
    const read = await memory.read(buffer, 0, length, at).catch(() => ({ bytesRead: 0 }));
    if (read.bytesRead > 0) yield buffer.subarray(0, read.bytesRead);
    if (at + length >= end) return;
  }
}
