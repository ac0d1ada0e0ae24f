/** Every section, and every setting by the words that it is found by. */
import {
  Bell,
  Database,
  Eye,
  KeyRound,
  Network,
  Palette,
  RefreshCw,
  Settings2,
  Wallet,
  type LucideIcon,
} from 'lucide-react';
import { create } from 'zustand';
import { openSettings, type SettingsSection } from '#renderer/stores/navigation-store.ts';
import { CAPITAL_FORM, DATA_FORM, KEYS_FORM } from './capital-fields.ts';
import type { NumberForm } from './number-fields.ts';
import { SYNC_FORM } from './sync-fields.ts';
import { WATCH_FORM } from './watch-fields.ts';

export interface SectionEntry {
  readonly value: SettingsSection;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Below the title of the section. */
  readonly about: string;
}

export const SECTIONS: readonly SectionEntry[] = [
  {
    value: 'general',
    label: 'General',
    icon: Settings2,
    about: 'How Keel lives on this computer. Takes effect at once.',
  },
  {
    value: 'appearance',
    label: 'Appearance',
    icon: Palette,
    about: 'How the desk looks. Takes effect at once.',
  },
  {
    value: 'networks',
    label: 'Networks',
    icon: Network,
    about: 'The endpoints over which each network is read, in the order in which they are used.',
  },
  {
    value: 'sync',
    label: 'Sync',
    icon: RefreshCw,
    about: 'How often vaults are read and verified, and what happens when a read fails.',
  },
  {
    value: 'watching',
    label: 'Watching',
    icon: Eye,
    about: 'From when Keel warns, and from when it lets nothing add risk.',
  },
  {
    value: 'capital',
    label: 'Capital',
    icon: Wallet,
    about:
      'Limits of moving money. Keel asks you outside this window before one of them is loosened.',
  },
  {
    value: 'keys',
    label: 'Keys',
    icon: KeyRound,
    about: 'What guards your keys. Keel asks you outside this window before it locks later.',
  },
  {
    value: 'notifications',
    label: 'Notifications',
    icon: Bell,
    about: 'What rings on this desktop, and when. Takes effect at once.',
  },
  {
    value: 'data',
    label: 'Data',
    icon: Database,
    about: 'Backups, files, and the practice network’s beginning anew.',
  },
];

export interface SettingEntry {
  readonly id: string;
  readonly section: SettingsSection;
  readonly label: string;
  readonly what: string;
}

const numbersOf = <Name extends string>(
  section: SettingsSection,
  { id, groups }: NumberForm<Name>,
): readonly SettingEntry[] =>
  groups.flatMap(({ fields }) =>
    fields.map(({ name, label, what }) => ({ id: `${id}.${name}`, section, label, what })),
  );

const entry = (section: SettingsSection, id: string, label: string, what: string) => ({
  id,
  section,
  label,
  what,
});

export const SETTINGS: readonly SettingEntry[] = [
  entry('general', 'shell.closeToTray', 'Keep watching when the window is closed', 'tray close'),
  entry('general', 'shell.startAtLogin', 'Start when you log in', 'autostart boot'),
  entry('general', 'shell.logLevel', 'Log', 'level files debug'),
  entry('general', 'diagnostics', 'Diagnostics', 'report copy versions errors'),
  entry('general', 'tour', 'The tour', 'first steps introduction help'),
  entry('appearance', 'theme', 'Theme', 'dark light colours mode'),
  entry('appearance', 'desk.density', 'Density', 'compact comfortable lines space'),
  entry('appearance', 'desk.zoomPercent', 'Zoom', 'size larger smaller text'),
  entry('appearance', 'desk.railOpen', 'Words beside the icons of the rail', 'sidebar navigation'),
  entry('appearance', 'desk.tables', 'Columns and order of tables', 'layout sort hidden'),
  entry('networks', 'networks', 'Endpoints', 'RPC node URL address provider test network'),
  ...numbersOf('sync', SYNC_FORM),
  ...numbersOf('watching', WATCH_FORM),
  ...numbersOf('capital', CAPITAL_FORM),
  ...numbersOf('keys', KEYS_FORM),
  entry('keys', 'keys.secondWrap', 'Second lock', 'keyring secret store wrap'),
  entry('keys', 'keys.list', 'Keys and passphrase', 'import export password'),
  entry('notifications', 'notifications', 'Notifications', 'alerts ring desktop'),
  entry('notifications', 'testNotification', 'Test a notification', 'try ring'),
  entry('notifications', 'quietHours', 'Quiet hours', 'night silence do not disturb'),
  ...numbersOf('data', DATA_FORM),
  entry('data', 'data', 'Backups, export and import', 'restore database file settings reset'),
];

/** Those in whose words every word of the query stands; none for an empty query. */
export function findSettings(query: string): readonly SettingEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return SETTINGS.map((setting) => ({ setting, rank: rankOf(setting, words) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((left, right) => right.rank - left.rank)
    .map(({ setting }) => setting);
}

/** Its own name before what it does; 0: not meant. */
function rankOf({ section, label, what }: SettingEntry, words: readonly string[]): number {
  const name = label.toLowerCase();
  const text = `${name} ${what} ${labelOf(section)}`.toLowerCase();
  if (!words.every((word) => text.includes(word))) return 0;
  return 1 + words.filter((word) => name.includes(word)).length;
}

export const labelOf = (section: SettingsSection): string =>
  SECTIONS.find(({ value }) => value === section)?.label ?? section;

interface JumpStore {
  /** The setting to show next; null: none is wanted. */
  readonly wanted: string | null;
}

export const useJump = create<JumpStore>()(() => ({ wanted: null }));

/** Opens the setting's section with the setting in view and in focus. */
export function openSetting({ id, section }: Pick<SettingEntry, 'id' | 'section'>): void {
  useJump.setState({ wanted: id });
  openSettings(section);
}
