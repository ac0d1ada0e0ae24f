import { create } from 'zustand';
import type { CapitalIntent, MoveKind } from '#domain/capital-intent.ts';
import type { ExportSubject } from '#domain/data-export.ts';
import type { Address, OperationId, VaultId } from '#domain/ids.ts';

export type Route =
  | {
      readonly kind:
        'overview' | 'vaults' | 'operations' | 'activity' | 'inbox' | 'keys' | 'about' | 'design';
    }
  | { readonly kind: 'settings'; readonly section: SettingsSection }
  | { readonly kind: 'vault'; readonly id: VaultId };

/** Where an earlier operation is to be repeated: what its form begins with. */
export interface MovePrefill {
  readonly marketIndex: number;
  /** As a person would type it. */
  readonly amount: string;
  readonly toVaultId: VaultId | null;
}

export type OpenDialog =
  | { readonly kind: 'create-vault' }
  | { readonly kind: 'settings'; readonly section?: SettingsSection }
  | {
      readonly kind: MoveKind;
      readonly vaultId: VaultId;
      readonly prefill?: MovePrefill;
    }
  | {
      readonly kind: 'create-sub-account';
      readonly prefill?: Extract<CapitalIntent, { kind: 'create-sub-account' }>;
    }
  | { readonly kind: 'operation'; readonly operationId: OperationId }
  | { readonly kind: 'watch-key' | 'lift-halt-all' }
  | { readonly kind: 'rename-key' | 'remove-watch-key'; readonly publicKey: Address }
  | { readonly kind: 'restore-backup'; readonly name: string }
  /** `vaultIds` empty: all vaults. */
  | {
      readonly kind: 'export';
      readonly subject: ExportSubject;
      readonly vaultIds: readonly VaultId[];
    }
  | { readonly kind: 'import-settings' | 'reset-practice' }
  | {
      readonly kind: 'rename' | 'archive' | 'reset' | 'seed' | 'enable-trading';
      readonly vaultId: VaultId;
    };

export type SettingsSection =
  | 'general'
  | 'appearance'
  | 'networks'
  | 'capital'
  | 'watching'
  | 'notifications'
  | 'data'
  | 'computer';

interface NavigationStore {
  readonly route: Route;
  /** The vault whose page was left for the table: its row has the focus again. */
  readonly cameFrom: VaultId | null;
  readonly dialog: OpenDialog | null;
  readonly practiceOpen: boolean;
}

export const useNavigationStore = create<NavigationStore>()(() => ({
  route: { kind: 'vaults' },
  cameFrom: null,
  dialog: null,
  practiceOpen: false,
}));

export const openVault = (id: VaultId): void =>
  useNavigationStore.setState({ route: { kind: 'vault', id } });
export const openVaults = (): void =>
  useNavigationStore.setState(({ route }) => ({
    route: { kind: 'vaults' },
    cameFrom: route.kind === 'vault' ? route.id : null,
  }));
export const openOperations = (): void =>
  useNavigationStore.setState({ route: { kind: 'operations' }, cameFrom: null });
export const openKeys = (): void =>
  useNavigationStore.setState({ route: { kind: 'keys' }, cameFrom: null });
export const openInbox = (): void =>
  useNavigationStore.setState({ route: { kind: 'inbox' }, cameFrom: null });
export const openScreen = (kind: Exclude<Route['kind'], 'vault' | 'settings'>): void =>
  useNavigationStore.setState({ route: { kind }, cameFrom: null });
export const openSettings = (section: SettingsSection = 'general'): void =>
  useNavigationStore.setState({ route: { kind: 'settings', section }, cameFrom: null });
export const openOperation = (operationId: OperationId): void =>
  useNavigationStore.setState({ dialog: { kind: 'operation', operationId } });
export const openDialog = (dialog: OpenDialog): void => useNavigationStore.setState({ dialog });
export const closeDialog = (): void => useNavigationStore.setState({ dialog: null });
export const togglePractice = (): void =>
  useNavigationStore.setState(({ practiceOpen }) => ({ practiceOpen: !practiceOpen }));
