import type { VirtualVault } from '#domain/engine-vault.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { CreateVaultDialog } from '#renderer/features/create-vault/create-vault-dialog.tsx';
import {
  PaperAmountDialog,
  PaperResetDialog,
  PaperSeedDialog,
} from '#renderer/features/paper/paper-dialogs.tsx';
import { SettingsDialog } from '#renderer/features/settings/settings-dialog.tsx';
import { EnableTradingDialog } from '#renderer/features/trading/enable-trading-dialog.tsx';
import { ArchiveDialog, RenameDialog } from '#renderer/features/vault-page/vault-dialogs.tsx';
import { useNavigationStore, type OpenDialog } from '#renderer/stores/navigation-store.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';

/** The one dialog that is open, if any. */
export function Dialogs() {
  const dialog = useNavigationStore((state) => state.dialog);
  const views = useVaultStore((state) => state.views);
  if (dialog === null) return null;
  if (dialog.kind === 'create-vault') return <CreateVaultDialog />;
  if (dialog.kind === 'settings') return <SettingsDialog />;
  const view = views.get(dialog.vaultId);
  return view === undefined ? null : <VaultDialog kind={dialog.kind} view={view} />;
}

interface VaultDialogProps {
  readonly kind: Exclude<OpenDialog['kind'], 'create-vault' | 'settings'>;
  readonly view: VaultView;
}

function VaultDialog({ kind, view }: VaultDialogProps) {
  const { vault } = view;
  switch (kind) {
    case 'rename':
      return <RenameDialog vault={vault} />;
    case 'archive':
      return <ArchiveDialog vault={vault} />;
    case 'enable-trading':
      return <EnableTradingDialog view={view} />;
    case 'credit':
    case 'debit':
    case 'reset':
    case 'seed':
      return vault.vaultType === 'virtual' ? (
        <PaperDialog kind={kind} vault={vault} view={view} />
      ) : null;
  }
}

interface PaperDialogProps {
  readonly kind: 'credit' | 'debit' | 'reset' | 'seed';
  readonly vault: VirtualVault;
  readonly view: VaultView;
}

function PaperDialog({ kind, vault, view }: PaperDialogProps) {
  switch (kind) {
    case 'credit':
    case 'debit':
      return <PaperAmountDialog vault={vault} view={view} kind={kind} />;
    case 'reset':
      return <PaperResetDialog vault={vault} />;
    case 'seed':
      return <PaperSeedDialog vault={vault} />;
  }
}
