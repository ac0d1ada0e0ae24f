/** Operations of `State.exchangeStatus`, in bit order: bit n set means operation n is paused. */
export const EXCHANGE_OPERATIONS = [
  'deposit',
  'withdraw',
  'amm',
  'fill',
  'liquidation',
  'funding',
  'settlePnl',
  'ammImmediateFill',
] as const;

export type ExchangeOperation = (typeof EXCHANGE_OPERATIONS)[number];

export interface ExchangeStatus {
  /** 0 … 255 as on chain. */
  readonly bits: number;
  readonly paused: readonly ExchangeOperation[];
}

export function exchangeStatusOf(bits: number): ExchangeStatus {
  return { bits, paused: EXCHANGE_OPERATIONS.filter((_, index) => (bits & (1 << index)) !== 0) };
}
