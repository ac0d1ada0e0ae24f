/** The watch settings as text and back: health in points, ages in seconds; kept as the domain has them. */
import { err, ok, type Result } from '#domain/result.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import { watchSettingsSchema } from '#ipc/watch-wire.ts';

export type WatchField = keyof WatchSettings;
export type WatchText = Readonly<Record<WatchField, string>>;

export interface WatchFieldText {
  readonly name: WatchField;
  readonly label: string;
  readonly hint: string;
  readonly unit: string;
  /** How many of the domain's units one typed unit is. */
  readonly factor: number;
}

export interface WatchFieldGroup {
  readonly title: string;
  readonly fields: readonly WatchFieldText[];
}

export const WATCH_GROUPS: readonly WatchFieldGroup[] = [
  {
    title: 'Margin',
    fields: [
      {
        name: 'warningHealthBps',
        label: 'Warn below a health of',
        hint: '0 to 100, with up to two decimals.',
        unit: '',
        factor: 100,
      },
      {
        name: 'criticalHealthBps',
        label: 'Critical below',
        hint: '0 to 100: below it nothing may add risk or be withdrawn.',
        unit: '',
        factor: 100,
      },
      {
        name: 'hysteresisBps',
        label: 'Clear only this far above',
        hint: '0 to 20: so that a value on the line rings once.',
        unit: '',
        factor: 100,
      },
      {
        name: 'marginUnknownAfterMs',
        label: 'Margin unknown after',
        hint: '5 to 3,600: figures this old are an alert of their own.',
        unit: 's',
        factor: 1_000,
      },
    ],
  },
  {
    title: 'Network and prices',
    fields: [
      {
        name: 'maxLatencyMs',
        label: 'Slowest median answer',
        hint: '50 to 60,000: slower, and nothing may add risk.',
        unit: 'ms',
        factor: 1,
      },
      {
        name: 'maxSlotLag',
        label: 'Furthest behind',
        hint: '1 to 10,000: further, and nothing may add risk.',
        unit: 'slots',
        factor: 1,
      },
      {
        name: 'maxOracleAgeSlots',
        label: 'Oldest oracle price',
        hint: '1 to 100,000, beside the exchange’s own limits.',
        unit: 'slots',
        factor: 1,
      },
      {
        name: 'requestsPerSecond',
        label: 'Requests to an endpoint',
        hint: '1 to 1,000; a 429 lowers it for a while.',
        unit: 'a second',
        factor: 1,
      },
    ],
  },
];

const FIELDS = WATCH_GROUPS.flatMap(({ fields }) => fields);

export function watchText(watch: WatchSettings): WatchText {
  return mapFields(({ name, factor }) => String(watch[name] / factor));
}

export type WatchProblems = ReadonlyMap<WatchField, string>;

/** Every field read, or the first problem of each in words. */
export function readWatch(typed: WatchText): Result<WatchSettings, WatchProblems> {
  const problems = new Map<WatchField, string>();
  const settings = mapFields((field) => {
    const value = unitsOf(typed[field.name], field.factor);
    if (value === null) {
      problems.set(field.name, `${wrongText(typed[field.name])} ${field.hint}`);
    }
    return value ?? 0;
  });
  if (problems.size > 0) return err(problems);
  const checked = watchSettingsSchema.safeParse(settings);
  for (const issue of checked.error?.issues ?? []) {
    const field = FIELDS.find(({ name }) => name === issue.path[0]);
    if (field !== undefined) {
      problems.set(field.name, `“${typed[field.name].trim()}” is out of range. ${field.hint}`);
    }
  }
  if (!problems.has('criticalHealthBps') && !isCriticalBelowWarning(settings)) {
    problems.set(
      'criticalHealthBps',
      `Must be below the warning of ${typed.warningHealthBps.trim()}, or the warning never rings.`,
    );
  }
  return problems.size > 0 ? err(problems) : ok(settings);
}

const wrongText = (typed: string): string =>
  typed.trim() === '' ? 'Type a number.' : `“${typed.trim()}” is not valid.`;

const isCriticalBelowWarning = ({ criticalHealthBps, warningHealthBps }: WatchSettings): boolean =>
  criticalHealthBps < warningHealthBps;

/** Null: not a number of that fineness. */
function unitsOf(typed: string, factor: number): number | null {
  const plain = typed.trim().replaceAll(',', '');
  const decimals = Math.log10(factor);
  const form = decimals === 0 ? /^\d{1,9}$/ : new RegExp(`^\\d{1,9}(\\.\\d{1,${decimals}})?$`);
  return form.test(plain) ? Math.round(Number(plain) * factor) : null;
}

function mapFields<Value>(
  valueOf: (field: WatchFieldText) => Value,
): Readonly<Record<WatchField, Value>> {
  const entries = FIELDS.map((field) => [field.name, valueOf(field)]);
  return Object.fromEntries(entries) as Record<WatchField, Value>;
}
