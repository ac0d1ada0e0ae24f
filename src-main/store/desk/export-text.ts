/** Cells of an exported file: exact text; null where the value is not known. */
import { toDecimalString } from '#domain/decimal.ts';
import { PRACTICE_NETWORK } from '#domain/ids.ts';
import { QUOTE_DECIMALS } from '#domain/units.ts';
import type { Money } from '#domain/vault-totals.ts';

export type Cell = string | null;
type Known = bigint | null;

/** ISO 8601 in UTC with milliseconds, then the milliseconds themselves. */
export function timeCells(ms: Known): readonly [Cell, Cell] {
  if (ms === null) return [null, null];
  return [new Date(Number(ms)).toISOString(), ms.toString()];
}

/** Base units of 10^-6, written out whole. */
export const usdCell = (units: Known): Cell => decimalCell(units, QUOTE_DECIMALS);

export function decimalCell(units: Known, decimals: number): Cell {
  return units === null ? null : toDecimalString(units, decimals);
}

export const wholeCell = (value: Known): Cell => value?.toString() ?? null;

/** Of a vault; the practice network's name is reserved, so that it alone says what its money is. */
export function moneyCell(vaultType: string | null, network: string | null): Cell {
  const money: Money | null =
    vaultType === 'virtual'
      ? 'paper'
      : network === PRACTICE_NETWORK
        ? 'practice'
        : vaultType === 'onChain'
          ? 'live'
          : null;
  return money;
}
