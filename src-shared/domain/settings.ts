import type { CapitalSettings } from './capital-settings.ts';
import type { DeskSettings } from './desk-settings.ts';
import type { Network } from './network.ts';
import type { ShellSettings } from './shell-settings.ts';
import type { SyncSettings } from './sync-settings.ts';
import type { WatchSettings } from './watch-settings.ts';

export type Theme = 'system' | 'light' | 'dark';

/** What the trader may change. Holds no secret: an endpoint's URL may, so the window sees labels only. */
export interface Settings {
  readonly theme: Theme;
  readonly notifications: boolean;
  readonly sync: SyncSettings;
  readonly capital: CapitalSettings;
  readonly watch: WatchSettings;
  readonly shell: ShellSettings;
  readonly desk: DeskSettings;
  /** Live networks; the practice network is always there and is not listed. */
  readonly networks: readonly Network[];
}

/** The settings as the window may see them. */
export type VisibleSettings = Omit<Settings, 'networks'>;

/** Which Electron runs Keel. An unofficial build locks every network but the practice one. */
export interface RuntimeInfo {
  readonly appVersion: string;
  readonly electron: string;
  readonly chrome: string;
  readonly node: string;
  readonly official: boolean;
}
