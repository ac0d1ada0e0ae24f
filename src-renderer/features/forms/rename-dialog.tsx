import { useState, type SyntheticEvent } from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import { checkName } from '#renderer/features/create-vault/create-form.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { Dialog, type DialogProps } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { FormActions, FormError } from '#renderer/ui/form-parts.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { problemOf } from './problem-of.ts';
import { useSend } from './use-send.ts';

export interface RenameDialogProps extends Pick<DialogProps, 'title' | 'description'> {
  readonly current: string;
  /** Gets the new name, trimmed and checked. */
  readonly rename: (name: string) => Promise<Result<unknown, KeelError>>;
  readonly done?: () => void;
}

export function RenameDialog({ current, rename, done, ...words }: RenameDialogProps) {
  const [name, setName] = useState(current);
  const { busy, failure, send } = useSend();
  const problem = problemOf(checkName(name));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (problem !== null) return;
    void send(rename(name.trim()), () => {
      closeDialog();
      done?.();
    });
  };
  return (
    <Dialog {...words} onClose={closeDialog}>
      <form noValidate onSubmit={submit}>
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
