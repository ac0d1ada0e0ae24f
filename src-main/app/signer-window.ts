/**
 * The signer's own window. Secrets are typed here and nowhere else; they go over a port straight to the signer's
 * process, past the main process and the desk.
 */
import { BrowserWindow, MessageChannelMain, nativeTheme, session, type Session } from 'electron';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { SignerTask } from '#domain/signer-state.ts';
import { SIGNER_WINDOW_SIZE } from '#domain/signer-window.ts';
import { SIGNER_PORT } from '#ipc/signer-port.ts';
import type { Logger } from '#main/engine/ports.ts';
import { APP_ORIGIN } from '#main/ipc/sender-check.ts';
import { serveApp } from './app-protocol.ts';
import type { NumberedWindow } from './signer-link.ts';
import { revealWindow, windowColour } from './window.ts';
import { guardSession, HARDENED } from './window-security.ts';

/** Without `persist:` nothing of the session reaches the disk, and no other window shares it. */
const PARTITION = 'keel-signer';
const TITLE = 'Keel — Signer';

export interface SignerWindowParts {
  readonly logger: Logger;
  readonly preload: string;
  readonly icon: string;
  /** Folder of the built page: no other page lies in it. */
  readonly pages: string;
  readonly devtools: boolean;
  /** Pause before the page is loaded, milliseconds. */
  readonly loadAfterMs: number;
  /** The desk's window; null while there is none. */
  parent(): BrowserWindow | null;
  /** Hands the other end of the window's port to the signer; false where no signer runs. */
  connect(opened: NumberedWindow, port: Electron.MessagePortMain): boolean;
}

export interface SignerWindow {
  /** Null while it is closed. */
  readonly current: BrowserWindow | null;
  /** For a task of the trader's. Refused while the window asks something else. */
  open(task: SignerTask): Result<null, KeelError>;
  /** For a review: opens the window, or brings the open one to the front. */
  want(): void;
  close(): void;
  /** Closes the window of this number; another one that was opened since stays. */
  closeDone(number: number): void;
}

interface Open extends NumberedWindow {
  readonly window: BrowserWindow;
}

export function createSignerWindow(parts: SignerWindowParts): SignerWindow {
  let shown: Open | null = null;
  let lastNumber = 0;
  let guarded: Session | null = null;

  function ownSession(): Session {
    if (guarded !== null) return guarded;
    guarded = session.fromPartition(PARTITION, { cache: false });
    guardSession(guarded, parts.logger, { devtools: parts.devtools, copying: false });
    serveApp(guarded, parts.pages);
    return guarded;
  }

  function open(task: SignerTask | null): void {
    const window = makeWindow(parts, ownSession());
    lastNumber += 1;
    const opened = { window, number: lastNumber, task };
    shown = opened;
    window.on('closed', () => {
      if (shown === opened) shown = null;
    });
    // With the page its port is gone, and with the port what the signer had asked there.
    window.webContents.on('render-process-gone', () => window.destroy());
    window.webContents.once('did-finish-load', () => {
      connect(parts, opened);
      window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
        if (isMainFrame && !isSameDocument) window.destroy();
      });
    });
  }

  return {
    get current() {
      return shown?.window ?? null;
    },
    open(task) {
      if (shown === null) {
        open(task);
        return ok(null);
      }
      revealWindow(shown.window);
      return sameTask(shown.task, task) ? ok(null) : err(busy());
    },
    want() {
      if (shown === null) open(null);
      else revealWindow(shown.window);
    },
    close() {
      shown?.window.destroy();
    },
    closeDone(number) {
      if (shown?.number === number) shown.window.destroy();
    },
  };
}

function makeWindow(parts: SignerWindowParts, ownSession: Session): BrowserWindow {
  const desk = parts.parent();
  const parent = desk !== null && !desk.isDestroyed() && desk.isVisible() ? desk : null;
  const window = new BrowserWindow({
    ...SIGNER_WINDOW_SIZE,
    useContentSize: true,
    resizable: false,
    maximizable: false,
    fullscreenable: false,
    show: false,
    title: TITLE,
    autoHideMenuBar: true,
    backgroundColor: windowColour(nativeTheme.shouldUseDarkColors),
    icon: parts.icon,
    // A modal window has no title bar on macOS, and the title says whose window this is.
    ...(parent === null ? {} : { parent, modal: process.platform !== 'darwin' }),
    webPreferences: {
      session: ownSession,
      preload: parts.preload,
      ...HARDENED,
      devTools: parts.devtools,
    },
  });
  window.removeMenu();
  window.setContentProtection(true);
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  const load = () => {
    if (!window.isDestroyed()) void window.loadURL(`${APP_ORIGIN}/signer.html`).catch(() => {});
  };
  if (parts.loadAfterMs > 0) setTimeout(load, parts.loadAfterMs);
  else load();
  return window;
}

function connect(parts: SignerWindowParts, { window, number, task }: Open): void {
  const { port1, port2 } = new MessageChannelMain();
  const isConnected = parts.connect({ number, task }, port2);
  if (isConnected) window.webContents.postMessage(SIGNER_PORT, null, [port1]);
  else window.destroy();
}

function sameTask(left: SignerTask | null, right: SignerTask): boolean {
  return left !== null && JSON.stringify(left) === JSON.stringify(right);
}

function busy(): KeelError {
  return keelError(
    'SIGNER_REFUSED',
    'fix-input',
    "The signer's window is already open for something else.",
    'Finish or close what it asks, then try again.',
  );
}
