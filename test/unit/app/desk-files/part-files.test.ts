import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { partFilesIn, partNameOf } from '#main/app/desk-files/part-files.ts';
import { writeWholeFile } from '#main/app/desk-files/whole-file.ts';

const ID = '00000000-0000-4000-8000-000000000001';

function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'keel-parts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [list, file] = [join(folder, 'profile.json'), join(folder, 'out.csv')];
  return { folder, list, file, part: partNameOf(file, ID) };
}

/** What a killed process leaves: the list and the part, and nobody who takes them away. */
function killed({ list, part }: ReturnType<typeof bench>): void {
  partFilesIn(list).begin(part);
  writeFileSync(part, 'half of it');
}

it('takes away at the next start what a killed Keel left of a file', async () => {
  const place = bench();
  killed(place);
  writeFileSync(place.file, 'of another time');
  await partFilesIn(place.list).sweep();
  expect(readdirSync(place.folder)).toEqual(['out.csv']);
});

it('remembers a part before it is made, and forgets it once the file is whole', async () => {
  const { folder, list, file } = bench();
  const told: unknown[] = [];
  async function* chunks() {
    told.push(JSON.parse(readFileSync(list, 'utf8')), readdirSync(folder).length);
    yield await Promise.resolve('all of it');
  }
  await writeWholeFile(file, chunks(), partFilesIn(list));
  expect(told).toEqual([[expect.stringMatching(/\.out\.csv\.[-0-9a-f]{36}\.part$/)], 2]);
  expect(readdirSync(folder)).toEqual(['out.csv']);
  expect(readFileSync(file, 'utf8')).toBe('all of it');
});

it('forgets the part of a file that could not be made', async () => {
  const { folder, list } = bench();
  async function* chunks() {
    yield await Promise.resolve('text');
  }
  const nowhere = join(folder, 'nowhere', 'out.csv');
  await expect(writeWholeFile(nowhere, chunks(), partFilesIn(list))).rejects.toThrow('ENOENT');
  expect(existsSync(list)).toBe(false);
});

it('keeps in mind what cannot be removed now', async () => {
  const place = bench();
  partFilesIn(place.list).begin(place.part);
  // A folder of that name is not removed as a file is.
  mkdirSync(place.part);
  await partFilesIn(place.list).sweep();
  expect(JSON.parse(readFileSync(place.list, 'utf8'))).toEqual([place.part]);
});

it.each([
  ['a file that is no part of Keel’s', (file: string) => JSON.stringify([file])],
  ['a list that cannot be read', () => '{"half":'],
])('removes nothing for %s', async (_, textOf) => {
  const { list, file } = bench();
  writeFileSync(file, 'the trader’s own');
  writeFileSync(list, textOf(file));
  await partFilesIn(list).sweep();
  expect(readFileSync(file, 'utf8')).toBe('the trader’s own');
});
