import type { ExportSubject } from '#domain/data-export.ts';
import type { VaultId } from '#domain/ids.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';

export interface ExportDialogProps {
  readonly subject: ExportSubject;
  /** Empty: all vaults. */
  readonly vaultIds: readonly VaultId[];
}

export function ExportDialog({ subject }: ExportDialogProps) {
  return (
    <Dialog title="Export" onClose={closeDialog}>
      <div className="dialog-body">{subject}</div>
    </Dialog>
  );
}
