/** The capital settings as text and back: typed in whole units, kept in the smallest. */
import type { CapitalSettings } from '#domain/capital-settings.ts';
import { parseDecimal } from '#domain/decimal.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { lamports, QUOTE_DECIMALS, quoteAmount, SOL_DECIMALS } from '#domain/units.ts';
import { capitalSettingsSchema } from '#ipc/capital-wire.ts';
import { plainDecimal } from '#renderer/ui/amount-input.ts';

export type CapitalField = keyof CapitalSettings;
export type CapitalText = Readonly<Record<CapitalField, string>>;

export interface FieldText {
  readonly name: CapitalField;
  readonly label: string;
  readonly hint: string;
  readonly unit: string;
  /** Digits after the point. */
  readonly decimals: number;
}

export const CAPITAL_FIELDS: readonly FieldText[] = [
  {
    name: 'confirmFrom',
    label: 'Confirm from',
    hint: 'From this value on the signer’s window asks for a press.',
    unit: 'USD',
    decimals: QUOTE_DECIMALS,
  },
  {
    name: 'typeAmountFrom',
    label: 'Type the amount from',
    hint: 'From this value on you type the amount there.',
    unit: 'USD',
    decimals: QUOTE_DECIMALS,
  },
  {
    name: 'dailyCap',
    label: 'Daily cap per vault',
    hint: 'The most that may leave in 24 hours; empty: no cap.',
    unit: 'USD',
    decimals: QUOTE_DECIMALS,
  },
  {
    name: 'minHealthAfterWithdrawal',
    label: 'Health after a withdrawal',
    hint: '0 to 100: at least this much stays.',
    unit: '',
    decimals: 0,
  },
  {
    name: 'solReserve',
    label: 'SOL reserve',
    hint: 'Stays in the wallet for fees and rent.',
    unit: 'SOL',
    decimals: SOL_DECIMALS,
  },
  {
    name: 'maxPriorityFee',
    label: 'Priority fee, at most',
    hint: 'Of one transaction.',
    unit: 'SOL',
    decimals: SOL_DECIMALS,
  },
  {
    name: 'autoLockMs',
    label: 'Lock when idle for',
    hint: '1 to 1,440 minutes.',
    unit: 'min',
    decimals: 0,
  },
  {
    name: 'backupsKept',
    label: 'Backups kept',
    hint: '1 to 100; older ones are removed.',
    unit: '',
    decimals: 0,
  },
];

const MINUTE_MS = 60_000;

export function capitalText(settings: CapitalSettings): CapitalText {
  return {
    confirmFrom: plainDecimal(settings.confirmFrom, QUOTE_DECIMALS),
    typeAmountFrom: plainDecimal(settings.typeAmountFrom, QUOTE_DECIMALS),
    dailyCap: settings.dailyCap === null ? '' : plainDecimal(settings.dailyCap, QUOTE_DECIMALS),
    minHealthAfterWithdrawal: String(settings.minHealthAfterWithdrawal),
    solReserve: plainDecimal(settings.solReserve, SOL_DECIMALS),
    maxPriorityFee: plainDecimal(settings.maxPriorityFee, SOL_DECIMALS),
    autoLockMs: String(settings.autoLockMs / MINUTE_MS),
    backupsKept: String(settings.backupsKept),
  };
}

/** Every field read, or the first problem of each in words. */
export function readCapital(
  typed: CapitalText,
): Result<CapitalSettings, ReadonlyMap<CapitalField, string>> {
  const problems = new Map<CapitalField, string>();
  const units = new Map<CapitalField, bigint>();
  for (const { name, label, decimals, hint } of CAPITAL_FIELDS) {
    if (name === 'dailyCap' && typed[name].trim() === '') continue;
    const parsed = parseDecimal(typed[name], decimals);
    if (parsed.ok && parsed.value >= 0n) units.set(name, parsed.value);
    else problems.set(name, `${label} “${typed[name].trim()}” is not valid. ${hint}`);
  }
  if (problems.size > 0) return err(problems);
  const settings = assemble(units);
  if (settings.typeAmountFrom < settings.confirmFrom) {
    problems.set('typeAmountFrom', 'Not less than the value from which a press is asked for.');
    return err(problems);
  }
  return checkRanges(settings, typed);
}

function assemble(units: ReadonlyMap<CapitalField, bigint>): CapitalSettings {
  const unit = (name: CapitalField): bigint => units.get(name) ?? 0n;
  const cap = units.get('dailyCap');
  return {
    confirmFrom: quoteAmount(unit('confirmFrom')),
    typeAmountFrom: quoteAmount(unit('typeAmountFrom')),
    dailyCap: cap === undefined ? null : quoteAmount(cap),
    minHealthAfterWithdrawal: Number(unit('minHealthAfterWithdrawal')),
    solReserve: lamports(unit('solReserve')),
    maxPriorityFee: lamports(unit('maxPriorityFee')),
    autoLockMs: Number(unit('autoLockMs')) * MINUTE_MS,
    backupsKept: Number(unit('backupsKept')),
  };
}

/** The edge's own schema holds the ranges; its words are the hint's. */
function checkRanges(
  settings: CapitalSettings,
  typed: CapitalText,
): Result<CapitalSettings, ReadonlyMap<CapitalField, string>> {
  const encoded = capitalSettingsSchema.safeEncode(settings);
  if (encoded.success) return ok(settings);
  const wrong = new Set(encoded.error.issues.map(({ path }) => path[0]));
  return err(
    new Map(
      CAPITAL_FIELDS.filter(({ name }) => wrong.has(name)).map(({ name, label, hint }) => [
        name,
        `${label} “${typed[name].trim()}” is out of range. ${hint}`,
      ]),
    ),
  );
}
