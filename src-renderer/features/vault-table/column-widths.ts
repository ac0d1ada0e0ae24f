import type { CSSProperties } from 'react';
import { absolute } from '#domain/units.ts';
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
  const longest = { total: 0, pnl: 0, usdc: 0, driftPos: 0 };
  for (const { view } of rows) {
    const { observation } = view.state;
    if (observation === null) continue;
    const { balances, snapshot } = observation;
    longest.total = Math.max(longest.total, lengthOf(snapshot.figures.totalCollateral));
    longest.pnl = Math.max(longest.pnl, lengthOf(snapshot.figures.unrealizedPnl));
    longest.usdc = Math.max(longest.usdc, lengthOf(balances.USDC));
    longest.driftPos = Math.max(longest.driftPos, lengthOf(balances.DRIFT_POS));
  }
  return {
    '--vt-total': widthOf(longest.total, 106),
    '--vt-pnl': widthOf(longest.pnl, 106, SIGN_AND_ARROW_PX),
    '--vt-usdc': widthOf(longest.usdc, 92),
    '--vt-drift-pos': widthOf(longest.driftPos, 90),
  } as CSSProperties;
}

const lengthOf = (amount: Parameters<typeof formatQuote>[0]): number =>
  formatQuote(absolute(amount) as typeof amount).length;

const widthOf = (characters: number, leastPx: number, extraPx = 0): string =>
  `${Math.max(leastPx, characters * DIGIT_PX + PADDING_PX + extraPx)}px`;
