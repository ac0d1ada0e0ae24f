/** The watch settings as text and back: health in points, ages in seconds; kept as the domain has them. */
import { err, ok } from '#domain/result.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import { watchSettingsSchema } from '#ipc/watch-wire.ts';
import {
  notANumber,
  outOfRange,
  unitsOf,
  type NumberField,
  type NumberForm,
  type Typed,
} from './number-fields.ts';

type WatchField = keyof WatchSettings;

const MARGIN: readonly NumberField<WatchField>[] = [
  {
    name: 'warningHealthBps',
    label: 'Warn below a health of',
    what: 'A vault whose health falls below it rings as a warning.',
    range: '0 to 100, with up to two decimals.',
    unit: 'of 100',
  },
  {
    name: 'criticalHealthBps',
    label: 'Critical below',
    what: 'Rings as critical; nothing may add risk or be withdrawn there.',
    range: '0 to 100, below the warning.',
    unit: 'of 100',
  },
  {
    name: 'hysteresisBps',
    label: 'Clear only this far above',
    what: 'So that a health on the line rings once and not at every read.',
    range: '0 to 20.',
    unit: 'points',
  },
  {
    name: 'marginUnknownAfterMs',
    label: 'Margin unknown after',
    what: 'Figures this old of a vault with margin in use are an alert of their own.',
    range: '5 to 3,600.',
    unit: 's',
  },
];

const NODES: readonly NumberField<WatchField>[] = [
  {
    name: 'maxLatencyMs',
    label: 'Slowest median answer',
    what: 'Slower than this, and nothing may add risk over that endpoint.',
    range: '50 to 60,000.',
    unit: 'ms',
  },
  {
    name: 'maxSlotLag',
    label: 'Furthest behind',
    what: 'Behind the newest slot by more, and nothing may add risk.',
    range: '1 to 10,000.',
    unit: 'slots',
  },
  {
    name: 'maxOracleAgeSlots',
    label: 'Oldest oracle price',
    what: 'Beside the exchange’s own limits: older prices are told as old.',
    range: '1 to 100,000.',
    unit: 'slots',
  },
  {
    name: 'requestsPerSecond',
    label: 'Requests to an endpoint',
    what: 'The most that Keel sends to one endpoint; a 429 lowers it for a while.',
    range: '1 to 1,000.',
    unit: 'a second',
  },
];

const FIELDS = [...MARGIN, ...NODES];
/** How many of the domain's units one typed unit is. */
const FACTORS: Readonly<Record<WatchField, number>> = {
  warningHealthBps: 100,
  criticalHealthBps: 100,
  hysteresisBps: 100,
  marginUnknownAfterMs: 1_000,
  maxLatencyMs: 1,
  maxSlotLag: 1,
  maxOracleAgeSlots: 1,
  requestsPerSecond: 1,
};
const NO_RISK_BPS = 10_000;

export const WATCH_FORM: NumberForm<WatchField> = {
  id: 'watch',
  title: 'Watching',
  groups: [
    { title: 'Margin', fields: MARGIN },
    { title: 'Network and prices', fields: NODES },
  ],
  text: ({ watch }) => mapFields(({ name }) => String(watch[name] / FACTORS[name])),
  read(typed, settings) {
    const problems = new Map<string, string>();
    const watch = mapFields(({ name, range }) => {
      const value = unitsOf(typed[name], FACTORS[name]);
      if (value === null) problems.set(name, notANumber(typed[name], range));
      return value ?? 0;
    });
    if (problems.size > 0) return err(problems);
    for (const { path } of watchSettingsSchema.safeParse(watch).error?.issues ?? []) {
      const field = FIELDS.find(({ name }) => name === path[0]);
      if (field !== undefined) {
        problems.set(field.name, outOfRange(typed[field.name], field.range));
      }
    }
    noteThresholds(watch, typed, problems);
    return problems.size > 0 ? err(problems) : ok({ ...settings, watch });
  },
};

/** The main process holds the same rules; here they are told at the field. */
function noteThresholds(
  { warningHealthBps, criticalHealthBps, hysteresisBps }: WatchSettings,
  typed: Typed<WatchField>,
  problems: Map<string, string>,
): void {
  if (problems.has('warningHealthBps')) return;
  if (!problems.has('criticalHealthBps') && criticalHealthBps >= warningHealthBps) {
    problems.set(
      'criticalHealthBps',
      `Must be below the warning of ${typed.warningHealthBps.trim()}, or the warning never rings.`,
    );
  }
  if (!problems.has('hysteresisBps') && warningHealthBps + hysteresisBps > NO_RISK_BPS) {
    problems.set(
      'hysteresisBps',
      `With the warning of ${typed.warningHealthBps.trim()} it is above 100: the warning could never clear.`,
    );
  }
}

function mapFields<Value>(
  valueOf: (field: NumberField<WatchField>) => Value,
): Readonly<Record<WatchField, Value>> {
  const entries = FIELDS.map((field) => [field.name, valueOf(field)]);
  return Object.fromEntries(entries) as Record<WatchField, Value>;
}
