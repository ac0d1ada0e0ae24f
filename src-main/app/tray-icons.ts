import path from 'node:path';
import { nativeImage, type NativeImage } from 'electron';
import type { TrayState } from './tray-model.ts';

/** The state icon: the states differ by shape as well as by colour (D5). The `@2x` file is found by its name. */
export function trayIcon(folder: string, state: TrayState): NativeImage {
  return nativeImage.createFromPath(path.join(folder, `${state}.png`));
}
