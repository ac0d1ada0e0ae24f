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
import { unixMs } from '#domain/units.ts';
import { practiceBegunAnewAtMs, putPracticeAway } from '#main/app/desk-files/practice-folder.ts';

const AT = unixMs(Date.UTC(2026, 10, 22, 8, 30));
const LATER = unixMs(AT + 60_000);

function place() {
  const root = mkdtempSync(join(tmpdir(), 'keel-practice-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'practice');
  mkdirSync(folder);
  writeFileSync(join(folder, 'world.json'), 'first');
  return { root, folder };
}

it('puts the folder aside whole, and an empty one in its place that says since when', () => {
  const { root, folder } = place();
  expect(practiceBegunAnewAtMs(folder)).toBeNull();
  const aside = putPracticeAway(folder, AT);
  expect(aside).toBe('practice.before-20261122T083000Z');
  expect(readFileSync(join(root, aside ?? '', 'world.json'), 'utf8')).toBe('first');
  expect(readdirSync(folder)).toEqual(['begun-anew.json']);
  expect(practiceBegunAnewAtMs(folder)).toBe(AT);
});

it('keeps the newest of those put aside, and nothing else of the folder around it', () => {
  const { root, folder } = place();
  writeFileSync(join(root, 'settings.json'), '{}');
  mkdirSync(join(root, 'practice-mine'));
  putPracticeAway(folder, AT);
  writeFileSync(join(folder, 'world.json'), 'second');
  const aside = putPracticeAway(folder, LATER) ?? '';
  expect(readFileSync(join(root, aside, 'world.json'), 'utf8')).toBe('second');
  expect(readdirSync(root).sort()).toEqual(
    [aside, 'practice', 'practice-mine', 'settings.json'].sort(),
  );
});

it('overwrites nothing that was put aside in the same second', () => {
  const { folder } = place();
  const first = putPracticeAway(folder, AT);
  expect(putPracticeAway(folder, AT)).not.toBe(first);
});

it('begins where there was none', () => {
  const { folder } = place();
  rmSync(folder, { recursive: true });
  expect(putPracticeAway(folder, AT)).toBeNull();
  expect(practiceBegunAnewAtMs(folder)).toBe(AT);
});

it('leaves the folder where it was when the new one cannot be made', () => {
  const { folder } = place();
  const inside = join(folder, 'world.json', 'practice');
  expect(() => putPracticeAway(inside, AT)).toThrow();
  expect(existsSync(join(folder, 'world.json'))).toBe(true);
});

it.each(['', '{}', '{"atMs":"x"}', '[1]'])('takes %j for no date', (text) => {
  const { folder } = place();
  writeFileSync(join(folder, 'begun-anew.json'), text);
  expect(practiceBegunAnewAtMs(folder)).toBeNull();
});
