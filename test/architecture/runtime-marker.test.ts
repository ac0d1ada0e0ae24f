import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UNOFFICIAL_RUNTIME_MARKER, readUnofficialRuntime } from '#main/platform/runtime-marker.ts';

const root = resolve(import.meta.dirname, '../..');

describe('the marker of an unofficial runtime', () => {
  let folder: string;
  let executable: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keel-marker-'));
    executable = join(folder, 'electron');
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const mark = (text: string) => writeFile(join(folder, UNOFFICIAL_RUNTIME_MARKER), text);

  it('has the name that the set-up writes', async () => {
    const writer = await readFile(join(root, 'scripts/toolchain/unofficial-electron.cjs'), 'utf8');
    expect(writer).toContain(`const MARKER_FILE = '${UNOFFICIAL_RUNTIME_MARKER}';`);
  });

  it('is absent beside an official runtime', () => {
    expect(readUnofficialRuntime(executable)).toBeUndefined();
  });

  it('names the version and the compiled module', async () => {
    await mark('{"electron":"33.2.1","nativeBinding":"/somewhere/sqlite.node"}');
    expect(readUnofficialRuntime(executable)).toEqual({
      electron: '33.2.1',
      nativeBinding: '/somewhere/sqlite.node',
    });
  });

  it('names the module of a packaged app from its own folder', async () => {
    await mark('{"electron":"33.2.1","nativeBinding":"resources/sqlite.node"}');
    expect(readUnofficialRuntime(executable)?.nativeBinding).toBe(
      join(folder, 'resources/sqlite.node'),
    );
  });

  it.each(['', 'null', '{"electron":3}', '{'])('still counts when it reads %j', async (text) => {
    await mark(text);
    expect(readUnofficialRuntime(executable)).toEqual({ electron: 'unknown', nativeBinding: null });
  });
});
