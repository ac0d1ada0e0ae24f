/** The choices of the practice exchange in words. */
import type { PracticeMarketChange, PracticeOracle } from '#domain/practice.ts';

/** Bits of the exchange's status: 1 deposits, 2 withdrawals, 8 fills, 255 all. */
export const EXCHANGE_CHOICES = [
  { bits: 0, label: 'Nothing' },
  { bits: 1, label: 'Deposits' },
  { bits: 2, label: 'Withdrawals' },
  { bits: 8, label: 'Fills' },
  { bits: 255, label: 'Everything' },
] as const;

export const PRACTICE_MARKETS = [
  { value: 'perp/0', label: 'SOL-PERP' },
  { value: 'spot/0', label: 'USDC' },
  { value: 'spot/1', label: 'SOL' },
] as const;

export function marketAt(value: string): Pick<PracticeMarketChange, 'kind' | 'marketIndex'> {
  const [kind, index] = value.split('/');
  return { kind: kind === 'spot' ? 'spot' : 'perp', marketIndex: Number(index) };
}

export const ORACLE_WORDS: Readonly<Record<PracticeOracle, string>> = {
  walks: 'walks',
  holds: 'holds its price',
  stops: 'stops posting',
};

/** Hundredths of a percent of what was typed in points; null: not a health. */
export function readHealth(typed: string): number | null {
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(typed.trim())) return null;
  const bps = Math.round(Number(typed) * 100);
  return bps <= 10_000 ? bps : null;
}
