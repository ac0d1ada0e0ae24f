/** Looks, settings, files, help: what is rarely done, and found by its name. */
import {
  Archive,
  BookOpen,
  ClipboardCopy,
  Download,
  GraduationCap,
  Info,
  Monitor,
  Moon,
  Palette,
  Rows3,
  Settings,
  Sun,
  X,
  ZoomIn,
  ZoomOut,
  type LucideIcon,
} from 'lucide-react';
import { DENSITIES } from '#domain/desk-settings.ts';
import { EXPORT_SUBJECTS, type ExportSubject } from '#domain/data-export.ts';
import { changeSettings } from '#renderer/features/settings/change-settings.ts';
import {
  labelOf,
  openSetting,
  SECTIONS,
  SETTINGS,
} from '#renderer/features/settings/settings-index.ts';
import { focusTour } from '#renderer/features/tour/focus-tour.ts';
import { beginTour, leaveTour, useTourStore } from '#renderer/features/tour/tour-store.ts';
import { command, updateDesk } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openDialog, openScreen, openSettings } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import type { Command } from './command.ts';
import { copyDiagnostics } from './copy-diagnostics.ts';
import { zoomBy, zoomToNormal } from './zoom.ts';

const settings = () => useDeskStore.getState().settings;

const THEMES = [
  { theme: 'dark', title: 'Dark theme', icon: Moon },
  { theme: 'light', title: 'Light theme', icon: Sun },
  { theme: 'system', title: 'Theme of the system', icon: Monitor },
] as const;

const LOOKS: readonly Command[] = [
  ...THEMES.map(({ theme, title, icon }): Command => ({
    id: `look.${theme}`,
    title,
    group: 'Settings',
    icon,
    keywords: 'appearance colour mode',
    available: () => settings().theme !== theme,
    run: () => changeSettings({ theme }, title),
  })),
  ...DENSITIES.map((density): Command => ({
    id: `look.${density}`,
    title: density === 'compact' ? 'Compact lines' : 'Comfortable lines',
    group: 'Settings',
    icon: Rows3,
    keywords: 'density appearance rows',
    available: () => settings().desk.density !== density,
    run: () => updateDesk({ density }, `Lines are ${density}`),
  })),
  {
    id: 'look.zoom-in',
    title: 'Zoom in',
    group: 'Desk',
    icon: ZoomIn,
    keys: ['$mod+[Shift]+=', '$mod+[Shift]++'],
    keywords: 'larger bigger text',
    overDialog: true,
    run: () => zoomBy(1),
  },
  {
    id: 'look.zoom-out',
    title: 'Zoom out',
    group: 'Desk',
    icon: ZoomOut,
    keys: ['$mod+[Shift]+-', '$mod+[Shift]+_'],
    keywords: 'smaller text',
    overDialog: true,
    run: () => zoomBy(-1),
  },
  {
    id: 'look.zoom-normal',
    title: 'Zoom 100 %',
    group: 'Desk',
    icon: ZoomIn,
    keys: ['$mod+0'],
    keywords: 'reset normal text',
    overDialog: true,
    run: zoomToNormal,
  },
];

const SECTION_COMMANDS: readonly Command[] = SECTIONS.map(({ value, label, icon, about }) => ({
  id: `settings.${value}`,
  title: `Settings: ${label}`,
  group: 'Settings',
  icon,
  keywords: about,
  run: () => openSettings(value),
}));

/** The way to each single setting; only for a palette that is being searched. */
export function settingCommands(): readonly Command[] {
  return SETTINGS.map(({ id, section, label, what }) => ({
    id: `setting.${id}`,
    title: `${label} (${labelOf(section)})`,
    group: 'Settings',
    icon: Settings,
    keywords: what,
    run: () => openSetting({ id, section }),
  }));
}

const SUBJECTS: Readonly<Record<ExportSubject, string>> = {
  history: 'the history of vaults',
  operations: 'operations',
  funding: 'funding',
  activity: 'activity',
  alerts: 'alerts',
};

const FILES: readonly Command[] = [
  ...EXPORT_SUBJECTS.map((subject): Command => ({
    id: `files.${subject}`,
    title: `Export ${SUBJECTS[subject]}…`,
    group: 'Files',
    icon: Download,
    keywords: 'csv json file save',
    run: () => openDialog({ kind: 'export', subject, vaultIds: [] }),
  })),
  {
    id: 'files.backup',
    title: 'Back up now',
    group: 'Files',
    icon: Archive,
    keywords: 'database copy save',
    run: backUp,
  },
];

async function backUp(): Promise<void> {
  const made = await command('No backup could be made', 'backup.make', {});
  if (made !== null) showToast('good', 'Backup made', made.backup.name);
}

const HELP: readonly Command[] = [
  {
    id: 'help.tour',
    title: 'Show the tour',
    group: 'Help',
    icon: GraduationCap,
    keywords: 'first steps introduction guide learn',
    run: beginTour,
  },
  {
    id: 'help.tour-focus',
    title: 'To the tour’s card',
    group: 'Help',
    icon: GraduationCap,
    keys: ['F6'],
    keywords: 'focus guide',
    available: isTourRunning,
    run: focusTour,
  },
  {
    id: 'help.tour-leave',
    title: 'Leave the tour',
    group: 'Help',
    icon: X,
    keywords: 'end stop quit guide',
    available: isTourRunning,
    run: leaveTour,
  },
  help('help.about', 'About Keel, versions and licences', Info, () => openScreen('about')),
  help('help.diagnostics', 'Copy diagnostics', ClipboardCopy, copyDiagnostics),
  help('help.design', 'Design page', Palette, () => openScreen('design')),
  help('help.links', 'How links to vaults work', BookOpen, () => openScreen('about')),
];

function help(id: string, title: string, icon: LucideIcon, run: () => unknown): Command {
  return { id, title, group: 'Help', icon, run };
}

function isTourRunning(): boolean {
  return useTourStore.getState().run !== null;
}

export const SET_COMMANDS: readonly Command[] = [...LOOKS, ...SECTION_COMMANDS, ...FILES, ...HELP];
