import './field.css';
import { ChevronDown, CircleAlert } from 'lucide-react';
import { useId, type ReactNode, type Ref } from 'react';
import type { InputHTMLAttributes, SelectHTMLAttributes } from 'react';

interface FieldShell {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong and what to do; null while nothing is. */
  readonly error?: string | null | undefined;
  /** At the right, inside the field: a unit. */
  readonly unit?: string;
}

interface ShellProps extends FieldShell {
  readonly children: (ids: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': true | undefined;
  }) => ReactNode;
}

/** Label, control, and below it the hint or what is wrong. */
export function FieldFrame({ label, hint, error, unit, children }: ShellProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasError = error !== null && error !== undefined;
  const hasNote = hasError || hint !== undefined;
  return (
    <div className={hasError ? 'field field-bad' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <div className="field-control">
        {children({
          id,
          'aria-describedby': hasNote ? noteId : undefined,
          'aria-invalid': hasError || undefined,
        })}
        {unit !== undefined && <span className="field-unit">{unit}</span>}
      </div>
      {hasNote && (
        <div id={noteId} className={hasError ? 'field-error' : 'field-hint'}>
          {hasError && <CircleAlert size={13} aria-hidden />}
          <span>{hasError ? error : hint}</span>
        </div>
      )}
    </div>
  );
}

export interface TextFieldProps
  extends FieldShell, Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> {
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextField({ label, hint, error, unit, ...input }: TextFieldProps) {
  return (
    <FieldFrame label={label} hint={hint} error={error} {...(unit === undefined ? {} : { unit })}>
      {(ids) => <input autoComplete="off" spellCheck={false} {...input} {...ids} />}
    </FieldFrame>
  );
}

export interface SelectFieldProps
  extends FieldShell, Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id'> {
  readonly ref?: Ref<HTMLSelectElement>;
}

export function SelectField({ label, hint, error, unit, children, ...select }: SelectFieldProps) {
  return (
    <FieldFrame label={label} hint={hint} error={error} {...(unit === undefined ? {} : { unit })}>
      {(ids) => (
        <>
          <select {...select} {...ids}>
            {children}
          </select>
          <ChevronDown size={13} aria-hidden />
        </>
      )}
    </FieldFrame>
  );
}
