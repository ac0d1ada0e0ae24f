import type { EngineVault } from '#domain/engine-vault.ts';
import { ConfirmDialog } from '#renderer/features/forms/confirm-dialog.tsx';
import { RenameDialog } from '#renderer/features/forms/rename-dialog.tsx';
import { renameVault, setArchived } from '#renderer/stores/vault-acts.ts';

export function RenameVaultDialog({ vault }: { readonly vault: EngineVault }) {
  return (
    <RenameDialog
      title={`Rename ${vault.name}`}
      current={vault.name}
      rename={(name) => renameVault(vault, name)}
    />
  );
}

export function ArchiveDialog({ vault }: { readonly vault: EngineVault }) {
  const archived = vault.archivedAtMs === null;
  return (
    <ConfirmDialog
      title={archived ? `Archive ${vault.name}?` : `Take ${vault.name} back into use?`}
      description={
        archived
          ? 'It is no longer synced and may not trade. Its history is kept, and it can be taken back.'
          : 'It is synced again. Nothing trades before it is verified.'
      }
      submit={archived ? 'Archive' : 'Take back into use'}
      ask={() => setArchived(vault, archived)}
    />
  );
}
