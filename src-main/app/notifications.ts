import { Notification } from 'electron';
import { assertNever } from '#domain/assert-never.ts';
import type { AlertId } from '#domain/alert.ts';
import type { VaultId } from '#domain/ids.ts';
import type { Logger } from '#main/engine/ports.ts';

/** One message of the operating system's. */
export interface Notice {
  /** `alarm` stays until it is seen; `need`: an operation waits for the trader; `summary`: of the quiet hours. */
  readonly kind: 'alert' | 'alarm' | 'recovery' | 'need' | 'summary' | 'test';
  readonly title: string;
  readonly body: string;
  /** The vault that a click opens; null where the notice is about several or none. */
  readonly vaultId: VaultId | null;
  /** Alerts that the notice tells of: without a vault, a click opens the inbox. */
  readonly alertIds: readonly AlertId[];
  /** What can be done without opening Keel, where the desktop has buttons. */
  readonly act: 'acknowledge' | 'sync-now' | null;
}

export interface NoticeActions {
  openWindow(): void;
  openVault(vault: VaultId): void;
  openInbox(): void;
  acknowledge(alerts: readonly AlertId[]): void;
  syncNow(): void;
}

const WORDS = { acknowledge: 'Acknowledge', 'sync-now': 'Sync now' } as const;
/** A Linux desktop gets the click alone. */
const HAS_BUTTONS: readonly NodeJS.Platform[] = ['darwin', 'win32'];

/** Shows a notice through the operating system. A click opens what it is about. */
export function showNotification(notice: Notice, actions: NoticeActions, logger: Logger): void {
  const fields = { kind: notice.kind, vaultId: notice.vaultId };
  if (!Notification.isSupported()) {
    logger.warn('notification.unsupported', fields);
    return;
  }
  const buttons = HAS_BUTTONS.includes(process.platform) ? buttonsOf(notice) : [];
  const notification = new Notification({
    title: notice.title,
    body: notice.body,
    urgency: notice.kind === 'alarm' ? 'critical' : 'normal',
    ...(buttons.length === 0 ? {} : { actions: [...buttons] }),
  });
  // Collected otherwise, and with it the click.
  keptAlive.add(notification);
  const release = () => keptAlive.delete(notification);
  notification.on('click', () => {
    release();
    open(notice, actions);
  });
  notification.on('action', ({ actionIndex }) => {
    release();
    if (actionIndex === 0) open(notice, actions);
    else act(notice, actions);
  });
  notification.on('close', release);
  notification.on('failed', (_, reason) =>
    logger.warn('notification.failed', { ...fields, reason }),
  );
  notification.show();
  logger.info('notification.shown', fields);
}

function buttonsOf({ act: kind }: Notice): readonly { type: 'button'; text: string }[] {
  const texts = kind === null ? ['Open'] : ['Open', WORDS[kind]];
  return texts.map((text) => ({ type: 'button', text }));
}

function open({ vaultId, alertIds }: Notice, actions: NoticeActions): void {
  if (vaultId !== null) actions.openVault(vaultId);
  else if (alertIds.length > 0) actions.openInbox();
  else actions.openWindow();
}

function act(notice: Notice, actions: NoticeActions): void {
  switch (notice.act) {
    case 'acknowledge':
      actions.acknowledge(notice.alertIds);
      break;
    case 'sync-now':
      actions.syncNow();
      break;
    case null:
      break;
    default:
      assertNever(notice.act);
  }
}

const keptAlive = new Set<Notification>();
