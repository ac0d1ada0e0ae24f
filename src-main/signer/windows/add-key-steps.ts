/** Creating and importing keys (K1). Secrets are overwritten when a task ends, however it ends. */
import type { Address } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { KeyInfo } from '#domain/signer-state.ts';
import type { KeyCandidate } from '#domain/signer-window.ts';
import { FIRST_PATH, seedAt, WALLET_PATHS } from '../import/derivation.ts';
import { readSecret, type ImportedSecret } from '../import/read-secret.ts';
import { newPhrase, seedOfPhrase } from '../import/seed-phrase.ts';
import { wordsOf } from '../import/byte-text.ts';
import { addressOf } from '../keys/ed25519.ts';
import { inputInvalid } from '../keys/key-errors.ts';
import { wipe } from '../wipe.ts';
import type { Dialog } from './dialog.ts';
import { keyName } from './key-name.ts';
import { ensureUnlocked, showDone, showProblem } from './passphrase-steps.ts';
import type { TaskParts } from './task-parts.ts';

type NetworkKind = 'practice' | 'live';

interface FoundKey {
  readonly seed: Uint8Array;
  readonly publicKey: Address;
  readonly derivationPath: string | null;
}

const CHECKED_WORDS = 3;
const TO_ADD = 'A key is to be added.';

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

export async function importKeys(
  dialog: Dialog,
  parts: TaskParts,
  networkKind: NetworkKind,
): Promise<void> {
  await beginAdding(dialog, parts, networkKind);
  for (let added: readonly KeyInfo[] | null = null; added === null;) {
    const secret = await askSecret(dialog, parts, networkKind);
    const found = foundIn(secret);
    try {
      added = await chooseAndAdd(dialog, parts, networkKind, found);
    } finally {
      wipe(secret.seed, ...found.map(({ seed }) => seed));
    }
    if (added !== null) await showAdded(dialog, added);
  }
}

/** Play money: one press, once the keys are open. */
export async function importPracticeKey(dialog: Dialog, parts: TaskParts): Promise<void> {
  const file = parts.practiceKeyFile();
  if (file === null) {
    const why = 'The practice network has not started yet.';
    await showProblem(
      dialog,
      'There is no practice key yet',
      inputInvalid(why, 'Wait until it runs and try again.'),
    );
    return;
  }
  await ensureUnlocked(dialog, parts.session, "The practice network's key is to be added.");
  const content = parts.readSecretFile(file);
  if (!content.ok) return showProblem(dialog, 'The practice key cannot be read', content.error);
  const secret = readSecret(content.value, new Uint8Array());
  wipe(content.value);
  if (!secret.ok) return showProblem(dialog, 'The practice key cannot be read', secret.error);
  const { seed } = secret.value;
  const publicKey = addressOf(seed);
  const there = parts.session.find(publicKey);
  if (there !== null && there.kind === 'keypair') {
    wipe(seed);
    return showDone(dialog, 'The practice key is there already', `${there.name}: ${publicKey}`);
  }
  const name = 'Practice trader';
  const keypair = { seed, name, networkKind: 'practice', derivationPath: null } as const;
  const added = parts.session.addKeypair(keypair);
  wipe(seed);
  if (!added.ok) return showProblem(dialog, 'The key was not added', added.error);
  return showAdded(dialog, [added.value]);
}

