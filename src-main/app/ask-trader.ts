import { dialog, type BrowserWindow } from 'electron';
import type { AskTrader } from './settings-gate.ts';

const KEEP = 0;
const CHANGE = 1;

interface Question {
  readonly message: string;
  readonly detail: string;
  /** The harmless answer, then the one that changes something. */
  readonly buttons: readonly [keep: string, change: string];
}

type Parent = () => BrowserWindow | null;

/** Asks by a message box of the operating system, which no page can draw over or press. */
async function ask(parent: Parent, { message, detail, buttons }: Question): Promise<boolean> {
  const box = {
    type: 'warning' as const,
    title: 'Keel',
    message,
    detail,
    buttons: [...buttons],
    defaultId: KEEP,
    cancelId: KEEP,
    noLink: true,
  };
  const window = parent();
  const { response } =
    window === null ? await dialog.showMessageBox(box) : await dialog.showMessageBox(window, box);
  return response === CHANGE;
}

export function askToLoosen(parent: Parent): AskTrader {
  return (lines) =>
    ask(parent, {
      message: 'Loosen the limits that protect your capital?',
      detail: `${lines.join('\n')}\n\nIf you did not ask for this, keep the limits.`,
      buttons: ['Keep the limits', 'Loosen them'],
    });
}

/** @param backup its file name. */
export function askToRestore(parent: Parent): (backup: string) => Promise<boolean> {
  return (backup) =>
    ask(parent, {
      message: 'Put a backup in the place of the database?',
      detail: `${backup}\n\nThe database in use is put aside, not deleted. If you did not ask for this, keep it.`,
      buttons: ['Keep the database', 'Restore the backup'],
    });
}
