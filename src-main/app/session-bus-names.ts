/** Who serves what on the session bus of a Linux desktop. */
/** While everything starts at login a bus is slow, and “nobody” would show a window that was to stay hidden. */
const ANSWER_WITHIN_MS = 10_000;

/**
 * Whether somebody owns the name, or (`startable`) the bus would start somebody who does. Without a bus or an
 * answer within ten seconds: no.
 */
export function nameServed(name: string, how: 'running' | 'startable'): Promise<boolean> {
  if (!process.env['DBUS_SESSION_BUS_ADDRESS']) return Promise.resolve(false);
  const timeout = new Promise<boolean>((resolve) => {
    setTimeout(resolve, ANSWER_WITHIN_MS, false).unref();
  });
  return Promise.race([ask(name, how), timeout]);
}

async function ask(name: string, how: 'running' | 'startable'): Promise<boolean> {
  // Loaded when it is needed: before the first paint it would only cost time.
  const { sessionBus } = await import('dbus-next');
  const bus = sessionBus();
  try {
    return await new Promise<boolean>((resolve, reject) => {
      bus.on('error', reject);
      bus
        .getProxyObject('org.freedesktop.DBus', '/org/freedesktop/DBus')
        .then(async (object) => {
          const daemon = object.getInterface('org.freedesktop.DBus');
          if ((await daemon['NameHasOwner']?.(name)) === true) return true;
          if (how === 'running') return false;
          const startable: unknown = await daemon['ListActivatableNames']?.();
          return Array.isArray(startable) && startable.includes(name);
        })
        .then(resolve, reject);
    });
  } catch {
    return false;
  } finally {
    bus.disconnect();
  }
}
