import type { EngineVault } from '#domain/engine-vault.ts';
import { address, networkId, vaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { quoteAmount, slot, unixMs } from '#domain/units.ts';
import { deriveBalances } from '#domain/vault-balances.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { snapshotOf, type Holdings } from '#test/support/snapshots.ts';

export const NOW = unixMs(1_000_000);
export const STALE_AFTER_MS = 15_000;
export const FAULT = keelError('RPC_TIMEOUT', 'retry', 'No answer.', 'Wait.');

const base = {
  engine: 'funding',
  name: 'Vault',
  active: true,
  createdAtMs: unixMs(0),
  archivedAtMs: null,
  sortIndex: 0,
};

export const paperOn = (network: string): EngineVault => ({
  ...base,
  id: vaultId(`paper-${network}`),
  network: networkId(network),
  vaultType: 'virtual',
  allocation: quoteAmount(1n),
});

export const onChainOn = (network: string): EngineVault => ({
  ...base,
  id: vaultId(`chain-${network}`),
  network: networkId(network),
  vaultType: 'onChain',
  program: address('program'),
  authority: address('authority'),
  subAccountId: 0,
});

export function verifiedView(vault: EngineVault, holdings: Holdings): VaultView {
  const snapshot = snapshotOf(holdings, { slot: 1n, nowMs: NOW });
  return {
    vault,
    state: {
      observation: { snapshot, balances: deriveBalances(snapshot) },
      verification: { kind: 'verified', slot: slot(1n), atMs: NOW },
      failure: null,
      halt: null,
    },
    phase: { kind: 'idle' },
    synced: true,
    revision: 1,
  };
}
