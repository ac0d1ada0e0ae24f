import { keelError, type KeelError } from '#domain/keel-error.ts';

/** Scheme and host that the window is served from. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'keel';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** What a request says of its sender, independent of Electron. */
export interface Sender {
  readonly webContentsId: number;
  /** Null once the frame is gone. */
  readonly frameUrl: string | null;
  readonly isMainFrame: boolean;
}

/** True for the main frame of Keel's own window while it shows Keel's own page, for nothing else. */
export function isTrustedSender(sender: Sender, ownWebContentsId: number | null): boolean {
  if (ownWebContentsId === null || sender.webContentsId !== ownWebContentsId) return false;
  return sender.isMainFrame && sender.frameUrl !== null && isAppUrl(sender.frameUrl);
}

/** True for URLs of the window's own origin; custom schemes have no `URL.origin`, so the parts are compared. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === '';
}

export function senderForbidden(channel: string): KeelError {
  return keelError(
    'SENDER_FORBIDDEN',
    'stop',
    `${channel} was asked for by something other than Keel's own window.`,
    'Close Keel and find out what is running inside it.',
  );
}
