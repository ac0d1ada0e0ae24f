import { CircleAlert } from 'lucide-react';
import { useId, useState, type ReactNode, type SyntheticEvent } from 'react';
import { groupDigits } from '#domain/decimal.ts';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { request } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { watchFieldTestId } from '#renderer/ui/test-ids.ts';
import { discardNumbers, typedOver, typeNumber, useDrafts } from './drafts.ts';
import { DEFAULTS, type NumberField, type NumberForm } from './number-fields.ts';
import { changes, SaveBar } from './save-bar.tsx';
import { SettingGroup, SettingRow } from './setting-row.tsx';

export interface SettingsFormProps<Name extends string> {
  readonly form: NumberForm<Name>;
  /** Above the fields. */
  readonly intro?: ReactNode;
}

/** The frame of every form of numbers: nothing takes effect before it is saved, and nothing typed is lost by leaving. */
export function SettingsForm<Name extends string>({ form, intro }: SettingsFormProps<Name>) {
  const settings = useDeskStore((state) => state.settings);
  const draft = useDrafts(({ numbers }) => numbers[form.id]);
  const { busy, failure, send } = useSend();
  const [tried, setTried] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<Name>>(new Set());
  const typed = typedOver(form, settings, draft);
  const read = form.read(typed, settings);
  const problems = read.ok ? new Map<string, string>() : read.error;
  const count = Object.keys(draft ?? {}).length;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (!read.ok || count === 0 || busy) return;
    void send(request('settings.update', read.value), (saved) => {
      useDeskStore.setState({ settings: saved });
      discardNumbers(form.id);
      setTried(false);
      showToast('good', 'Settings saved');
    });
  };
  const discard = () => {
    discardNumbers(form.id);
    setTried(false);
    setLeft(new Set());
  };
  return (
    <form className="settings-form" noValidate onSubmit={submit} aria-label={form.title}>
      {intro}
      {form.groups.map(({ title, fields }) => (
        <SettingGroup key={title} title={title}>
          {fields.map((field) => (
            <NumberSetting
              key={field.name}
              field={field}
              id={`${form.id}.${field.name}`}
              value={typed[field.name]}
              usual={form.text(DEFAULTS)[field.name]}
              error={tried || left.has(field.name) ? (problems.get(field.name) ?? null) : null}
              onChange={(text) => typeNumber(form, settings, field.name, text)}
              onLeave={() => setLeft(new Set([...left, field.name]))}
            />
          ))}
        </SettingGroup>
      ))}
      {count > 0 && (
        <SaveBar what={changes(count)} busy={busy} failure={failure} onDiscard={discard} />
      )}
    </form>
  );
}

interface NumberSettingProps {
  readonly id: string;
  readonly field: NumberField;
  readonly value: string;
  readonly usual: string;
  readonly error: string | null;
  readonly onChange: (text: string) => void;
  readonly onLeave: () => void;
}

function NumberSetting(props: NumberSettingProps) {
  const { id, field, value, usual, error, onChange, onLeave } = props;
  const inputId = useId();
  const noteId = `${inputId}-note`;
  const { name, label, what, unit, range, whenEmpty } = field;
  const isBad = error !== null;
  return (
    <SettingRow
      id={id}
      name={label}
      label={
        <label className="setting-label" htmlFor={inputId}>
          {label}
        </label>
      }
      what={`${what} ${range}`}
      whatId={noteId}
      error={
        isBad && (
          <p className="field-error" id={`${noteId}-bad`}>
            <CircleAlert size={13} aria-hidden />
            <span>{error}</span>
          </p>
        )
      }
      usual={{
        text: usualText(usual, unit, whenEmpty),
        isChanged: value !== usual,
        restore: () => onChange(usual),
      }}
    >
      <div className={isBad ? 'field field-bad' : 'field'}>
        <div className="field-control">
          <input
            id={inputId}
            name={name}
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            value={value}
            placeholder={whenEmpty ?? ''}
            aria-invalid={isBad || undefined}
            aria-describedby={isBad ? `${noteId}-bad ${noteId}` : noteId}
            data-testid={watchFieldTestId(name)}
            onChange={(event) => onChange(event.target.value)}
            onBlur={onLeave}
          />
          {unit !== '' && <span className="field-unit">{unit}</span>}
        </div>
      </div>
    </SettingRow>
  );
}

/** `1,000 USD` */
function usualText(usual: string, unit: string, whenEmpty = 'empty'): string {
  const [whole = '', ...rest] = usual.split('.');
  if (whole === '') return whenEmpty;
  return [[groupDigits(whole), ...rest].join('.'), unit].filter(Boolean).join(' ');
}
