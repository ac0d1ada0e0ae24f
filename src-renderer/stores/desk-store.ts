import { create } from 'zustand';
import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import { DEFAULT_DESK_SETTINGS } from '#domain/desk-settings.ts';
import type { ExchangeView } from '#domain/exchange-state.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import type { NetworkId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { NetworkStatus } from '#domain/network.ts';
import type { RuntimeInfo, VisibleSettings } from '#domain/settings.ts';
import { DEFAULT_SHELL_SETTINGS } from '#domain/shell-settings.ts';
import { SIGNER_NOT_STARTED, type SignerState } from '#domain/signer-state.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import type { NetworkView } from '#ipc/contract.ts';
import { offerUndo } from './undo-store.ts';

export type DeskLoad =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly atMs: number }
  | { readonly kind: 'failed'; readonly error: KeelError };

export interface EngineStatus {
  readonly running: boolean;
  readonly error: KeelError | null;
}

/** Everything of the desk that is not a vault. */
export interface DeskStore {
  readonly load: DeskLoad;
  readonly engine: EngineStatus;
  readonly networks: readonly NetworkView[];
  readonly statuses: ReadonlyMap<NetworkId, NetworkStatus>;
  readonly exchanges: ReadonlyMap<NetworkId, ExchangeView>;
  readonly haltAll: HaltAll | null;
  /** False after a halt that the engine did not answer, until it is back. */
  readonly haltReachedEngine: boolean;
  readonly settings: VisibleSettings;
  readonly runtime: RuntimeInfo | null;
  readonly signer: SignerState;
  readonly notices: readonly string[];
}

export const INITIAL_DESK: DeskStore = {
  load: { kind: 'loading' },
  engine: { running: true, error: null },
  networks: [],
  statuses: new Map(),
  exchanges: new Map(),
  haltAll: null,
  haltReachedEngine: true,
  settings: {
    theme: 'system',
    notifications: true,
    sync: DEFAULT_SYNC_SETTINGS,
    capital: DEFAULT_CAPITAL_SETTINGS,
    watch: DEFAULT_WATCH_SETTINGS,
    shell: DEFAULT_SHELL_SETTINGS,
    desk: DEFAULT_DESK_SETTINGS,
  },
  runtime: null,
  signer: SIGNER_NOT_STARTED,
  notices: [],
};

export const useDeskStore = create<DeskStore>()(() => INITIAL_DESK);

export function dismissNotice(notice: string): void {
  const { notices: before } = useDeskStore.getState();
  useDeskStore.setState({ notices: before.filter((other) => other !== notice) });
  offerUndo('Notice dismissed', () => {
    useDeskStore.setState(({ notices }) => ({
      notices: before.filter((each) => each === notice || notices.includes(each)),
    }));
    return Promise.resolve(true);
  });
}
