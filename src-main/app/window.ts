import { BrowserWindow, nativeTheme } from 'electron';
import { APP_ORIGIN } from '#main/ipc/sender-check.ts';
import { HARDENED } from './window-security.ts';

export interface WindowParts {
  readonly preload: string;
  readonly icon: string;
  readonly devtools: boolean;
  /** Pause before the page is loaded, milliseconds. */
  readonly loadAfterMs: number;
  /** The first frame is painted and the window is on screen. */
  onFirstPaint(): void;
}

const LIGHT = '#f7f7f5';
const DARK = '#111315';

/** Background until the page has painted. */
export function windowColour(dark: boolean): string {
  return dark ? DARK : LIGHT;
}

/** Opens the desk's window, hardened: sandboxed, isolated, without Node, on Keel's own origin. */
export function openWindow(parts: WindowParts): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 820,
    minWidth: 760,
    minHeight: 520,
    show: false,
    title: 'Keel',
    autoHideMenuBar: true,
    backgroundColor: windowColour(nativeTheme.shouldUseDarkColors),
    icon: parts.icon,
    webPreferences: {
      preload: parts.preload,
      ...HARDENED,
      devTools: parts.devtools,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
    parts.onFirstPaint();
  });
  const load = () => {
    if (!window.isDestroyed()) void window.loadURL(`${APP_ORIGIN}/index.html`);
  };
  if (parts.loadAfterMs > 0) setTimeout(load, parts.loadAfterMs);
  else load();
  return window;
}

/** Brings the window to the front, from the tray or the task bar alike. */
export function revealWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
