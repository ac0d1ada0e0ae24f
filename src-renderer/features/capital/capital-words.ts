import type { CapitalFacts } from '#domain/capital-facts.ts';
import type { MoveKind } from '#domain/capital-intent.ts';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { KeyInfo } from '#domain/signer-state.ts';
import type { QuoteAmount } from '#domain/units.ts';
import { formatQuote } from '#renderer/ui/format.ts';

export const VERBS: Readonly<Record<MoveKind, string>> = {
  deposit: 'Deposit',
  withdraw: 'Withdraw',
  transfer: 'Transfer',
};

/** What the trader will be asked before it is signed (C9). */
export function demandWords(
  value: QuoteAmount | null,
  settings: CapitalSettings,
  isPaper: boolean,
): string {
  if (isPaper) return 'Nothing: it is paper money';
  if (value === null) return 'Typing the amount: no valid price tells what it is worth';
  if (value >= settings.typeAmountFrom) {
    return `Typing the amount in the signer’s window (from ${formatQuote(settings.typeAmountFrom)} USD)`;
  }
  if (value >= settings.confirmFrom) {
    return `One press in the signer’s window (from ${formatQuote(settings.confirmFrom)} USD)`;
  }
  return `Nothing: below ${formatQuote(settings.confirmFrom)} USD`;
}

export interface WhoSigns {
  readonly text: string;
  /** Whether a key has to be added before anything can be signed. */
  readonly needsKey: boolean;
}

/** Who signs, in words; where nobody can, why and what helps. */
export function whoSigns(
  facts: CapitalFacts,
  vault: EngineVault,
  keys: readonly KeyInfo[],
): WhoSigns {
  if (vault.vaultType === 'virtual') return { text: 'Nobody: paper needs no key', needsKey: false };
  switch (facts.signerRole) {
    case 'owner':
      return { text: 'The owner’s key', needsKey: false };
    case 'delegate':
      return { text: 'The delegate’s key: may deposit and trade, not withdraw', needsKey: false };
    case 'none': {
      const known = keys.find(({ publicKey }) => publicKey === vault.authority);
      const text =
        known?.kind === 'watch-only'
          ? 'Nobody: the owner is watch-only, its secret key is not in Keel'
          : 'Nobody: the owner’s key is not in Keel';
      return { text, needsKey: true };
    }
  }
}

/** The sub-accounts that a transfer may go to: same owner, same network, in use. */
export function transferTargets(
  from: EngineVault,
  all: readonly EngineVault[],
): readonly EngineVault[] {
  return all.filter((to) => {
    if (to.id === from.id || to.archivedAtMs !== null || to.network !== from.network) return false;
    if (to.vaultType === 'virtual') return from.vaultType === 'virtual';
    return (
      from.vaultType === 'onChain' && to.authority === from.authority && to.program === from.program
    );
  });
}
