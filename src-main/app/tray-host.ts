import { nameServed } from './session-bus-names.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';

/**
 * Whether this desktop shows tray icons at all. macOS and Windows do; a Linux desktop does when somebody owns
 * the StatusNotifierWatcher name. Without an answer: no, so that closing the window never hides Keel for good.
 */
export function trayHostPresent(platform: NodeJS.Platform): Promise<boolean> {
  return platform === 'linux' ? nameServed(WATCHER, 'running') : Promise.resolve(true);
}
