import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Theme = 'light' | 'dark';
type Colour = readonly [red: number, green: number, blue: number];

const tokens = readTokens(
  readFileSync(new URL('../../../src-renderer/ui/tokens.css', import.meta.url), 'utf8'),
);

/** Text on its ground: WCAG AA asks for 4.5. */
const TEXT_PAIRS: readonly (readonly [text: string, grounds: readonly string[]])[] = [
  ['text', ['bg', 'surface', 'surface-2', 'surface-3', 'warn-soft', 'bad-soft', 'accent-soft']],
  ['text-2', ['bg', 'surface', 'surface-2', 'surface-3', 'bad-soft']],
  ['text-3', ['surface', 'surface-2', 'surface-3', 'bg']],
  ['stale', ['surface']],
  ['good', ['surface', 'surface-2', 'good-soft', 'bg']],
  ['warn', ['surface', 'surface-2', 'warn-soft', 'bg']],
  ['bad', ['surface', 'surface-2', 'bad-soft', 'bg']],
  ['accent', ['surface', 'surface-2', 'accent-soft']],
  ['paper', ['surface', 'paper-soft']],
  ['practice', ['surface', 'practice-soft']],
  ['live', ['surface', 'live-soft']],
  ['on-accent', ['accent-fill', 'accent-fill-hover']],
  ['on-bad', ['bad-fill', 'bad-fill-hover', 'bad-banner']],
];

/** Borders and marks that carry meaning: WCAG AA asks for 3. */
const MARK_PAIRS: readonly (readonly [mark: string, grounds: readonly string[]])[] = [
  ['control-line', ['surface', 'bg']],
  ['accent', ['bg', 'surface-3']],
];

describe.each(['light', 'dark'] as const)('colours of the %s theme', (theme) => {
  it.each(flatten(TEXT_PAIRS))('%s can be read on %s', (text, ground) => {
    expect(contrast(colourOf(text, theme), colourOf(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(flatten(MARK_PAIRS))('%s can be seen on %s', (mark, ground) => {
    expect(contrast(colourOf(mark, theme), colourOf(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});

function flatten(pairs: typeof TEXT_PAIRS): [string, string][] {
  return pairs.flatMap(([front, grounds]) =>
    grounds.map((ground): [string, string] => [front, ground]),
  );
}

function readTokens(css: string): ReadonlyMap<string, readonly [light: string, dark: string]> {
  const pattern = /--([a-z0-9-]+):\s*(?:light-dark\((#\w{6}),\s*(#\w{6})\)|(#\w{6}));/g;
  return new Map(
    [...css.matchAll(pattern)].map(([, name = '', light = '', dark = '', both]) => [
      name,
      [both ?? light, both ?? dark],
    ]),
  );
}

function colourOf(name: string, theme: Theme): Colour {
  const hex = tokens.get(name)?.[theme === 'light' ? 0 : 1];
  if (hex === undefined) throw new Error(`tokens.css has no colour --${name}`);
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [channel(1), channel(3), channel(5)];
}

function contrast(front: Colour, ground: Colour): number {
  const [one, other] = [luminance(front), luminance(ground)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
