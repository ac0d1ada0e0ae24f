import { groupDigits, toDecimalString } from '#domain/decimal.ts';
import { QUOTE_DECIMALS, SOL_DECIMALS } from '#domain/units.ts';

const USD = new Set(['capital.confirmFrom', 'capital.typeAmountFrom', 'capital.dailyCap']);
const SOL = new Set(['capital.solReserve', 'capital.maxPriorityFee']);
const LONGEST = 80;

/** A setting's value as the settings file holds it, in words for a person: with its unit, and a switch as on or off. */
export function settingText(field: string, value: unknown): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return amountText(field, value);
  if (typeof value === 'number') return numberText(field, value);
  const text = JSON.stringify(value) ?? '';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function amountText(field: string, value: string): string {
  if (!/^-?\d+$/.test(value)) return value;
  if (USD.has(field)) return `${trimmed(toDecimalString(BigInt(value), QUOTE_DECIMALS))} USD`;
  if (SOL.has(field)) return `${trimmed(toDecimalString(BigInt(value), SOL_DECIMALS))} SOL`;
  return value;
}

function numberText(field: string, value: number): string {
  if (field.endsWith('Ms')) return value % 1_000 === 0 ? `${value / 1_000} s` : `${value} ms`;
  if (field.endsWith('Bps')) return `${(value / 100).toFixed(2).replace(/\.?0+$/, '')} %`;
  if (field.endsWith('Percent')) return `${value} %`;
  return String(value);
}

function trimmed(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.replace(/(\.\d\d\d*?)0+$/, '$1').split('.');
  return `${groupDigits(whole)}.${fraction}`;
}
