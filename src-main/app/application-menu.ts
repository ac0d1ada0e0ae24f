import type { MenuItemConstructorOptions } from 'electron';

/**
 * Keel's own menu: on a Mac what every program there has, elsewhere none. Electron's own would zoom, reload, close and
 * open the developer's tools by keys that are the desk's.
 */
export function applicationMenu(platform: NodeJS.Platform): MenuItemConstructorOptions[] | null {
  if (platform !== 'darwin') return null;
  return [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }];
}
