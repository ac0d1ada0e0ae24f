import { useState, type SyntheticEvent } from 'react';
import type { EngineVault } from '#domain/engine-vault.ts';
import { request } from '#renderer/stores/commands.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { FormActions, FormError } from '#renderer/ui/form-parts.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

export function RenameDialog({ vault }: { readonly vault: EngineVault }) {
  const [name, setName] = useState(vault.name);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { length } = name.trim();
  const problem =
    length === 0
      ? 'Enter a name.'
      : length > 60
        ? `At most 60 characters; this has ${length}.`
        : null;
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (problem !== null) return;
    setBusy(true);
    const answer = await request('vault.rename', { vaultId: vault.id, name: name.trim() });
    setBusy(false);
    if (answer.ok) closeDialog();
    else setFailure(`${answer.error.message} ${answer.error.advice}`);
  };
  return (
    <Dialog title={`Rename ${vault.name}`} onClose={closeDialog}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <div className="dialog-body">
          <TextField
            label="Name"
            value={name}
            autoFocus
            error={problem}
            data-testid={TEST_IDS.fieldName}
            onChange={(event) => setName(event.target.value)}
          />
          <FormError message={failure} />
        </div>
        <FormActions submit="Rename" busy={busy} onCancel={closeDialog} />
      </form>
    </Dialog>
  );
}

export function ArchiveDialog({ vault }: { readonly vault: EngineVault }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const archived = vault.archivedAtMs === null;
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await request('vault.setArchived', { vaultId: vault.id, archived });
    setBusy(false);
    if (!answer.ok) return setFailure(`${answer.error.message} ${answer.error.advice}`);
    closeDialog();
    showToast('info', archived ? `${vault.name} archived` : `${vault.name} is in use again`);
  };
  return (
    <Dialog
      title={archived ? `Archive ${vault.name}?` : `Take ${vault.name} back into use?`}
      description={
        archived
          ? 'It is no longer synced and may not trade. Its history is kept, and it can be taken back.'
          : 'It is synced again. Nothing trades before it is verified.'
      }
      onClose={closeDialog}
    >
      <form onSubmit={(event) => void submit(event)}>
        <div className="dialog-body">
          <FormError message={failure} />
        </div>
        <FormActions
          submit={archived ? 'Archive' : 'Take back into use'}
          busy={busy}
          onCancel={closeDialog}
        />
      </form>
    </Dialog>
  );
}
