/** A capital operation in words, for alerts and notifications. */
import type { CapitalIntent } from './capital-intent.ts';
import { formatAmount } from './decimal.ts';

const VERBS = { deposit: 'Deposit', withdraw: 'Withdrawal', transfer: 'Transfer' } as const;

/** For instance `Withdrawal of 12.5 USDC`: exact, without trailing zeros. */
export function nameOperation(intent: CapitalIntent): string {
  if (intent.kind === 'create-sub-account') return `Opening “${intent.accountName}”`;
  const { symbol, decimals } = intent.token;
  const exact = formatAmount(intent.amount, decimals, { shownDecimals: decimals });
  const amount = exact.includes('.') ? exact.replace(/\.?0+$/, '') : exact;
  return `${VERBS[intent.kind]} of ${amount} ${symbol}`;
}
