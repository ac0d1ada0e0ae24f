import { BrowserWindow, nativeTheme } from 'electron';
import { APP_ORIGIN } from '#main/ipc/sender-check.ts';
import { applyZoom, keepPlace, savedPlace } from './window-place.ts';
import { HARDENED } from './window-security.ts';
import { SMALLEST, type WindowStateFile } from './window-state.ts';

export interface WindowParts {
  readonly preload: string;
  readonly icon: string;
  readonly devtools: boolean;
  /** Pause before the page is loaded, milliseconds. */
  readonly loadAfterMs: number;
  readonly state: WindowStateFile;
  /** 50 … 200. */
  zoomPercent(): number;
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
  const { maximized, ...place } = savedPlace(parts.state);
  const window = new BrowserWindow({
    ...place,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
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
  keepPlace(window, parts.state);
  // With each page anew: a page that is loaded begins at its own size.
  window.webContents.on('did-finish-load', () => {
    applyZoom(window, parts.zoomPercent());
    // No other way to zoom beside the setting: not by two fingers.
    void window.webContents.setVisualZoomLevelLimits(1, 1);
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
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
