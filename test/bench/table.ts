import { rounded } from './figures.ts';

/** One figure, and what it is compared with where there is something to compare it with. */
export interface Line {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly than?: number;
  readonly thanWhat?: string;
}

const WHAT_WIDTH = 66;
const VALUE_WIDTH = 10;

export function line({ what, value, unit, than, thanWhat }: Line): string {
  const figure = `${rounded(value)} ${unit}`.padStart(VALUE_WIDTH);
  const ratio = than === undefined ? '' : `  × ${ratioOf(value, than)}`;
  const compared = ratio === '' || thanWhat === undefined ? '' : ` of ${thanWhat}`;
  return `  ${what.padEnd(WHAT_WIDTH)} ${figure}${ratio}${compared}`;
}

export function ratioOf(value: number, than: number): number {
  return than === 0 ? Number.NaN : rounded(value / than);
}
