/** What a trader does to the list of keys; none touches a secret, and each can be taken back. */
import type { Address } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import type { KeyInfo } from '#domain/signer-state.ts';
import { command, request } from './commands.ts';
import { useDeskStore } from './desk-store.ts';
import { offerUndo } from './undo-store.ts';

const keyNow = (publicKey: Address): KeyInfo | undefined =>
  useDeskStore.getState().signer.keys.find((key) => key.publicKey === publicKey);

/** Changes what Keel calls a key; the failure stays with the caller. */
export async function renameKey(
  publicKey: Address,
  before: string,
  name: string,
): Promise<Result<unknown, KeelError>> {
  const answer = await request('signer.renameKey', { publicKey, name });
  if (answer.ok && before !== '' && before !== name) {
    offerUndo(
      `Key “${before}” renamed to “${name}”`,
      async () => {
        const input = { publicKey, name: before };
        return (await command('The key could not be renamed', 'signer.renameKey', input)) !== null;
      },
      () => keyNow(publicKey)?.name === name,
    );
  }
  return answer;
}

/** Takes a watch-only key off the list; the failure stays with the caller. */
export async function stopWatching(
  publicKey: Address,
  known: KeyInfo | undefined,
): Promise<Result<unknown, KeelError>> {
  const answer = await request('signer.removeWatchOnly', { publicKey });
  if (answer.ok && known !== undefined) {
    const { name, networkKind } = known;
    offerUndo(
      `${name} is no longer watched`,
      async () => {
        const input = { publicKey, name, networkKind };
        return (
          (await command('It could not be added again', 'signer.addWatchOnly', input)) !== null
        );
      },
      () => keyNow(publicKey) === undefined,
    );
  }
  return answer;
}
