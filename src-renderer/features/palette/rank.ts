/** How well a command answers what was typed. Pure. */
import type { Command } from '#renderer/features/commands/command.ts';

const MOST_SHOWN = 40;

/**
 * @returns 0 where a word of the query is nowhere to be found; higher is better: a title that begins with it before a
 * word that does, before a part of a word, before letters in that order, before other words for it
 */
export function scoreOf({ title, keywords = '', group }: Command, query: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const inTitle = title.toLowerCase();
  const around = `${keywords} ${group}`.toLowerCase();
  let score = inTitle.startsWith(words.join(' ')) ? 40 : 0;
  for (const word of words) {
    const found = scoreOfWord(inTitle, word) || (beginsAWord(around, word) ? 4 : 0);
    if (found === 0) return 0;
    score += found;
  }
  // Of two equal ones the shorter title says less that was not asked for.
  return score + 1 / (1 + title.length);
}

function scoreOfWord(text: string, word: string): number {
  if (text.startsWith(word)) return 30;
  if (beginsAWord(text, word)) return 20;
  if (text.includes(word)) return 10;
  return word.length > 1 && hasInOrder(text, word) ? 2 : 0;
}

const beginsAWord = (text: string, word: string): boolean =>
  text.startsWith(word) || text.includes(` ${word}`);

/** Letters of the word in their order, near each other: `frma` finds `Funding main` no more than `fndm`. */
function hasInOrder(text: string, letters: string): boolean {
  let at = -1;
  let first = -1;
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
    if (first < 0) first = at;
  }
  return at - first < letters.length * 4;
}

/** The best answers first; what was used lately before others as good. */
export function rank(
  commands: readonly Command[],
  query: string,
  recent: readonly string[],
): readonly Command[] {
  const usedAt = (id: string): number => {
    const at = recent.indexOf(id);
    return at < 0 ? 0 : (recent.length - at) / recent.length;
  };
  return commands
    .map((command) => ({ command, score: scoreOf(command, query) }))
    .filter(({ score }) => score > 0)
    .map(({ command, score }) => ({ command, score: score + 6 * usedAt(command.id) }))
    .sort((left, right) => right.score - left.score)
    .slice(0, MOST_SHOWN)
    .map(({ command }) => command);
}
