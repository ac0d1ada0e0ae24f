import type { Address } from '#domain/ids.ts';
import { SIGNER_NOT_STARTED, type KeyInfo, type SignerState } from '#domain/signer-state.ts';
import { unixMs } from '#domain/units.ts';

/** A signer that can sign for the authority, on the practice network unless told otherwise. */
export function unlockedWith(
  publicKey: Address,
  networkKind: KeyInfo['networkKind'] = 'practice',
): SignerState {
  const key: KeyInfo = {
    publicKey,
    name: 'Test',
    kind: 'keypair',
    networkKind,
    createdAtMs: unixMs(0),
    derivationPath: null,
  };
  return { ...SIGNER_NOT_STARTED, status: 'unlocked', keys: [key] };
}
