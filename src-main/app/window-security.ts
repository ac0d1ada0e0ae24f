/** What holds for every page that ever runs inside Keel, whatever created it. */
import { app, type Session, type WebContents, type WebPreferences } from 'electron';
import type { Logger } from '#main/engine/ports.ts';
import { isAppUrl } from '#main/ipc/sender-check.ts';

/** Of each window: sandboxed, isolated, without Node. */
export const HARDENED = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  safeDialogs: true,
} as const satisfies WebPreferences;

/** Applies to all web contents, present and future: no navigation, no new windows, no embedded pages. */
export function guardAllContents(logger: Logger): void {
  app.on('web-contents-created', (_, contents) => guardContents(contents, logger));
}

function guardContents(contents: WebContents, logger: Logger): void {
  const refuse = (what: string, event: { preventDefault(): void }, url: string | undefined) => {
    event.preventDefault();
    logger.warn('window.refused', { what, url: url ?? null });
  };
  contents.on('will-attach-webview', (event, _, { src }) => refuse('webview', event, src));
  contents.on('will-frame-navigate', (event) => {
    // Reloading Keel's own page is no way out; everything else is.
    if (event.isMainFrame && isAppUrl(event.url) && event.url === contents.getURL()) return;
    refuse('navigation', event, event.url);
  });
  contents.on('will-redirect', (event) => refuse('redirect', event, event.url));
  contents.setWindowOpenHandler(({ url }) => {
    logger.warn('window.refused', { what: 'new-window', url });
    return { action: 'deny' };
  });
}

/** To copy an address or a signature; reading the clipboard stays denied. */
const COPYING = 'clipboard-sanitized-write';

export interface Allowances {
  readonly devtools: boolean;
  /** Copying to the clipboard by script. */
  readonly copying: boolean;
}

/** No page gets a permission beyond copying, a device, a download, or a request beyond Keel's own files. */
export function guardSession(target: Session, logger: Logger, allow: Allowances): void {
  const permitted = (permission: string, url: string) =>
    allow.copying && permission === COPYING && isAppUrl(url);
  target.setPermissionRequestHandler((_, permission, answer, { requestingUrl }) => {
    const allowed = permitted(permission, requestingUrl);
    if (!allowed) logger.warn('window.refused', { what: 'permission', permission });
    answer(allowed);
  });
  target.setPermissionCheckHandler((_, permission, origin) => permitted(permission, origin));
  target.setDevicePermissionHandler(() => false);
  target.setDisplayMediaRequestHandler((_, answer) => answer({}));
  target.on('will-download', (event) => event.preventDefault());
  target.webRequest.onBeforeRequest((details, answer) => {
    const allowed =
      isAppUrl(details.url) ||
      details.url.startsWith('data:image/') ||
      (allow.devtools && details.url.startsWith('devtools:'));
    if (!allowed) logger.warn('window.refused', { what: 'request', url: details.url });
    answer({ cancel: !allowed });
  });
}
