import { Search } from 'lucide-react';

export interface FilterBoxProps {
  /** For a screen reader: “Filter vaults”. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly testId?: string;
}

/** Narrows a list by what is typed; Esc empties it. */
export function FilterBox(props: FilterBoxProps) {
  const { label, value, onChange, placeholder = 'Filter', testId } = props;
  return (
    <label className="dt-filter-box">
      <Search size={14} aria-hidden />
      <span className="visually-hidden">{label}</span>
      <input
        type="search"
        value={value}
        placeholder={placeholder}
        data-filter-box
        data-testid={testId}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.preventDefault();
          onChange('');
        }}
      />
      <kbd className="key-hint" aria-hidden>
        /
      </kbd>
    </label>
  );
}
