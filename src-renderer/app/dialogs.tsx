import { assertNever } from '#domain/assert-never.ts';
import type { VaultId } from '#domain/ids.ts';
import { KeyboardMap } from '#renderer/features/commands/keyboard-map.tsx';
import { Palette } from '#renderer/features/palette/palette.tsx';
import { CreateVaultDialog } from '#renderer/features/create-vault/create-vault-dialog.tsx';
import { MoveDialog } from '#renderer/features/capital/move-dialog.tsx';
import { SubAccountDialog } from '#renderer/features/capital/sub-account-dialog.tsx';
import { LiftHaltDialog } from '#renderer/features/halt/lift-halt-dialog.tsx';
import { ImportSettingsDialog } from '#renderer/features/data/import-settings-dialog.tsx';
import { ResetPracticeDialog } from '#renderer/features/data/reset-practice-dialog.tsx';
import { RestoreDialog } from '#renderer/features/data/restore-dialog.tsx';
import { ExportDialog } from '#renderer/features/export/export-dialog.tsx';
import {
  RemoveWatchKeyDialog,
  RenameKeyDialog,
  WatchKeyDialog,
} from '#renderer/features/keys/key-dialogs.tsx';
import { OperationDialog } from '#renderer/features/operations/operation-dialog.tsx';
import { PaperResetDialog, PaperSeedDialog } from '#renderer/features/paper/paper-dialogs.tsx';
import { EnableTradingDialog } from '#renderer/features/trading/enable-trading-dialog.tsx';
import { ArchiveDialog, RenameVaultDialog } from '#renderer/features/vault-page/vault-dialogs.tsx';
import { useNavigationStore, type OpenDialog } from '#renderer/stores/navigation-store.ts';
import { useVaultView } from '#renderer/stores/selectors.ts';

/** The one dialog that is open, if any. */
export function Dialogs() {
  const dialog = useNavigationStore((state) => state.dialog);
  if (dialog === null) return null;
  switch (dialog.kind) {
    case 'create-vault':
      return <CreateVaultDialog vaultType={dialog.vaultType ?? 'virtual'} />;
    case 'create-sub-account':
      return <SubAccountDialog prefill={dialog.prefill ?? null} />;
    case 'operation':
      return (
        <OperationDialog
          key={dialog.operationId}
          id={dialog.operationId}
          justAsked={dialog.justAsked}
        />
      );
    case 'lift-halt-all':
      return <LiftHaltDialog />;
    case 'palette':
      return <Palette />;
    case 'keyboard-map':
      return <KeyboardMap />;
    case 'watch-key':
      return <WatchKeyDialog />;
    case 'rename-key':
      return <RenameKeyDialog publicKey={dialog.publicKey} />;
    case 'remove-watch-key':
      return <RemoveWatchKeyDialog publicKey={dialog.publicKey} />;
    case 'restore-backup':
      return <RestoreDialog name={dialog.name} />;
    case 'export':
      return <ExportDialog subject={dialog.subject} vaultIds={dialog.vaultIds} />;
    case 'import-settings':
      return <ImportSettingsDialog preview={dialog.preview} />;
    case 'reset-practice':
      return <ResetPracticeDialog />;
    default:
      return <DialogOfVault dialog={dialog} />;
  }
}

type VaultDialog = Extract<OpenDialog, { readonly vaultId: VaultId }>;

function DialogOfVault({ dialog }: { readonly dialog: VaultDialog }) {
  const view = useVaultView(dialog.vaultId);
  if (view === undefined) return null;
  const { vault } = view;
  switch (dialog.kind) {
    case 'deposit':
    case 'withdraw':
    case 'transfer':
      return (
        <MoveDialog
          key={dialog.kind}
          kind={dialog.kind}
          view={view}
          prefill={dialog.prefill ?? null}
        />
      );
    case 'rename':
      return <RenameVaultDialog vault={vault} />;
    case 'archive':
      return <ArchiveDialog vault={vault} />;
    case 'enable-trading':
      return <EnableTradingDialog view={view} />;
    case 'reset':
      return vault.vaultType === 'virtual' ? <PaperResetDialog vault={vault} /> : null;
    case 'seed':
      return vault.vaultType === 'virtual' ? <PaperSeedDialog vault={vault} /> : null;
    default:
      return assertNever(dialog, 'dialog of a vault');
  }
}
