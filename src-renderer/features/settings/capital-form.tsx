import { useState, type SyntheticEvent } from 'react';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { request } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { TextField } from '#renderer/ui/field.tsx';
import { FormActions, FormError } from '#renderer/ui/form-parts.tsx';
import { CAPITAL_FIELDS, capitalText, readCapital, type CapitalField } from './capital-fields.ts';

/** Limits of moving money (C2, C9) and of the keys (K4). */
export function CapitalForm() {
  const settings = useDeskStore((state) => state.settings);
  const [typed, setTyped] = useState(() => capitalText(settings.capital));
  const [problems, setProblems] = useState<ReadonlyMap<CapitalField, string>>(new Map());
  const { busy, failure, send } = useSend();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const read = readCapital(typed);
    setProblems(read.ok ? new Map() : read.error);
    if (!read.ok) return;
    void send(request('settings.update', { ...settings, capital: read.value }), (saved) => {
      useDeskStore.setState({ settings: saved });
      showToast('good', 'Settings saved');
      closeDialog();
    });
  };
  return (
    <form noValidate onSubmit={submit}>
      <div className="dialog-body">
        <div className="settings-grid">
          {CAPITAL_FIELDS.map(({ name, label, hint, unit }) => (
            <TextField
              key={name}
              label={label}
              hint={hint}
              unit={unit}
              inputMode="decimal"
              value={typed[name]}
              placeholder={name === 'dailyCap' ? 'no cap' : ''}
              error={problems.get(name)}
              onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            />
          ))}
        </div>
        <FormError message={failure} />
      </div>
      <FormActions submit="Save" busy={busy} onCancel={closeDialog} />
    </form>
  );
}
