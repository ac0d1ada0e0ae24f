import { FileText, FlaskConical, Radio } from 'lucide-react';
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

const MONEY_TITLES: Readonly<Record<Money, string>> = {
  paper: 'Play money: a ledger on this computer',
  practice: 'Play money: a sub-account on the practice network',
  live: 'Real money: a sub-account on a live network',
};

/** What kind of money this is; only live is real. */
export function TypeChip({ vault, money }: TypeChipProps) {
  const Icon = MONEY_ICONS[money];
  return (
    <Chip
      tone={money}
      icon={<Icon size={12} aria-hidden />}
      title={MONEY_TITLES[money]}
      data-testid={TEST_IDS.vaultType}
      data-type={vault.vaultType}
    >
      {MONEY_WORDS[money]}
    </Chip>
  );
}

/** Beside large figures: nobody should take practice for profit. */
export function PlayMoney({ money }: { readonly money: Money }) {
  return money === 'live' ? (
    <span className="money-stamp money-real">Real money</span>
  ) : (
    <span className="money-stamp">Play money</span>
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
