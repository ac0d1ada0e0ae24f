/** The numbers of synchronisation as text and back: spans are typed in seconds and kept in milliseconds. */
import { err, ok } from '#domain/result.ts';
import type { SyncSettings } from '#domain/sync-settings.ts';
import { syncSettingsSchema } from '#ipc/wire.ts';
import {
  notANumber,
  outOfRange,
  unitsOf,
  type NumberField,
  type NumberForm,
  type Typed,
} from './number-fields.ts';

type SyncField = keyof SyncSettings;

const HEARTBEAT: readonly NumberField<SyncField>[] = [
  {
    name: 'heartbeatMs',
    label: 'Heartbeat',
    what: 'Every vault is read and verified at least this often.',
    range: '1 to 60, and below “Stale after”.',
    unit: 's',
  },
  {
    name: 'staleAfterMs',
    label: 'Stale after',
    what: 'Figures older than this are greyed and block trading.',
    range: '2 to 600.',
    unit: 's',
  },
  {
    name: 'rpcTimeoutMs',
    label: 'Give up a read after',
    what: 'An endpoint that has not answered by then has failed this attempt.',
    range: '0.5 to 60.',
    unit: 's',
  },
];

const RETRIES: readonly NumberField<SyncField>[] = [
  {
    name: 'maxRetries',
    label: 'Retries',
    what: 'Attempts after the first failed one, before the vault counts as failing.',
    range: '0 to 10.',
    unit: '',
  },
  {
    name: 'firstRetryDelayMs',
    label: 'First retry after',
    what: 'The pause before the first retry; it doubles each time.',
    range: '0.1 to 60.',
    unit: 's',
  },
  {
    name: 'reconnectEveryMs',
    label: 'Reconnect every',
    what: 'Once the retries are used up: over the endpoints in turn, until one answers.',
    range: '1 to 300.',
    unit: 's',
  },
];

const FIELDS = [...HEARTBEAT, ...RETRIES];
const factorOf = (name: SyncField): number => (name === 'maxRetries' ? 1 : 1_000);

export const SYNC_FORM: NumberForm<SyncField> = {
  id: 'sync',
  title: 'Sync',
  groups: [
    { title: 'Reading', fields: HEARTBEAT },
    { title: 'When a read fails', fields: RETRIES },
  ],
  text: ({ sync }) => mapFields(({ name }) => String(sync[name] / factorOf(name))),
  read(typed, settings) {
    const problems = new Map<string, string>();
    const sync = mapFields(({ name, range }) => {
      const value = unitsOf(typed[name], factorOf(name));
      if (value === null) problems.set(name, notANumber(typed[name], range));
      return value ?? settings.sync[name];
    });
    for (const { path } of syncSettingsSchema.safeParse(sync).error?.issues ?? []) {
      const field = FIELDS.find(({ name }) => name === path[0]);
      if (field !== undefined) {
        problems.set(field.name, outOfRange(typed[field.name], field.range));
      }
    }
    noteHeartbeat(sync, typed, problems);
    return problems.size > 0 ? err(problems) : ok({ ...settings, sync });
  },
};

/** The main process holds the same rule; here it is told at the field. */
function noteHeartbeat(
  { heartbeatMs, staleAfterMs }: SyncSettings,
  typed: Typed<SyncField>,
  problems: Map<string, string>,
): void {
  if (problems.has('heartbeatMs') || problems.has('staleAfterMs')) return;
  if (heartbeatMs < staleAfterMs) return;
  problems.set(
    'heartbeatMs',
    `Must be below “Stale after” (${typed.staleAfterMs.trim()} s), or every figure is stale before it is read again.`,
  );
}

function mapFields<Value>(
  valueOf: (field: NumberField<SyncField>) => Value,
): Readonly<Record<SyncField, Value>> {
  const entries = FIELDS.map((field) => [field.name, valueOf(field)]);
  return Object.fromEntries(entries) as Record<SyncField, Value>;
}
