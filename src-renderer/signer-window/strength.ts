/** How hard a passphrase is to guess, as far as its form shows: a hint while typing, no gate. */

export type Strength = 'too-short' | 'weak' | 'fair' | 'strong';

/** Four words from a list: with a second for each guess, out of reach of most who have the file. */
const FAIR_BITS = 44;
const STRONG_BITS = 70;
/** What a word picked by a person adds; a list of 2,048 words would give 11. */
const BITS_PER_WORD = 12;
const COMMON =
  /password|passphrase|qwert|letmein|iloveyou|welcome|dragon|monkey|solana|drift|keel/gi;

/** Rough bits: letters that repeat or count on from the one before add little, everyday words nothing. */
export function strengthOf(text: string, minLength: number): Strength {
  if (Array.from(text).length < minLength) return 'too-short';
  const bits = Math.min(bitsOfLetters(text.replace(COMMON, '')), bitsOfWords(text));
  return bits < FAIR_BITS ? 'weak' : bits < STRONG_BITS ? 'fair' : 'strong';
}

function bitsOfLetters(text: string): number {
  const letters = Array.from(text.toLowerCase());
  const counted = letters.reduce((sum, letter, index) => {
    const step = (letter.codePointAt(0) ?? 0) - (letters[index - 1]?.codePointAt(0) ?? -9);
    return sum + (Math.abs(step) <= 1 ? 0.25 : 1);
  }, 0);
  const variety = new Set(letters).size;
  return Math.min(counted, variety * 2) * Math.log2(poolOf(text));
}

/** Only texts of letters and gaps are words; everything else has no such bound. */
function bitsOfWords(text: string): number {
  if (!/^[\p{L}\s_-]+$/u.test(text)) return Number.POSITIVE_INFINITY;
  const words = text.split(/[\s_-]+/).filter((word) => word !== '');
  const spaced = words.length > 1;
  return spaced ? new Set(words).size * BITS_PER_WORD : Number.POSITIVE_INFINITY;
}

function poolOf(text: string): number {
  const classes: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[^a-zA-Z\d]/, 20],
  ];
  return classes.reduce((pool, [form, size]) => pool + (form.test(text) ? size : 0), 0) || 1;
}
