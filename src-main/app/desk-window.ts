import type { BrowserWindow } from 'electron';
import type { Logger } from '#main/engine/ports.ts';
import { trayHostPresent } from './tray-host.ts';
import { openWindow, revealWindow, type WindowParts } from './window.ts';

export interface DeskWindow {
  /** Null before the first one and once it is destroyed. */
  readonly current: BrowserWindow | null;
  /** Opens the window, or brings the open one to the front. */
  reveal(): void;
  /** From now on closing means closing. */
  letGo(): void;
}

export interface DeskWindowParts extends WindowParts {
  readonly logger: Logger;
  /** Whether the trader wants Keel to go on watching in the tray. */
  closeToTray(): boolean;
  quit(): void;
}

/**
 * The one window. Closing it keeps Keel watching in the tray, unless the trader wants it to quit; on a desktop that shows
 * no tray it quits, because nobody could bring the window back.
 */
export function createDeskWindow(parts: DeskWindowParts): DeskWindow {
  let window: BrowserWindow | null = null;
  let mayClose = false;

  async function hideOrQuit(closing: BrowserWindow): Promise<void> {
    const hidden = parts.closeToTray() && (await trayHostPresent(process.platform));
    parts.logger.info('window.closed', { keepsWatching: hidden });
    if (mayClose || closing.isDestroyed()) return;
    if (hidden) closing.hide();
    else parts.quit();
  }

  function open(): void {
    const opened = openWindow(parts);
    window = opened;
    opened.on('close', (event) => {
      if (mayClose) return;
      event.preventDefault();
      void hideOrQuit(opened);
    });
    opened.on('closed', () => {
      if (window === opened) window = null;
    });
    opened.webContents.on('render-process-gone', (_, { reason }) => {
      if (mayClose || reason === 'clean-exit') return;
      parts.logger.error('window.crashed', { reason });
      opened.reload();
    });
  }

  return {
    get current() {
      return window;
    },
    reveal() {
      if (window === null) open();
      else revealWindow(window);
    },
    letGo() {
      mayClose = true;
    },
  };
}
