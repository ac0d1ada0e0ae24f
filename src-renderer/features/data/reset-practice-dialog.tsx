import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';

export function ResetPracticeDialog() {
  return (
    <Dialog title="Begin the practice network anew?" onClose={closeDialog}>
      <div className="dialog-body" />
    </Dialog>
  );
}
