import type { CSSProperties } from 'react';
import { quoteAmount } from '#domain/units.ts';
import { formatQuote } from '#renderer/ui/format.ts';
import type { VaultRow } from './columns.ts';

const DIGIT_PX = 8;
const PADDING_PX = 16;
const SIGN_AND_ARROW_PX = 26;

/**
 * Widths of the money columns for the longest figure in each, as CSS variables: every row is a grid of its own,
 * and a figure that loses a digit to its cell's edge would be a wrong figure.
 */
export function columnWidths(rows: readonly VaultRow[]): CSSProperties {
  const longest = { total: 0n, pnl: 0n, usdc: 0n, driftPos: 0n };
  for (const { view } of rows) {
    const { observation } = view.state;
    if (observation === null) continue;
    const { balances, snapshot } = observation;
    longest.total = larger(longest.total, snapshot.figures.totalCollateral);
    longest.pnl = larger(longest.pnl, snapshot.figures.unrealizedPnl);
    longest.usdc = larger(longest.usdc, balances.USDC);
    longest.driftPos = larger(longest.driftPos, balances.DRIFT_POS);
  }
  return {
    '--vt-total': widthOf(longest.total, 106),
    '--vt-pnl': widthOf(longest.pnl, 106, SIGN_AND_ARROW_PX),
    '--vt-usdc': widthOf(longest.usdc, 92),
    '--vt-drift-pos': widthOf(longest.driftPos, 90),
  } as CSSProperties;
}

/** The larger figure is the longer one, save those below half a cent, for which the least width has room. */
const larger = (largest: bigint, amount: bigint): bigint => {
  const size = amount < 0n ? -amount : amount;
  return size > largest ? size : largest;
};

const widthOf = (largest: bigint, leastPx: number, extraPx = 0): string => {
  const characters = formatQuote(quoteAmount(largest)).length;
  return `${Math.max(leastPx, characters * DIGIT_PX + PADDING_PX + extraPx)}px`;
};
