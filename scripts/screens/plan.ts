/** What is pictured: screens, states of the desk, sizes and themes, and the names of the files. */
import { parseArgs } from 'node:util';

export const STATES = ['full', 'empty', 'failing', 'first'] as const;
export type DeskState = (typeof STATES)[number];

export const THEMES = ['dark', 'light'] as const;
export type PictureTheme = (typeof THEMES)[number];

/** Of the window's content, CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export const SIZES: readonly Size[] = [
  { width: 1024, height: 640 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
];

/** Of the screen, larger than the largest window: one as large as its screen is taken for one that fills it. */
export const SCREEN = wordsOf({ width: 2600, height: 1500 });

export function wordsOf({ width, height }: Size): string {
  return `${width}x${height}`;
}

export interface Plan {
  /** Null: every screen. */
  readonly only: readonly string[] | null;
  readonly states: readonly DeskState[];
  readonly themes: readonly PictureTheme[];
  readonly sizes: readonly Size[];
  /** Folder to write to; null: that of the documentation. */
  readonly out: string | null;
}

/**
 * Reads `--only overview,vaults --state full --theme dark --size 1440x900 --out DIR`.
 * @throws Error that names the choice that there is not
 */
export function planOf(args: readonly string[]): Plan {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { only: text, state: text, theme: text, size: text, out: text },
  });
  const sizes = chosen('size', values.size, SIZES.map(wordsOf));
  return {
    only: values.only?.split(',') ?? null,
    states: chosen('state', values.state, STATES),
    themes: chosen('theme', values.theme, THEMES),
    sizes: SIZES.filter((size) => sizes.includes(wordsOf(size))),
    out: values.out ?? null,
  };
}

function chosen<Choice extends string>(
  name: string,
  text: string | undefined,
  choices: readonly Choice[],
): readonly Choice[] {
  if (text === undefined) return choices;
  const wanted = text.split(',');
  const unknown = wanted.find((each) => !choices.some((choice) => choice === each));
  if (unknown !== undefined) {
    throw new Error(`--${name}: there is no ${unknown}, only ${choices.join(', ')}`);
  }
  return choices.filter((choice) => wanted.includes(choice));
}

export interface Picture {
  readonly screen: string;
  readonly state: DeskState;
  /** `WIDTHxHEIGHT`. */
  readonly size: string;
  readonly theme: PictureTheme;
}

export const fileNameOf = ({ screen, state, size, theme }: Picture): string =>
  `${screen}-${state}-${size}-${theme}.webp`;

const NAME =
  /^(?<screen>[a-z-]+)-(?<state>full|empty|failing|first)-(?<size>\d+x\d+)-(?<theme>dark|light)\.webp$/;

/** Null for what is no picture of a screen. */
export function pictureOf(fileName: string): Picture | null {
  const groups = NAME.exec(fileName)?.groups;
  return groups === undefined ? null : (groups as unknown as Picture);
}
