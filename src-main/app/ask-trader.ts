import { dialog, type BrowserWindow } from 'electron';
import type { AskTrader } from './settings-gate.ts';

const KEEP = 0;
const LOOSEN = 1;

/** Asks by a message box of the operating system, which no page can draw over or press. */
export function askByMessageBox(parent: () => BrowserWindow | null): AskTrader {
  return async (lines) => {
    const box = {
      type: 'warning' as const,
      title: 'Keel',
      message: 'Loosen the limits that protect your capital?',
      detail: `${lines.join('\n')}\n\nIf you did not ask for this, keep the limits.`,
      buttons: ['Keep the limits', 'Loosen them'],
      defaultId: KEEP,
      cancelId: KEEP,
      noLink: true,
    };
    const window = parent();
    const { response } =
      window === null ? await dialog.showMessageBox(box) : await dialog.showMessageBox(window, box);
    return response === LOOSEN;
  };
}
