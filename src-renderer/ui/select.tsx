import './field.css';
import { ChevronDown } from 'lucide-react';
import type { SelectHTMLAttributes } from 'react';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface SelectProps<Value extends string> extends Omit<
  SelectHTMLAttributes<HTMLSelectElement>,
  'value' | 'onChange' | 'children'
> {
  /** For a screen reader, where no label stands beside it. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly testId?: string;
}

/**
 * One of several, in a bar of filters; `SelectField` is its like in a form. The system's own list: Radix' injects a
 * style sheet, which the window's content policy refuses.
 */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, testId, ...rest } = props;
  return (
    <span className="field-control select">
      <select
        {...rest}
        aria-label={label}
        value={value}
        data-testid={testId}
        onChange={(event) => onChange(event.target.value as Value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={13} aria-hidden />
    </span>
  );
}
