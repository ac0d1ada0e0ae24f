import { vaultId as vaultIdOf, type VaultId } from '#domain/ids.ts';
import { useVaultViews } from '#renderer/stores/selectors.ts';
import { Select } from '#renderer/ui/select.tsx';

export interface VaultSelectProps {
  /** Null: any. */
  readonly vaultId: VaultId | null;
  readonly onChange: (vaultId: VaultId | null) => void;
}

/** One vault to narrow a list to; archived ones too, for their past is there. */
export function VaultSelect({ vaultId, onChange }: VaultSelectProps) {
  const views = useVaultViews();
  if (views.length < 2) return null;
  const options = [
    { value: '', label: 'Any vault' },
    ...views.map(({ vault }) => ({
      value: vault.id as string,
      label: vault.archivedAtMs === null ? vault.name : `${vault.name} (archived)`,
    })),
  ];
  return (
    <Select
      label="Vault"
      value={vaultId ?? ''}
      options={options}
      onChange={(next) => onChange(next === '' ? null : vaultIdOf(next))}
    />
  );
}
