import { create } from 'zustand';
import type { CapitalIntent, MoveKind } from '#domain/capital-intent.ts';
import type { ExportSubject } from '#domain/data-export.ts';
import type { Address, OperationId, VaultId } from '#domain/ids.ts';
import type { SettingsImportPreview } from '#domain/settings-import.ts';

/** Parts of a vault's page that a link may name. */
export const VAULT_TABS = ['figures', 'history', 'operations', 'notes', 'sync'] as const;
export type VaultTab = (typeof VAULT_TABS)[number];

export type Route =
  | {
      readonly kind:
        'overview' | 'vaults' | 'operations' | 'activity' | 'inbox' | 'keys' | 'about' | 'design';
    }
  | { readonly kind: 'settings'; readonly section: SettingsSection }
  | { readonly kind: 'vault'; readonly id: VaultId; readonly tab?: VaultTab };

/** Where an earlier operation is to be repeated: what its form begins with. */
export interface MovePrefill {
  readonly marketIndex: number;
  /** As a person would type it. */
  readonly amount: string;
  readonly toVaultId: VaultId | null;
}

export type OpenDialog =
  | {
      readonly kind: 'create-vault';
      /** What the form begins with; absent: a paper vault. */
      readonly vaultType?: 'onChain';
    }
  | {
      readonly kind: MoveKind;
      readonly vaultId: VaultId;
      readonly prefill?: MovePrefill;
    }
  | {
      readonly kind: 'create-sub-account';
      readonly prefill?: Extract<CapitalIntent, { kind: 'create-sub-account' }>;
    }
  /** `justAsked`: the engine has it on record, and may not have told of it yet. */
  | { readonly kind: 'operation'; readonly operationId: OperationId; readonly justAsked: boolean }
  | { readonly kind: 'watch-key' | 'lift-halt-all' | 'palette' | 'keyboard-map' }
  | { readonly kind: 'rename-key' | 'remove-watch-key'; readonly publicKey: Address }
  | { readonly kind: 'restore-backup'; readonly name: string }
  /** `vaultIds` empty: all vaults. */
  | {
      readonly kind: 'export';
      readonly subject: ExportSubject;
      readonly vaultIds: readonly VaultId[];
    }
  | { readonly kind: 'import-settings'; readonly preview: SettingsImportPreview }
  | { readonly kind: 'reset-practice' }
  | {
      readonly kind: 'rename' | 'archive' | 'reset' | 'seed' | 'enable-trading';
      readonly vaultId: VaultId;
    };

export type SettingsSection =
  | 'general'
  | 'appearance'
  | 'networks'
  | 'sync'
  | 'watching'
  | 'capital'
  | 'keys'
  | 'notifications'
  | 'data';

/** How many screens back can be gone. */
const DEEPEST = 50;

interface NavigationStore {
  readonly route: Route;
  /** Screens left behind, the newest last; and those that going back has left. */
  readonly past: readonly Route[];
  readonly future: readonly Route[];
  /** The vault whose page was left for the table: its row has the focus again. */
  readonly cameFrom: VaultId | null;
  readonly dialog: OpenDialog | null;
  readonly practiceOpen: boolean;
}

export const useNavigationStore = create<NavigationStore>()(() => ({
  route: { kind: 'overview' },
  past: [],
  future: [],
  cameFrom: null,
  dialog: null,
  practiceOpen: false,
}));

const leftFor = (from: Route, to: Route): VaultId | null =>
  from.kind === 'vault' && to.kind !== 'vault' ? from.id : null;

/** A section of the screen in front is no place of its own to come back to. */
function go(to: Route): void {
  useNavigationStore.setState(({ route, past, cameFrom }) =>
    placeOf(route) === placeOf(to)
      ? { route: to }
      : {
          route: to,
          past: [...past, route].slice(-DEEPEST),
          future: [],
          cameFrom:
            to.kind === 'vaults' ? leftFor(route, to) : to.kind === 'vault' ? cameFrom : null,
        },
  );
}

/** Tells screens apart: scroll position and focus are kept for each. */
export const placeOf = (route: Route): string =>
  route.kind === 'vault' ? `vault ${route.id}` : route.kind;

/** To the screen that was left last. */
export function goBack(): void {
  useNavigationStore.setState(({ route, past, future }) => {
    const to = past.at(-1);
    if (to === undefined) return {};
    return {
      route: to,
      past: past.slice(0, -1),
      future: [...future, route],
      cameFrom: leftFor(route, to),
    };
  });
}

/** To the screen that going back has left. */
export function goForward(): void {
  useNavigationStore.setState(({ route, past, future }) => {
    const to = future.at(-1);
    if (to === undefined) return {};
    return {
      route: to,
      past: [...past, route],
      future: future.slice(0, -1),
      cameFrom: leftFor(route, to),
    };
  });
}

export const openVault = (id: VaultId, tab?: VaultTab): void =>
  go({ kind: 'vault', id, ...(tab !== undefined && { tab }) });
export const openScreen = (kind: Exclude<Route['kind'], 'vault' | 'settings'>): void =>
  go({ kind });
export const openVaults = (): void => openScreen('vaults');
export const openOperations = (): void => openScreen('operations');
export const openKeys = (): void => openScreen('keys');
export const openInbox = (): void => openScreen('inbox');
export const openSettings = (section: SettingsSection = 'general'): void =>
  go({ kind: 'settings', section });
export const openOperation = (operationId: OperationId): void =>
  openDialog({ kind: 'operation', operationId, justAsked: false });
/** Of an operation whose request was answered this moment. */
export const openAskedOperation = (operationId: OperationId): void =>
  openDialog({ kind: 'operation', operationId, justAsked: true });
export const openDialog = (dialog: OpenDialog): void => useNavigationStore.setState({ dialog });
export const closeDialog = (): void => useNavigationStore.setState({ dialog: null });
export const togglePractice = (): void =>
  useNavigationStore.setState(({ practiceOpen }) => ({ practiceOpen: !practiceOpen }));
