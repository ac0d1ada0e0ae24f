import { networkInterfaces } from 'node:os';
import { net, powerMonitor } from 'electron';

const LOOK_EVERY_MS = 2_000;

/**
 * Calls back when the computer wakes from sleep, and when its network is back or has become another one: a new address
 * of its own means that open connections lead nowhere, though it never was offline.
 */
export function watchForReturn(onReturn: (cause: 'wake' | 'online') => void): () => void {
  const wake = () => onReturn('wake');
  powerMonitor.on('resume', wake);
  let online = net.isOnline();
  let addresses = ownAddresses();
  const timer = setInterval(() => {
    const [wasOnline, before] = [online, addresses];
    online = net.isOnline();
    addresses = ownAddresses();
    if (online && (!wasOnline || addresses !== before)) onReturn('online');
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    powerMonitor.off('resume', wake);
  };
}

/** The addresses that lead out of this computer, as one text to compare. */
function ownAddresses(): string {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .toSorted()
    .join(' ');
}
