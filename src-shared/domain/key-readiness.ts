import type { EngineVault } from './engine-vault.ts';
import type { Address } from './ids.ts';
import type { SignerState } from './signer-state.ts';

/**
 * Whether a vault's transactions can be signed now. `delegate`: by a key that may not withdraw. `absent`: by no key that
 * Keel holds. `locked`, `delegate-locked`: by one, but not at this moment. `unavailable`: which keys there are is not known.
 */
export type KeyReadiness =
  'not-needed' | 'ready' | 'delegate' | 'locked' | 'delegate-locked' | 'absent' | 'unavailable';

/** @param delegate of the account on chain; null: none, or not read yet. */
export function keyReadinessOf(
  vault: EngineVault,
  delegate: string | null,
  signer: SignerState,
  networkKind: 'practice' | 'live',
): KeyReadiness {
  if (vault.vaultType === 'virtual') return 'not-needed';
  if (signer.status === 'unavailable') return 'unavailable';
  const holds = (publicKey: string): boolean =>
    signer.keys.some(
      (key) =>
        key.publicKey === (publicKey as Address) &&
        key.kind === 'keypair' &&
        key.networkKind === networkKind,
    );
  const isOwner = holds(vault.authority);
  if (!isOwner && (delegate === null || !holds(delegate))) return 'absent';
  if (signer.status === 'locked') return isOwner ? 'locked' : 'delegate-locked';
  return isOwner ? 'ready' : 'delegate';
}
