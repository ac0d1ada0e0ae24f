import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { SyncSettings } from '#domain/sync-settings.ts';
import { syncSettingsSchema } from '#ipc/wire.ts';
import { request } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { TextField } from '#renderer/ui/field.tsx';
import { FormActions, FormError } from '#renderer/ui/form-parts.tsx';

interface NumberSetting {
  readonly name: keyof SyncSettings;
  readonly label: string;
  readonly hint: string;
  readonly unit: string;
}

const NUMBERS: readonly NumberSetting[] = [
  {
    name: 'heartbeatMs',
    label: 'Heartbeat',
    hint: '1 to 60: a read at least this often.',
    unit: 's',
  },
  {
    name: 'staleAfterMs',
    label: 'Stale after',
    hint: '2 to 600: older figures block trading.',
    unit: 's',
  },
  { name: 'maxRetries', label: 'Retries', hint: '0 to 10, after the first failed read.', unit: '' },
  {
    name: 'firstRetryDelayMs',
    label: 'First retry after',
    hint: '0.1 to 60; doubles each time.',
    unit: 's',
  },
  {
    name: 'reconnectEveryMs',
    label: 'Reconnect every',
    hint: '1 to 300, over the endpoints in turn.',
    unit: 's',
  },
  { name: 'rpcTimeoutMs', label: 'Give up a read after', hint: '0.5 to 60.', unit: 's' },
];

/** The numbers of synchronisation; they take effect when they are saved. */
export function SyncForm() {
  const settings = useDeskStore((state) => state.settings);
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm<Record<keyof SyncSettings, string>>({
    defaultValues: asText(settings.sync),
  });
  const submit = form.handleSubmit(async (typed) => {
    setFailure(null);
    const saved = await request('settings.update', { ...settings, sync: asNumbers(typed) });
    if (!saved.ok) return setFailure(`${saved.error.message} ${saved.error.advice}`);
    useDeskStore.setState({ settings: saved.value });
    showToast('good', 'Settings saved');
    closeDialog();
  });
  const { errors, isSubmitting } = form.formState;
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <div className="dialog-body">
        <h3>Synchronisation</h3>
        <div className="settings-grid">
          {NUMBERS.map(({ name, label, hint, unit }) => (
            <TextField
              key={name}
              label={label}
              hint={hint}
              unit={unit}
              inputMode="decimal"
              error={errors[name]?.message}
              {...form.register(name, { validate: (typed) => checkNumber(name, typed, hint) })}
            />
          ))}
        </div>
        <FormError message={failure} />
      </div>
      <FormActions submit="Save" busy={isSubmitting} onCancel={closeDialog} />
    </form>
  );
}

function checkNumber(name: keyof SyncSettings, typed: string, range: string): string | true {
  const value = toNumber(name, typed);
  const current = useDeskStore.getState().settings.sync;
  const checked = syncSettingsSchema.safeParse({ ...current, [name]: value });
  return checked.success || `${isSpan(name) ? 'A number' : 'A whole number'} from ${range}`;
}

/** Spans are typed in seconds and kept in milliseconds. */
const isSpan = (name: keyof SyncSettings): boolean => name !== 'maxRetries';

function toNumber(name: keyof SyncSettings, typed: string): number {
  const plain = typed.trim().replaceAll(',', '');
  if (!isSpan(name)) return /^\d+$/.test(plain) ? Number(plain) : Number.NaN;
  return /^\d+(\.\d{1,3})?$/.test(plain) ? Math.round(Number(plain) * 1_000) : Number.NaN;
}

function asText(sync: SyncSettings): Record<keyof SyncSettings, string> {
  return mapNumbers((name) => String(isSpan(name) ? sync[name] / 1_000 : sync[name]));
}

function asNumbers(typed: Record<keyof SyncSettings, string>): SyncSettings {
  return mapNumbers((name) => toNumber(name, typed[name]));
}

function mapNumbers<Value>(valueOf: (name: keyof SyncSettings) => Value) {
  return {
    heartbeatMs: valueOf('heartbeatMs'),
    maxRetries: valueOf('maxRetries'),
    firstRetryDelayMs: valueOf('firstRetryDelayMs'),
    reconnectEveryMs: valueOf('reconnectEveryMs'),
    staleAfterMs: valueOf('staleAfterMs'),
    rpcTimeoutMs: valueOf('rpcTimeoutMs'),
  };
}
