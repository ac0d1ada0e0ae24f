import { Notification } from 'electron';
import type { VaultId } from '#domain/ids.ts';
import type { Logger } from '#main/engine/ports.ts';

/** One message of the operating system's. */
export interface Notice {
  /** `outage` and `operation-alarm` stay until they are seen. */
  readonly kind: 'outage' | 'recovery' | 'operation' | 'operation-alarm';
  readonly title: string;
  readonly body: string;
  /** The vault that a click opens; null where the notice is about several. */
  readonly vaultId: VaultId | null;
}

const STAYING: readonly Notice['kind'][] = ['outage', 'operation-alarm'];

/**
 * Shows a notice through the operating system. A click opens the vault, or the window where the notice is
 * about several.
 */
export function showNotification(
  notice: Notice,
  onClick: (vault: VaultId | null) => void,
  logger: Logger,
): void {
  const fields = { kind: notice.kind, vaultId: notice.vaultId };
  if (!Notification.isSupported()) {
    logger.warn('notification.unsupported', fields);
    return;
  }
  const notification = new Notification({
    title: notice.title,
    body: notice.body,
    urgency: STAYING.includes(notice.kind) ? 'critical' : 'normal',
  });
  // Collected otherwise, and with it the click.
  keptAlive.add(notification);
  const release = () => keptAlive.delete(notification);
  notification.on('click', () => {
    release();
    onClick(notice.vaultId);
  });
  notification.on('close', release);
  notification.on('failed', (_, reason) =>
    logger.warn('notification.failed', { ...fields, reason }),
  );
  notification.show();
  logger.info('notification.shown', fields);
}

const keptAlive = new Set<Notification>();
