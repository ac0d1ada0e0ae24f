import { create } from 'zustand';
import type { VaultId } from '#domain/ids.ts';

export type Route = { readonly kind: 'vaults' } | { readonly kind: 'vault'; readonly id: VaultId };

export type OpenDialog =
  | { readonly kind: 'create-vault' }
  | { readonly kind: 'settings' }
  | {
      readonly kind:
        'rename' | 'archive' | 'credit' | 'debit' | 'reset' | 'seed' | 'enable-trading';
      readonly vaultId: VaultId;
    };

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
export const openDialog = (dialog: OpenDialog): void => useNavigationStore.setState({ dialog });
export const closeDialog = (): void => useNavigationStore.setState({ dialog: null });
export const togglePractice = (): void =>
  useNavigationStore.setState(({ practiceOpen }) => ({ practiceOpen: !practiceOpen }));
