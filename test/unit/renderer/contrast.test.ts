import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrastOf, MARK_PAIRS, TEXT_PAIRS, type Rgb } from '#renderer/ui/colour-pairs.ts';

type Theme = 'light' | 'dark';

const root = new URL('../../../src-renderer/', import.meta.url);
const tokens = readTokens(readFileSync(new URL('ui/tokens.css', root), 'utf8'));

describe.each(['light', 'dark'] as const)('colours of the %s theme', (theme) => {
  it.each(flatten(TEXT_PAIRS))('%s can be read on %s', (text, ground) => {
    expect(contrastOf(colourOf(text, theme), colourOf(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(flatten(MARK_PAIRS))('%s can be seen on %s', (mark, ground) => {
    expect(contrastOf(colourOf(mark, theme), colourOf(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});

describe('the style sheets', () => {
  const sheets = globSync('**/*.css', { cwd: root }).map((file) => ({
    file,
    css: readFileSync(new URL(file, root), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, ''),
  }));

  it('put text only on grounds that it is proved on', () => {
    const proved = new Set(flatten(TEXT_PAIRS).map((pair) => pair.join(' on ')));
    const used = sheets.flatMap(({ file, css }) =>
      pairsOf(css).map((pair) => ({ file, pair, isProved: proved.has(pair) })),
    );
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter(({ isProved }) => !isProved)).toEqual([]);
  });

  it('take every colour from the tokens', () => {
    const raw = sheets
      .filter(({ file }) => file !== 'ui/tokens.css')
      .flatMap(({ file, css }) =>
        [...css.matchAll(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi)].map(
          ([found]) => `${file}: ${found}`,
        ),
      );
    expect(raw).toEqual([]);
  });
});

/** `text on ground` for each rule that sets both. */
function pairsOf(css: string): string[] {
  return [...css.matchAll(/\{([^{}]*)\}/g)].flatMap(([, rule = '']) => {
    const text = /(?:^|[;\s])color:\s*var\(--([\w-]+)\)/.exec(rule)?.[1];
    const ground = /(?:^|[;\s])background(?:-color)?:\s*var\(--([\w-]+)\)/.exec(rule)?.[1];
    return text === undefined || ground === undefined ? [] : [`${text} on ${ground}`];
  });
}

function flatten(pairs: typeof TEXT_PAIRS): [string, string][] {
  return pairs.flatMap(([front, grounds]) =>
    grounds.map((ground): [string, string] => [front, ground]),
  );
}

function readTokens(css: string): ReadonlyMap<string, readonly [light: string, dark: string]> {
  const [usual = ''] = css.split('@media');
  const pattern = /--([a-z0-9-]+):\s*(?:light-dark\((#\w{6}),\s*(#\w{6})\)|(#\w{6}));/g;
  return new Map(
    [...usual.matchAll(pattern)].map(([, name = '', light = '', dark = '', both]) => [
      name,
      [both ?? light, both ?? dark],
    ]),
  );
}

function colourOf(name: string, theme: Theme): Rgb {
  const hex = tokens.get(name)?.[theme === 'light' ? 0 : 1];
  if (hex === undefined) throw new Error(`tokens.css has no colour --${name}`);
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}
