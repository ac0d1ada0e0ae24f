import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import type { SignerTask } from '#domain/signer-state.ts';
import type { ChannelName, RequestOf, ResponseOf } from '#ipc/contract.ts';
import { bridge } from '#renderer/bridge/window-bridge.ts';
import { loadDesk } from './desk-feed.ts';
import { showError } from './toast-store.ts';

/** Asks and leaves the error to the caller, which shows it at the field. */
export const request = bridge.invoke;

/** Asks, and shows an error as a toast. The answer is null after an error. */
export async function command<Name extends ChannelName>(
  failedTitle: string,
  name: Name,
  input: RequestOf<Name>,
): Promise<ResponseOf<Name> | null> {
  const answer: Result<ResponseOf<Name>, KeelError> = await bridge.invoke(name, input);
  if (answer.ok) return answer.value;
  showError(failedTitle, answer.error);
  return null;
}

export const reloadDesk = (): Promise<void> => loadDesk(bridge);

/** Opens the signer's own window, where secrets are typed; the desk never sees them. */
export async function openSignerWindow(task: SignerTask): Promise<void> {
  await command('The signer’s window could not be opened', 'signer.openWindow', { task });
}

export const unlockSigner = (): Promise<void> => openSignerWindow({ kind: 'unlock' });

export async function lockSigner(): Promise<void> {
  await command('The signer could not be locked', 'signer.lock', {});
}
