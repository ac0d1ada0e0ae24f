/** What creating and importing a key share. */
import type { Address } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { KeyInfo } from '#domain/signer-state.ts';
import { inputInvalid } from '../keys/key-errors.ts';
import type { Dialog } from './dialog.ts';
import { keyName } from './key-name.ts';
import { ensureUnlocked, showProblem } from './passphrase-steps.ts';
import type { TaskParts } from './task-parts.ts';

export type NetworkKind = 'practice' | 'live';

export interface FoundKey {
  readonly seed: Uint8Array;
  readonly publicKey: Address;
  readonly derivationPath: string | null;
}

const TO_ADD = 'A key is to be added.';

/** Opens the keys; ends the task where no key of that kind may be added. */
export async function beginAdding(
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

/** Asks for a name until the key is on the disk. The caller overwrites the seed. */
export async function nameAndAdd(
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
