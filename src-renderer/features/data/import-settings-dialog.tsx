import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';

export function ImportSettingsDialog() {
  return (
    <Dialog title="Import settings" onClose={closeDialog}>
      <div className="dialog-body" />
    </Dialog>
  );
}
