/** The window's place, kept while it is moved and sized, and its zoom. */
import { screen, type BrowserWindow } from 'electron';
import { placeFor, type WindowPlace, type WindowStateFile } from './window-state.ts';

const SETTLED_MS = 400;

export function savedPlace(file: WindowStateFile): WindowPlace {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return placeFor(
    file.load(),
    [main, ...others].map(({ workArea }) => workArea),
  );
}

/** Saves soon after each change: a window that is killed says nothing at its end. */
export function keepPlace(window: BrowserWindow, file: WindowStateFile): void {
  let waiting: ReturnType<typeof setTimeout> | null = null;
  const save = (): void => {
    if (waiting !== null) clearTimeout(waiting);
    waiting = null;
    // Minimised or over the whole screen it stands nowhere of its own.
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    file.save({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const later = (): void => {
    if (waiting !== null) clearTimeout(waiting);
    waiting = setTimeout(save, SETTLED_MS);
  };
  window.on('move', later);
  window.on('resize', later);
  window.on('maximize', later);
  window.on('unmaximize', later);
  window.on('close', save);
}

/** @param percent 50 … 200; 100: the page's own size */
export function applyZoom(window: BrowserWindow | null, percent: number): void {
  if (window === null || window.isDestroyed()) return;
  window.webContents.setZoomFactor(percent / 100);
}
