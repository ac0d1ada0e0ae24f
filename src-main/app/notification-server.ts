import { Notification } from 'electron';
import { nameServed } from './session-bus-names.ts';

const SERVER = 'org.freedesktop.Notifications';

/**
 * Whether this desktop shows notifications. On Linux somebody has to serve them: Electron calls them supported without
 * a server, too.
 */
export async function notificationsServed(platform: NodeJS.Platform): Promise<boolean> {
  if (!Notification.isSupported()) return false;
  return platform === 'linux' ? nameServed(SERVER, 'startable') : true;
}