async function beginAdding(
  dialog: Dialog,
  { session, liveLockedBecause }: TaskParts,
  networkKind: NetworkKind,
): Promise<void> {
  const locked = networkKind === 'live' ? liveLockedBecause() : null;
  if (locked !== null) {
    const advice = 'Nothing was asked for. Practice keys can be added here.';
    await showProblem(dialog, 'Live keys cannot be added here', inputInvalid(locked, advice));
  }
  await ensureUnlocked(dialog, session, TO_ADD);
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

async function askSecret(
  dialog: Dialog,
  parts: TaskParts,
  networkKind: NetworkKind,
): Promise<ImportedSecret> {
  for (let error: KeelError | null = null; ;) {
    const act = await dialog.ask(
      { kind: 'import', networkKind },
      ['import-text', 'import-file'],
      error,
    );
    if (act.kind === 'import-text') {
      const secret = readSecret(act.text, act.phrasePassword);
      wipe(act.text, act.phrasePassword);
      if (secret.ok) return secret.value;
      error = secret.error;
      continue;
    }
    const path = await parts.pickFile('import', '');
    dialog.checkOpen();
    error = null;
    if (path === null) continue;
    const content = parts.readSecretFile(path);
    if (!content.ok) {
      error = content.error;
      continue;
    }
    const secret = readSecret(content.value, new Uint8Array());
    wipe(content.value);
    if (secret.ok) return secret.value;
    error = secret.error;
  }
}

function foundIn(secret: ImportedSecret): readonly FoundKey[] {
  if (secret.kind === 'key') {
    const seed = Buffer.from(secret.seed);
    return [{ seed, publicKey: addressOf(seed), derivationPath: null }];
  }
  return WALLET_PATHS.map(({ path }) => {
    const seed = seedAt(secret.seed, path);
    return { seed, publicKey: addressOf(seed), derivationPath: path };
  });
}

/** Null: the trader went back to the import itself. */
async function chooseAndAdd(
  dialog: Dialog,
  parts: TaskParts,
  networkKind: NetworkKind,
  found: readonly FoundKey[],
): Promise<readonly KeyInfo[] | null> {
  const chosen = await chooseKeys(dialog, parts, found);
  if (chosen === null) return null;
  const added: KeyInfo[] = [];
  for (const key of chosen) added.push(await nameAndAdd(dialog, parts, networkKind, key));
  return added;
}

async function chooseKeys(
  dialog: Dialog,
  { session }: TaskParts,
  found: readonly FoundKey[],
): Promise<readonly FoundKey[] | null> {
  const candidates = found.map((key, index) =>
    candidateOf(key, index, session.find(key.publicKey)),
  );
  for (let error: KeelError | null = null; ;) {
    const act = await dialog.ask({ kind: 'choose-address', candidates }, ['choose', 'back'], error);
    if (act.kind === 'back') return null;
    const wanted = new Set(act.ids);
    const free = candidates.filter(({ id, alreadyThere }) => wanted.has(id) && !alreadyThere);
    if (free.length > 0 && free.length === wanted.size) {
      return found.filter((_, index) => wanted.has(String(index)));
    }
    error = inputInvalid(
      'Choose one or more addresses that are not there yet.',
      'The address is what tells which path your wallet uses.',
    );
  }
}

function candidateOf(key: FoundKey, index: number, there: KeyInfo | null): KeyCandidate {
  const { publicKey, derivationPath } = key;
  const wallet = WALLET_PATHS.find(({ path }) => path === derivationPath);
  return {
    id: String(index),
    publicKey,
    derivationPath,
    label: wallet?.label ?? 'The key of this secret',
    alreadyThere: there !== null && there.kind === 'keypair',
  };
}

async function nameAndAdd(
  dialog: Dialog,
  { session }: TaskParts,
  networkKind: NetworkKind,
  { seed, publicKey, derivationPath }: FoundKey,
): Promise<KeyInfo> {
  const suggested = session.find(publicKey)?.name ?? `Key ${session.state.keys.length + 1}`;
  for (let error: KeelError | null = null; ;) {
    const act = await dialog.ask({ kind: 'name-key', publicKey, suggested }, ['name'], error);
    const name = keyName(act.name);
    if (!name.ok) {
      error = name.error;
      continue;
    }
    await ensureUnlocked(dialog, session, TO_ADD);
    const added = session.addKeypair({ seed, name: name.value, networkKind, derivationPath });
    if (added.ok) return added.value;
    error = added.error;
  }
}

function showAdded(dialog: Dialog, added: readonly KeyInfo[]): Promise<void> {
  const lines = added.map(({ name, publicKey }) => `${name}: ${publicKey}`);
  const title = added.length === 1 ? 'The key was added' : `${added.length} keys were added`;
  return showDone(dialog, title, lines.join('\n'));
}

function seedOfWords(words: readonly string[]): Buffer {
  const phrase = Buffer.from(words.join(' '));
  const seed = seedOfPhrase(phrase, new Uint8Array());
  wipe(phrase);
  if (!seed.ok) throw new Error('A phrase made here is a phrase');
  return seed.value;
}
