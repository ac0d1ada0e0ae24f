import type { OperationKind, OperationOutcome } from '#domain/operation-query.ts';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { FilterBox } from '#renderer/ui/table/filter-box.tsx';
import { FilterMenu } from '#renderer/ui/table/filter-menu.tsx';
import { SPAN_OPTIONS } from '#renderer/ui/table/time-span.ts';
import { VaultSelect } from './vault-select.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { OperationChoice } from './use-operation-filter.ts';

const OUTCOMES = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'verified', label: 'Verified' },
  { value: 'not-done', label: 'Not done' },
  { value: 'discrepant', label: 'Discrepant' },
] as const satisfies readonly { value: OperationOutcome | 'all'; label: string }[];

const KINDS = [
  { value: 'deposit', label: 'Deposit' },
  { value: 'withdraw', label: 'Withdraw' },
  { value: 'transfer', label: 'Transfer' },
  { value: 'create-sub-account', label: 'New sub-account' },
] as const satisfies readonly { value: OperationKind; label: string }[];

export interface OperationFiltersProps {
  readonly choice: OperationChoice;
  readonly onChange: (part: Partial<OperationChoice>) => void;
  /** The list is of one vault already. */
  readonly ofOneVault: boolean;
}

/** What narrows the journal. */
export function OperationFilters({ choice, onChange, ofOneVault }: OperationFiltersProps) {
  return (
    <>
      <Segmented
        label="Which operations"
        value={choice.outcomes[0] ?? 'all'}
        options={OUTCOMES}
        onChange={(next) => onChange({ outcomes: next === 'all' ? [] : [next] })}
      />
      <FilterMenu
        label="Kind"
        options={KINDS}
        chosen={choice.kinds}
        onChange={(kinds) => onChange({ kinds })}
      />
      {!ofOneVault && (
        <VaultSelect vaultId={choice.vaultId} onChange={(vaultId) => onChange({ vaultId })} />
      )}
      <Select
        label="When it started"
        value={choice.span}
        options={SPAN_OPTIONS}
        onChange={(span) => onChange({ span })}
      />
      <FilterBox
        label="Filter operations"
        placeholder={ofOneVault ? 'Signature, token' : 'Vault, signature, token'}
        value={choice.text}
        onChange={(text) => onChange({ text })}
        testId={TEST_IDS.operationFilter}
      />
    </>
  );
}
