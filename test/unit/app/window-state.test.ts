import fc from 'fast-check';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { placeFor, SMALLEST, windowStateFile } from '#main/app/window-state.ts';

const left = { x: 0, y: 24, width: 1_920, height: 1_056 };
const right = { x: 1_920, y: 0, width: 2_560, height: 1_440 };
const bounds = { x: 2_000, y: 100, width: 1_400, height: 900 };

it('stands in the middle with its usual size the first time', () => {
  expect(placeFor(null, [left])).toEqual({ width: 1_280, height: 820, maximized: false });
});

it('stands where it stood, on any screen', () => {
  const state = { bounds, maximized: true };
  expect(placeFor(state, [left, right])).toEqual({ ...bounds, maximized: true });
});

it('stands in the middle of the main screen when its own is gone', () => {
  expect(placeFor({ bounds, maximized: false }, [left])).toEqual({
    width: 1_400,
    height: 900,
    maximized: false,
  });
});

it('fits a screen that has become smaller, and is never too small to use', () => {
  const small = { x: 0, y: 0, width: 1_024, height: 600 };
  const state = { bounds: { x: 0, y: 0, width: 1_900, height: 1_000 }, maximized: false };
  expect(placeFor(state, [small])).toMatchObject({ width: 1_024, height: 600 });
  const tiny = { bounds: { x: 5, y: 5, width: 10, height: 10 }, maximized: false };
  expect(placeFor(tiny, [small])).toMatchObject(SMALLEST);
});

it('always leaves its title within reach', () => {
  const integer = fc.integer({ min: -10_000, max: 10_000 });
  const size = fc.integer({ min: 1, max: 8_000 });
  const area = fc.record({ x: integer, y: integer, width: size, height: size });
  fc.assert(
    fc.property(area, (saved) => {
      const place = placeFor({ bounds: saved, maximized: false }, [left, right]);
      const { x, y } = place;
      if (x === undefined || y === undefined) return;
      const held = [left, right].some(
        (screen) =>
          y >= screen.y &&
          y < screen.y + screen.height &&
          x < screen.x + screen.width - 100 &&
          x + place.width > screen.x + 100,
      );
      expect(held).toBe(true);
    }),
  );
});

it('keeps the place in a file, and does without one that cannot be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keel-window-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'window.json');
  const file = windowStateFile(path);
  expect(file.load()).toBeNull();
  file.save({ bounds, maximized: true });
  expect(file.load()).toEqual({ bounds, maximized: true });
  expect(readdirSync(folder)).toEqual(['window.json']);
  for (const text of ['', '{', '[]', '{"bounds":{"x":1e9,"y":0,"width":1,"height":1}}']) {
    writeFileSync(path, text);
    expect(file.load()).toBeNull();
  }
  windowStateFile('/dev/null/window.json').save({ bounds, maximized: false });
});
