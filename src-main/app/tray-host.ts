const WATCHER = 'org.kde.StatusNotifierWatcher';
const ANSWER_WITHIN_MS = 1_000;

/**
 * Whether this desktop shows tray icons at all. macOS and Windows do; a Linux desktop does when somebody owns
 * the StatusNotifierWatcher name. Without an answer: no, so that closing the window never hides Keel for good.
 */
export async function trayHostPresent(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return true;
  if (!process.env['DBUS_SESSION_BUS_ADDRESS']) return false;
  const timeout = new Promise<boolean>((resolve) => {
    setTimeout(resolve, ANSWER_WITHIN_MS, false).unref();
  });
  return Promise.race([watcherOwned(), timeout]);
}

async function watcherOwned(): Promise<boolean> {
  // Loaded when it is needed: before the first paint it would only cost time.
  const { sessionBus } = await import('dbus-next');
  const bus = sessionBus();
  try {
    return await new Promise<boolean>((resolve, reject) => {
      bus.on('error', reject);
      bus
        .getProxyObject('org.freedesktop.DBus', '/org/freedesktop/DBus')
        .then((object) => {
          const daemon = object.getInterface('org.freedesktop.DBus');
          return daemon['NameHasOwner']?.(WATCHER) as Promise<boolean>;
        })
        .then(resolve, reject);
    });
  } catch {
    return false;
  } finally {
    bus.disconnect();
  }
}
