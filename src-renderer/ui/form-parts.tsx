import { CircleAlert } from 'lucide-react';
import { Button } from './button.tsx';
import { TEST_IDS } from './test-ids.ts';

/** What is wrong with the form as a whole. */
export function FormError({ message }: { readonly message: string | null }) {
  if (message === null) return null;
  return (
    <p className="callout callout-bad" role="alert" data-testid={TEST_IDS.dialogError}>
      <CircleAlert size={15} aria-hidden />
      <span>{message}</span>
    </p>
  );
}

export interface FormActionsProps {
  readonly submit: string;
  readonly busy: boolean;
  readonly danger?: boolean;
  readonly onCancel: () => void;
}

export function FormActions({ submit, busy, danger = false, onCancel }: FormActionsProps) {
  return (
    <div className="dialog-actions">
      <Button onClick={onCancel} data-testid={TEST_IDS.dialogCancel}>
        Cancel
      </Button>
      <Button
        type="submit"
        tone={danger ? 'danger' : 'primary'}
        busy={busy}
        data-testid={TEST_IDS.dialogSubmit}
      >
        {submit}
      </Button>
    </div>
  );
}
