/** One thing that can be done in the desk: by its keys, from the palette, and listed in the keyboard map. */
import type { LucideIcon } from 'lucide-react';

export const COMMAND_GROUPS = [
  'Go to',
  'Vault in front',
  'Vaults',
  'Safety',
  'Keys',
  'Desk',
  'Files',
  'Settings',
  'Operations',
  'Help',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

export interface Command {
  /** Unique. */
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  readonly icon: LucideIcon;
  /** In the notation of `command-keys.ts`; the first is the one that is shown. */
  readonly keys?: readonly string[];
  /** Other words for it, by which the palette finds it. */
  readonly keywords?: string;
  /** Absent: always. */
  readonly available?: () => boolean;
  /** Its keys work over an open dialog too. */
  readonly overDialog?: true;
  /** Its keys are left to the text field that has the focus. */
  readonly notWhileTyping?: true;
  readonly run: () => unknown;
}

export const isAvailable = ({ available }: Command): boolean => available?.() ?? true;
