import './segmented.css';
import { RadioGroup } from 'radix-ui';

export interface SegmentedOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly testId?: string;
}

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SegmentedOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly testId?: string;
}

/** One choice of a few, all in view. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, options, onChange, testId } = props;
  return (
    <RadioGroup.Root
      className="segmented"
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      data-testid={testId}
      orientation="horizontal"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="segment"
          data-testid={option.testId}
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
