import { isFinal, type OperationView } from './capital-operation.ts';
import { vaultsOf } from './capital-intent.ts';
import type { ExchangeView } from './exchange-state.ts';
import type { HaltAll } from './halt-all.ts';
import type { NetworkId, VaultId } from './ids.ts';
import { keyReadinessOf } from './key-readiness.ts';
import type { NetworkStatus } from './network.ts';
import type { SignerState } from './signer-state.ts';
import type { GateInputs } from './gate-reason.ts';
import type { UnixMs } from './units.ts';
import type { VaultView } from './vault-state.ts';
import type { WatchSettings } from './watch-settings.ts';

/** Everything that the gates of all vaults are judged by: the engine, the tray and the window each hold it. */
export interface GateSurroundings {
  readonly nowMs: UnixMs;
  readonly staleAfterMs: number;
  readonly watch: WatchSettings;
  readonly haltAll: HaltAll | null;
  readonly statuses: readonly NetworkStatus[];
  readonly exchanges: readonly ExchangeView[];
  readonly signer: SignerState;
  /** Any operations; those that have ended count for nothing. */
  readonly operations: readonly OperationView[];
  networkKindOf(network: NetworkId): 'practice' | 'live';
}

/** What of the surroundings concerns one vault. */
export function gateInputsOf(view: VaultView, around: GateSurroundings): GateInputs {
  const { vault, state } = view;
  const onPaper = vault.vaultType === 'virtual';
  const ofNetwork = <Item extends { readonly network: NetworkId }>(items: readonly Item[]) =>
    onPaper ? null : (items.find(({ network }) => network === vault.network) ?? null);
  return {
    view,
    nowMs: around.nowMs,
    staleAfterMs: around.staleAfterMs,
    watch: around.watch,
    haltAll: around.haltAll,
    network: ofNetwork(around.statuses),
    exchange: ofNetwork(around.exchanges),
    key: keyReadinessOf(
      vault,
      state.observation?.snapshot.delegate ?? null,
      around.signer,
      around.networkKindOf(vault.network),
    ),
    openOperation: openOperationOn(vault.id, around.operations),
  };
}

function openOperationOn(
  vaultId: VaultId,
  operations: readonly OperationView[],
): GateInputs['openOperation'] {
  for (const { operation } of operations) {
    if (!isFinal(operation.state) && vaultsOf(operation.intent).includes(vaultId)) return operation;
  }
  return null;
}
