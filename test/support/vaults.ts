/** Made-up vaults, each told apart by its number. */
import type { OnChainVault, VirtualVault } from '#domain/engine-vault.ts';
import { address, networkId, vaultId, type VaultId } from '#domain/ids.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';

const CREATED_MS = Date.UTC(2026, 0, 1);

export function vaultIdOf(index: number): VaultId {
  return vaultId(`00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`);
}

export function onChainVault(index: number, changes: Partial<OnChainVault> = {}): OnChainVault {
  return {
    ...commonOf(index, 'Funding'),
    vaultType: 'onChain',
    program: address('dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH'),
    authority: address('7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU'),
    subAccountId: index,
    ...changes,
  };
}

export function paperVault(index: number, changes: Partial<VirtualVault> = {}): VirtualVault {
  return {
    ...commonOf(index, 'Paper'),
    vaultType: 'virtual',
    allocation: quoteAmount(50_000_000n),
    ...changes,
  };
}

function commonOf(index: number, kind: string) {
  return {
    id: vaultIdOf(index),
    engine: 'funding',
    name: `${kind} ${index}`,
    network: networkId('practice'),
    active: false,
    createdAtMs: unixMs(CREATED_MS),
    archivedAtMs: null,
    sortIndex: index,
  };
}
