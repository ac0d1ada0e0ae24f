import { FileText, FlaskConical, Link2, Radio } from 'lucide-react';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { Money } from '#domain/vault-totals.ts';
import { Chip } from './chip.tsx';
import { TEST_IDS } from './test-ids.ts';

export const MONEY_WORDS: Readonly<Record<Money, string>> = {
  paper: 'Paper',
  practice: 'Practice',
  live: 'Live',
};

export const MONEY_ICONS = { paper: FileText, practice: FlaskConical, live: Radio } as const;

export interface TypeChipProps {
  readonly vault: EngineVault;
  readonly money: Money;
}

/** Paper or on chain, in the colour of its money. */
export function TypeChip({ vault, money }: TypeChipProps) {
  const onChain = vault.vaultType === 'onChain';
  const Icon = onChain ? Link2 : FileText;
  return (
    <Chip tone={money} icon={<Icon size={12} aria-hidden />} data-testid={TEST_IDS.vaultType}>
      {onChain ? 'On chain' : 'Paper'}
    </Chip>
  );
}

export function ActiveBadge({ engine }: { readonly engine: string }) {
  return (
    <Chip
      tone="accent"
      title={`This vault powers the engine ${engine}.`}
      data-testid={TEST_IDS.activeBadge}
    >
      Active
    </Chip>
  );
}
