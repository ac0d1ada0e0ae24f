/** Creating a key (K1). Secrets are overwritten when the task ends, however it ends. */
import type { Address } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { FIRST_PATH, seedAt } from '../import/derivation.ts';
import { newPhrase, seedOfPhrase } from '../import/seed-phrase.ts';
import { wordsOf } from '../import/byte-text.ts';
import { addressOf } from '../keys/ed25519.ts';
import { inputInvalid } from '../keys/key-errors.ts';
import { wipe } from '../wipe.ts';
import { beginAdding, nameAndAdd, type NetworkKind } from './adding-keys.ts';
import type { Dialog } from './dialog.ts';
import { showDone } from './passphrase-steps.ts';
import type { TaskParts } from './task-parts.ts';

const CHECKED_WORDS = 3;

export async function createKey(
  dialog: Dialog,
  parts: TaskParts,
  networkKind: NetworkKind,
): Promise<void> {
  await beginAdding(dialog, parts, networkKind);
  const words = newPhrase();
  const seed = seedOfWords(words);
  const key = seedAt(seed, FIRST_PATH);
  try {
    const publicKey = addressOf(key);
    await untilNotedDown(dialog, parts, words, publicKey);
    const found = { seed: key, publicKey, derivationPath: FIRST_PATH };
    const added = await nameAndAdd(dialog, parts, networkKind, found);
    await showDone(dialog, 'The key is ready', `${added.name}: ${added.publicKey}`);
  } finally {
    wipe(seed, key);
  }
}

/** Shows the words until three of them, chosen at random, were typed from the paper. */
async function untilNotedDown(
  dialog: Dialog,
  parts: TaskParts,
  words: readonly string[],
  publicKey: Address,
): Promise<void> {
  for (;;) {
    const screen = { kind: 'new-phrase', words, publicKey, derivationPath: FIRST_PATH } as const;
    await dialog.ask(screen, ['phrase-noted']);
    const positions = randomPositions(parts, words.length);
    for (let error: KeelError | null = null; ;) {
      const act = await dialog.ask(
        { kind: 'check-phrase', positions },
        ['phrase-checked', 'back'],
        error,
      );
      if (act.kind === 'back') break;
      const wrong = wrongPosition(act.words, words, positions);
      wipe(act.words);
      if (wrong === null) return;
      error = inputInvalid(
        `Word ${wrong} is not the one that was shown.`,
        'Look at the paper; going back shows the words again.',
      );
    }
  }
}

function randomPositions(parts: TaskParts, count: number): readonly number[] {
  const chosen = new Set<number>();
  while (chosen.size < CHECKED_WORDS) chosen.add(parts.randomBelow(count) + 1);
  return [...chosen].toSorted((left, right) => left - right);
}

/** The first place whose word is another; null: all fit. */
function wrongPosition(
  typed: Uint8Array,
  words: readonly string[],
  positions: readonly number[],
): number | null {
  const given = wordsOf(typed);
  const wrong = positions.findIndex((position, index) => {
    const expected = Buffer.from(words[position - 1] ?? '');
    return !expected.equals(given[index] ?? new Uint8Array());
  });
  if (wrong >= 0) return positions[wrong] ?? null;
  return given.length === positions.length ? null : (positions.at(-1) ?? null);
}

function seedOfWords(words: readonly string[]): Buffer {
  const phrase = Buffer.from(words.join(' '));
  const seed = seedOfPhrase(phrase, new Uint8Array());
  wipe(phrase);
  if (!seed.ok) throw new Error('A phrase made here is a phrase');
  return seed.value;
}
