import { Button } from '#renderer/ui/button.tsx';
import { FormError } from '#renderer/ui/form-parts.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

export interface SaveBarProps {
  /** What waits to be saved: `2 changes`. */
  readonly what: string;
  readonly busy: boolean;
  /** Why the last try was refused; null: it was not. */
  readonly failure: string | null;
  readonly onDiscard: () => void;
}

/** Below a form that holds something unsaved; its Save is the form's own submit. */
export function SaveBar({ what, busy, failure, onDiscard }: SaveBarProps) {
  return (
    <div className="save-bar">
      <FormError message={failure} />
      <div className="save-bar-line">
        <p role="status">{what} not saved</p>
        <span className="spacer" />
        <Button onClick={onDiscard} disabled={busy} data-testid={TEST_IDS.dialogCancel}>
          Discard
        </Button>
        <Button type="submit" tone="primary" busy={busy} data-testid={TEST_IDS.dialogSubmit}>
          Save
        </Button>
      </div>
    </div>
  );
}

export const changes = (count: number): string => (count === 1 ? '1 change' : `${count} changes`);
