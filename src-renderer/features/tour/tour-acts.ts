/** What the card's buttons do: the same acts as the desk's own. */
import type { VaultId } from '#domain/ids.ts';
import { openSignerWindow, unlockSigner } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openDialog, openOperation, openVault } from '#renderer/stores/navigation-store.ts';
import type { TourFacts } from './tour-steps.ts';
import { breakNetwork, depositOnPaper, mendNetwork } from './tour-store.ts';

export type TourActId =
  | 'open-vault'
  | 'take-key'
  | 'unlock'
  | 'use-paper'
  | 'use-key'
  | 'deposit'
  | 'deposit-paper'
  | 'watch-deposit'
  | 'break'
  | 'mend'
  | 'enable'
  | 'add-vault'
  | 'watch-key'
  | 'import-key';

/** Does it. Resolves when it is done, or when what it opens is open. */
export async function runTourAct(id: TourActId, facts: TourFacts): Promise<void> {
  const vaultId = facts.vault?.vault.id;
  switch (id) {
    case 'open-vault':
      if (vaultId !== undefined) openVault(vaultId);
      return;
    case 'take-key':
      return openSignerWindow({ kind: 'import-practice-key' });
    case 'unlock':
      return unlockSigner();
    case 'use-paper':
      return depositOnPaper(true);
    case 'use-key':
      return depositOnPaper(false);
    case 'deposit':
      return openDeposit(vaultId);
    case 'deposit-paper':
      return openDeposit(facts.paper?.vault.id);
    case 'watch-deposit':
      if (facts.deposit !== null) openOperation(facts.deposit.operation.id);
      return;
    case 'break':
      return breakNetwork();
    case 'mend':
      return mendNetwork();
    case 'enable':
      if (vaultId === undefined) return;
      openVault(vaultId);
      return openDialog({ kind: 'enable-trading', vaultId });
    case 'add-vault':
      return openDialog({ kind: 'create-vault', vaultType: 'onChain' });
    case 'watch-key':
      return openDialog({ kind: 'watch-key' });
    case 'import-key':
      return openSignerWindow({ kind: 'import', networkKind: kindOfOwnKeys() });
  }
}

/** Real money only where a live network may be used at all. */
const kindOfOwnKeys = (): 'live' | 'practice' =>
  useDeskStore
    .getState()
    .networks.some(({ kind, lockedBecause }) => kind === 'live' && lockedBecause === null)
    ? 'live'
    : 'practice';

/** Of the quote token, and little enough to ask for no second confirmation. */
const AMOUNT = '25';

function openDeposit(vaultId: VaultId | undefined): void {
  if (vaultId === undefined) return;
  openVault(vaultId);
  const prefill = { marketIndex: 0, amount: AMOUNT, toVaultId: null };
  openDialog({ kind: 'deposit', vaultId, prefill });
}
