import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { FormActions, FormError } from '#renderer/ui/form-parts.tsx';
import { useSend } from './use-send.ts';

export interface ConfirmDialogProps {
  readonly title: string;
  readonly description: string;
  /** Words of the button. */
  readonly submit: string;
  readonly ask: () => Promise<Result<unknown, KeelError>>;
  readonly done?: () => void;
}

/** Says what will happen and does it on one press; stays open with the words of a failure. */
export function ConfirmDialog({ title, description, submit, ask, done }: ConfirmDialogProps) {
  const { busy, failure, send } = useSend();
  return (
    <Dialog title={title} description={description} onClose={closeDialog}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send(ask(), () => {
            closeDialog();
            done?.();
          });
        }}
      >
        <div className="dialog-body">
          <FormError message={failure} />
        </div>
        <FormActions submit={submit} busy={busy} onCancel={closeDialog} />
      </form>
    </Dialog>
  );
}
