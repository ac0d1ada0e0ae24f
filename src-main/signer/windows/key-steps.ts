/** What is done with a key that is there: exporting and removing it, each behind the passphrase again (K1). */
import type { Address } from '#domain/ids.ts';
import type { KeyInfo } from '#domain/signer-state.ts';
import { keyNotFound } from '../keys/key-errors.ts';
import type { Dialog } from './dialog.ts';
import { askPassphraseAgain, showDone, showProblem } from './passphrase-steps.ts';
import type { TaskParts } from './task-parts.ts';

export async function exportKey(
  dialog: Dialog,
  parts: TaskParts,
  publicKey: Address,
): Promise<void> {
  const key = await keypairFor(dialog, parts, publicKey);
  await askPassphraseAgain(dialog, parts.session, { kind: 'export', key });
  const path = await parts.pickFile('export', `keel-${publicKey.slice(0, 8)}.json`);
  dialog.checkOpen();
  if (path === null) {
    await showDone(dialog, 'Nothing was exported', 'No file was chosen.');
    return;
  }
  const written = parts.session.exportKeypair(publicKey, path);
  if (!written.ok) await showProblem(dialog, 'The key was not exported', written.error);
  await showDone(
    dialog,
    'The key was exported',
    `${path} holds it unencrypted: whoever reads the file owns the key. Keep it off this computer.`,
  );
}

export async function removeKey(
  dialog: Dialog,
  parts: TaskParts,
  publicKey: Address,
): Promise<void> {
  const key = await keypairFor(dialog, parts, publicKey);
  await askPassphraseAgain(dialog, parts.session, { kind: 'remove', key });
  dialog.checkOpen();
  const removed = parts.session.removeKeypair(publicKey);
  if (!removed.ok) await showProblem(dialog, 'The key was not removed', removed.error);
  await showDone(
    dialog,
    'The key was removed',
    `${key.name}: ${publicKey}. Only its seed phrase or an export brings it back.`,
  );
}

async function keypairFor(
  dialog: Dialog,
  { session }: TaskParts,
  publicKey: Address,
): Promise<KeyInfo> {
  const reopened = session.reopen();
  if (!reopened.ok) return showProblem(dialog, 'The keys cannot be used', reopened.error);
  const key = session.find(publicKey);
  if (key !== null && key.kind === 'keypair') return key;
  return showProblem(dialog, 'There is no such key', keyNotFound(publicKey));
}
