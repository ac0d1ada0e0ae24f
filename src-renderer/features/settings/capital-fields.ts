/** The capital settings as text and back: typed in whole units, kept in the smallest. */
import type { CapitalSettings } from '#domain/capital-settings.ts';
import { parseDecimal } from '#domain/decimal.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { lamports, QUOTE_DECIMALS, quoteAmount, SOL_DECIMALS } from '#domain/units.ts';
import { capitalSettingsSchema } from '#ipc/capital-wire.ts';
import { plainDecimal } from '#renderer/ui/amount-input.ts';
import {
  notANumber,
  outOfRange,
  type NumberField,
  type NumberForm,
  type Problems,
  type Typed,
} from './number-fields.ts';

type CapitalField = keyof CapitalSettings;

interface CapitalNumber extends NumberField<CapitalField> {
  /** Digits after the point. */
  readonly decimals: number;
}

const ASKED: readonly CapitalNumber[] = [
  {
    name: 'confirmFrom',
    label: 'Confirm from',
    what: 'From this value on the signer’s window asks for a press.',
    range: '0 or more.',
    unit: 'USD',
    decimals: QUOTE_DECIMALS,
  },
  {
    name: 'typeAmountFrom',
    label: 'Type the amount from',
    what: 'From this value on you type the amount there.',
    range: 'Not below “Confirm from”.',
    unit: 'USD',
    decimals: QUOTE_DECIMALS,
  },
];

const LIMITS: readonly CapitalNumber[] = [
  {
    name: 'dailyCap',
    label: 'Daily cap per vault',
    what: 'The most that may leave one vault in 24 hours; empty: no cap.',
    range: '0 or more, or empty for no cap.',
    unit: 'USD',
    whenEmpty: 'no cap',
    decimals: QUOTE_DECIMALS,
  },
  {
    name: 'minHealthAfterWithdrawal',
    label: 'Health after a withdrawal',
    what: 'A withdrawal that would leave less is refused.',
    range: '0 to 100.',
    unit: 'of 100',
    decimals: 0,
  },
  {
    name: 'solReserve',
    label: 'SOL reserve',
    what: 'Stays in the wallet for fees and rent.',
    range: '0 or more.',
    unit: 'SOL',
    decimals: SOL_DECIMALS,
  },
  {
    name: 'maxPriorityFee',
    label: 'Priority fee, at most',
    what: 'The most that one transaction pays to be taken sooner.',
    range: '0 or more.',
    unit: 'SOL',
    decimals: SOL_DECIMALS,
  },
];

const AUTO_LOCK: readonly CapitalNumber[] = [
  {
    name: 'autoLockMs',
    label: 'Lock when idle for',
    what: 'Keys that nobody has used for so long are locked again.',
    range: '1 to 1,440 minutes.',
    unit: 'min',
    decimals: 0,
  },
];

const BACKUPS: readonly CapitalNumber[] = [
  {
    name: 'backupsKept',
    label: 'Backups kept',
    what: 'Older ones are removed when a new one is made.',
    range: '1 to 100.',
    unit: '',
    decimals: 0,
  },
];

const FIELDS = [...ASKED, ...LIMITS, ...AUTO_LOCK, ...BACKUPS];

/** The block of limits is spread over three sections; each form changes only its own part. */
const formOf = (
  id: NumberForm['id'],
  title: string,
  groups: NumberForm<CapitalField>['groups'],
): NumberForm<CapitalField> => ({
  id,
  title,
  groups,
  text: ({ capital }) => capitalText(capital),
  read(typed, settings) {
    const capital = readCapital(typed);
    return capital.ok ? ok({ ...settings, capital: capital.value }) : capital;
  },
});

/** Limits of moving money (C2, C9). */
export const CAPITAL_FORM = formOf('capital', 'Capital', [
  { title: 'What you are asked', fields: ASKED },
  { title: 'What is refused', fields: LIMITS },
]);
/** The keys' own limit (K4). */
export const KEYS_FORM = formOf('keys', 'Keys', [{ title: 'Locking', fields: AUTO_LOCK }]);
export const DATA_FORM = formOf('data', 'Data', [{ title: 'Backups', fields: BACKUPS }]);

const MINUTE_MS = 60_000;

function capitalText(settings: CapitalSettings): Typed<CapitalField> {
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
function readCapital(typed: Typed<CapitalField>): Result<CapitalSettings, Problems> {
  const problems = new Map<string, string>();
  const units = new Map<CapitalField, bigint>();
  for (const { name, decimals, range } of FIELDS) {
    if (name === 'dailyCap' && typed[name].trim() === '') continue;
    const parsed = parseDecimal(typed[name], decimals);
    if (parsed.ok && parsed.value >= 0n) units.set(name, parsed.value);
    else problems.set(name, notANumber(typed[name], range));
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

/** The edge's own schema holds the ranges; its words are the field's. */
function checkRanges(
  settings: CapitalSettings,
  typed: Typed<CapitalField>,
): Result<CapitalSettings, Problems> {
  const encoded = capitalSettingsSchema.safeEncode(settings);
  if (encoded.success) return ok(settings);
  const wrong = new Set(encoded.error.issues.map(({ path }) => path[0]));
  return err(
    new Map(
      FIELDS.filter(({ name }) => wrong.has(name)).map(({ name, range }) => [
        name,
        outOfRange(typed[name], range),
      ]),
    ),
  );
}
