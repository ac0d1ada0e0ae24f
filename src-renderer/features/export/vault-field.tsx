import type { VaultId } from '#domain/ids.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';
import { useStableVaultName } from '#renderer/stores/vault-names.ts';
import { SelectField } from '#renderer/ui/field.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { useSteady } from '#renderer/stores/use-steady.ts';

export interface VaultFieldProps {
  /** What the dialog was opened with; empty: all vaults. */
  readonly chosen: readonly VaultId[];
  readonly value: readonly VaultId[];
  readonly onChange: (vaultIds: readonly VaultId[]) => void;
}

const ALL = 'all';
const CHOSEN = 'chosen';

export function VaultField({ chosen, value, onChange }: VaultFieldProps) {
  const nameOf = useStableVaultName();
  const ids = useVaultStore(useSteady(idsOf, sameIds));
  const several = chosen.length > 1;
  const [first] = value;
  const selected = first === undefined ? ALL : value.length > 1 ? CHOSEN : first;
  const choose = (next: string) => {
    if (next === ALL) onChange([]);
    else if (next === CHOSEN) onChange(chosen);
    else onChange(ids.filter((id) => id === next));
  };
  return (
    <SelectField
      label="Vaults"
      value={selected}
      data-testid={TEST_IDS.exportVaults}
      onChange={(event) => choose(event.target.value)}
    >
      <option value={ALL}>All vaults, archived ones too</option>
      {several && <option value={CHOSEN}>The {chosen.length} chosen vaults</option>}
      {ids.map((id) => (
        <option key={id} value={id}>
          {nameOf(id)}
        </option>
      ))}
    </SelectField>
  );
}

const idsOf = ({ views }: ReturnType<typeof useVaultStore.getState>): readonly VaultId[] => [
  ...views.keys(),
];

const sameIds = (left: readonly VaultId[], right: readonly VaultId[]): boolean =>
  left.length === right.length && left.every((id, at) => right[at] === id);
