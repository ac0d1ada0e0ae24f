/** Which colours stand on which, as far as they have to be told apart; proved by a test, shown on the design page. */

type Pair = readonly [front: string, grounds: readonly string[]];

/** Text on its ground: WCAG AA asks for 4.5. */
export const TEXT_PAIRS: readonly Pair[] = [
  [
    'text',
    [
      'bg',
      'surface',
      'surface-2',
      'surface-3',
      'warn-soft',
      'bad-soft',
      'good-soft',
      'accent-soft',
      'field',
    ],
  ],
  ['text-2', ['bg', 'surface', 'surface-2', 'surface-3', 'warn-soft', 'bad-soft', 'accent-soft']],
  ['text-3', ['surface', 'surface-2', 'surface-3', 'bg']],
  ['stale', ['surface', 'surface-2', 'bg']],
  ['good', ['surface', 'surface-2', 'surface-3', 'good-soft', 'bg']],
  ['warn', ['surface', 'surface-2', 'surface-3', 'warn-soft', 'bg']],
  ['bad', ['surface', 'surface-2', 'surface-3', 'bad-soft', 'bg']],
  ['accent', ['surface', 'surface-2', 'accent-soft', 'bg']],
  ['paper', ['surface', 'paper-soft']],
  ['practice', ['surface', 'practice-soft']],
  ['live', ['surface', 'live-soft']],
  ['on-accent', ['accent-fill', 'accent-fill-hover']],
  ['on-bad', ['bad-fill', 'bad-fill-hover', 'bad-banner', 'on-bad-soft', 'on-bad-hover']],
];

/** Borders and marks that carry meaning: WCAG AA asks for 3. */
export const MARK_PAIRS: readonly Pair[] = [
  ['control-line', ['surface', 'bg']],
  ['accent', ['bg', 'surface-3']],
];

export type Rgb = readonly [red: number, green: number, blue: number];

/** WCAG's contrast of two colours (channels 0 … 255): 1 … 21. */
export function contrastOf(front: Rgb, ground: Rgb): number {
  const [one, other] = [luminance(front), luminance(ground)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
