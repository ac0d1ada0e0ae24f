import { net, powerMonitor } from 'electron';

const LOOK_EVERY_MS = 2_000;

/** Calls back when the computer wakes from sleep, and when the operating system says the network is back. */
export function watchForReturn(onReturn: (cause: 'wake' | 'online') => void): () => void {
  const wake = () => onReturn('wake');
  powerMonitor.on('resume', wake);
  let online = net.isOnline();
  const timer = setInterval(() => {
    const before = online;
    online = net.isOnline();
    if (online && !before) onReturn('online');
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    powerMonitor.off('resume', wake);
  };
}
