import { useState, type SyntheticEvent } from 'react';
import { address, type Address } from '#domain/ids.ts';
import type { KeyInfo } from '#domain/signer-state.ts';
import { checkAuthority, checkName } from '#renderer/features/create-vault/create-form.ts';
import { ConfirmDialog } from '#renderer/features/forms/confirm-dialog.tsx';
import { problemOf } from '#renderer/features/forms/problem-of.ts';
import { RenameDialog } from '#renderer/features/forms/rename-dialog.tsx';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { request } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { renameKey, stopWatching } from '#renderer/stores/key-acts.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { FormActions, FormError } from '#renderer/ui/form-parts.tsx';
import { shortenAddress } from '#renderer/ui/format.ts';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

const KINDS = [
  { value: 'practice', label: 'Practice' },
  { value: 'live', label: 'Live' },
] as const;

/** A public key alone: everything but signing. */
export function WatchKeyDialog() {
  const [name, setName] = useState('');
  const [publicKey, setPublicKey] = useState('');
  const [networkKind, setNetworkKind] = useState<KeyInfo['networkKind']>('practice');
  const [touched, setTouched] = useState(false);
  const { busy, failure, send } = useSend();
  const nameProblem = problemOf(checkName(name));
  const keyProblem = problemOf(checkAuthority(publicKey));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTouched(true);
    if (nameProblem !== null || keyProblem !== null) return;
    const input = { publicKey: address(publicKey.trim()), name: name.trim(), networkKind };
    void send(request('signer.addWatchOnly', input), () => {
      closeDialog();
      showToast('good', `${name.trim()} is watched`);
    });
  };
  return (
    <Dialog
      title="Watch a public key"
      description="Only the public key: Keel can look, and can never sign with it."
      onClose={closeDialog}
    >
      <form noValidate onSubmit={submit}>
        <div className="dialog-body">
          <Segmented
            label="For which network"
            value={networkKind}
            options={KINDS}
            onChange={setNetworkKind}
          />
          <TextField
            label="Public key"
            className="mono"
            value={publicKey}
            autoFocus
            error={touched ? keyProblem : null}
            data-testid={TEST_IDS.fieldPublicKey}
            onChange={(event) => setPublicKey(event.target.value)}
          />
          <TextField
            label="Name"
            value={name}
            error={touched ? nameProblem : null}
            data-testid={TEST_IDS.fieldName}
            onChange={(event) => setName(event.target.value)}
          />
          <FormError message={failure} />
        </div>
        <FormActions submit="Watch" busy={busy} onCancel={closeDialog} />
      </form>
    </Dialog>
  );
}

function useKey(publicKey: Address): KeyInfo | undefined {
  return useDeskStore((state) => state.signer.keys.find((key) => key.publicKey === publicKey));
}

export function RenameKeyDialog({ publicKey }: { readonly publicKey: Address }) {
  const known = useKey(publicKey);
  return (
    <RenameDialog
      title={`Rename ${known?.name ?? 'the key'}`}
      description={`${shortenAddress(publicKey)}: only its name in Keel changes.`}
      current={known?.name ?? ''}
      rename={(name) => renameKey(publicKey, known?.name ?? '', name)}
    />
  );
}

export function RemoveWatchKeyDialog({ publicKey }: { readonly publicKey: Address }) {
  const known = useKey(publicKey);
  return (
    <ConfirmDialog
      title={`Stop watching ${known?.name ?? 'the key'}?`}
      description="Its vaults stay, and are watched as before. The public key can be added again."
      submit="Stop watching"
      ask={() => stopWatching(publicKey, known)}
    />
  );
}
