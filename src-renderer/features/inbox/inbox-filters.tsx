import { ALERT_KINDS, ALERT_SEVERITIES } from '#domain/alert.ts';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { FilterBox } from '#renderer/ui/table/filter-box.tsx';
import { FilterMenu } from '#renderer/ui/table/filter-menu.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { AlertChoice } from './alert-list.ts';
import { KIND_WORDS, SEVERITY_WORDS } from './alert-words.ts';

const WHICH = [
  { value: 'all', label: 'All' },
  { value: 'unseen', label: 'Not acknowledged' },
  { value: 'raised', label: 'Raised now' },
] as const;

const SEVERITIES = ALERT_SEVERITIES.toReversed().map((value) => ({
  value,
  label: SEVERITY_WORDS[value],
}));

const KINDS = ALERT_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }));

export interface InboxFiltersProps {
  readonly choice: AlertChoice;
  readonly onChange: (part: Partial<AlertChoice>) => void;
}

/** What narrows the inbox. */
export function InboxFilters({ choice, onChange }: InboxFiltersProps) {
  return (
    <>
      <Segmented
        label="Which alerts"
        value={choice.which}
        options={WHICH}
        onChange={(which) => onChange({ which })}
      />
      <FilterMenu
        label="Severity"
        options={SEVERITIES}
        chosen={choice.severities}
        onChange={(severities) => onChange({ severities })}
      />
      <FilterMenu
        label="Kind"
        options={KINDS}
        chosen={choice.kinds}
        onChange={(kinds) => onChange({ kinds })}
      />
      <FilterBox
        label="Filter the inbox"
        value={choice.text}
        onChange={(text) => onChange({ text })}
        testId={TEST_IDS.inboxFilter}
      />
    </>
  );
}
