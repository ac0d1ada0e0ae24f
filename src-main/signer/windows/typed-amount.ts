import { parseDecimal } from '#domain/decimal.ts';

/** More than any token has, so that no typed digit is cut off. */
const DECIMALS = 40;
const MAX_LENGTH = 100;

/** Whether the typed text is exactly this amount: `1,500.50` is `1500.5`. Compared in integers. */
export function isSameAmount(typed: string, amount: string): boolean {
  const wanted = unitsOf(amount);
  return wanted !== null && unitsOf(typed) === wanted;
}

function unitsOf(text: string): bigint | null {
  // Blanks and apostrophes group thousands as commas do; between digits alone.
  const grouped = text.trim().replace(/(\d)[\u0020\u00a0\u2009\u202f'’](?=\d{3}(?:\D|$))/g, '$1,');
  const units = text.length > MAX_LENGTH ? null : parseDecimal(grouped, DECIMALS);
  return units !== null && units.ok ? units.value : null;
}
