import { ChevronDown } from 'lucide-react';
import { Menu, MenuCheck, MenuItem, MenuLine } from '#renderer/ui/menu.tsx';

export interface FilterOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface FilterMenuProps<Value extends string> {
  /** What is narrowed: “Kind”. */
  readonly label: string;
  readonly options: readonly FilterOption<Value>[];
  /** None: nothing is narrowed. */
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
  readonly testId?: string;
}

/** A chip that narrows a list to some of its kinds; it says which while it does. */
export function FilterMenu<Value extends string>(props: FilterMenuProps<Value>) {
  const { label, options, chosen, onChange, testId } = props;
  const active = chosen.length > 0;
  const change = (value: Value, on: boolean) =>
    onChange(on ? [...chosen, value] : chosen.filter((each) => each !== value));
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className={active ? 'dt-filter dt-filter-active' : 'dt-filter'}
          data-testid={testId}
        >
          {label}
          {active && <span className="dt-filter-value">{wordsOf(options, chosen)}</span>}
          <ChevronDown size={13} aria-hidden />
        </button>
      }
    >
      {options.map(({ value, label: word }) => (
        <MenuCheck
          key={value}
          label={word}
          checked={chosen.includes(value)}
          onChange={(on) => change(value, on)}
        />
      ))}
      {active && <MenuLine />}
      {active && <MenuItem label="Any" onSelect={() => onChange([])} />}
    </Menu>
  );
}

function wordsOf<Value extends string>(
  options: readonly FilterOption<Value>[],
  chosen: readonly Value[],
): string {
  if (chosen.length > 2) return `${chosen.length} of ${options.length}`;
  return options
    .filter(({ value }) => chosen.includes(value))
    .map(({ label }) => label)
    .join(', ');
}
