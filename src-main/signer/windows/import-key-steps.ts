/** Importing keys (K1). Secrets are overwritten when the task ends, however it ends. */
import type { KeelError } from '#domain/keel-error.ts';
import type { KeyInfo } from '#domain/signer-state.ts';
import type { KeyCandidate } from '#domain/signer-window.ts';
import { seedAt, WALLET_PATHS } from '../import/derivation.ts';
import { readSecret, type ImportedSecret } from '../import/read-secret.ts';
import { addressOf } from '../keys/ed25519.ts';
import { inputInvalid } from '../keys/key-errors.ts';
import { wipe } from '../wipe.ts';
import { beginAdding, nameAndAdd, type FoundKey, type NetworkKind } from './adding-keys.ts';
import type { Dialog } from './dialog.ts';
import { ensureUnlocked, showDone, showProblem } from './passphrase-steps.ts';
import type { TaskParts } from './task-parts.ts';

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

function showAdded(dialog: Dialog, added: readonly KeyInfo[]): Promise<void> {
  const lines = added.map(({ name, publicKey }) => `${name}: ${publicKey}`);
  const title = added.length === 1 ? 'The key was added' : `${added.length} keys were added`;
  return showDone(dialog, title, lines.join('\n'));
}
