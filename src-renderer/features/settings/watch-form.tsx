import { useState, type SyntheticEvent } from 'react';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { request } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { TextField } from '#renderer/ui/field.tsx';
import { FormActions, FormError } from '#renderer/ui/form-parts.tsx';
import { watchFieldTestId } from '#renderer/ui/test-ids.ts';
import { readWatch, WATCH_GROUPS, watchText, type WatchProblems } from './watch-fields.ts';

/** From when Keel warns, and from when the gate is shut (M1–M3). */
export function WatchForm() {
  const settings = useDeskStore((state) => state.settings);
  const [typed, setTyped] = useState(() => watchText(settings.watch));
  const [problems, setProblems] = useState<WatchProblems>(new Map());
  const { busy, failure, send } = useSend();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const read = readWatch(typed);
    setProblems(read.ok ? new Map() : read.error);
    if (!read.ok) return;
    void send(request('settings.update', { ...settings, watch: read.value }), (saved) => {
      useDeskStore.setState({ settings: saved });
      showToast('good', 'Settings saved');
      closeDialog();
    });
  };
  return (
    <form noValidate onSubmit={submit}>
      <div className="dialog-body">
        {WATCH_GROUPS.map(({ title, fields }) => (
          <section key={title} className="settings-group">
            <h3>{title}</h3>
            <div className="settings-grid">
              {fields.map(({ name, label, hint, unit }) => (
                <TextField
                  key={name}
                  label={label}
                  hint={hint}
                  {...(unit === '' ? {} : { unit })}
                  inputMode="decimal"
                  value={typed[name]}
                  error={problems.get(name)}
                  data-testid={watchFieldTestId(name)}
                  onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
                />
              ))}
            </div>
          </section>
        ))}
        <FormError message={failure} />
      </div>
      <FormActions submit="Save" busy={busy} onCancel={closeDialog} />
    </form>
  );
}
