import path from 'node:path';
import { nativeImage, type NativeImage } from 'electron';
import type { TrayState } from './tray-model.ts';

/**
 * The state icon: the states differ by shape as well as by colour (D5). The `@2x` file is found by its name. macOS has
 * icons of one colour, which the menu bar draws light or dark.
 */
export function trayIcon(folder: string, state: TrayState): NativeImage {
  const isMac = process.platform === 'darwin';
  const image = nativeImage.createFromPath(
    path.join(folder, isMac ? `${state}Template.png` : `${state}.png`),
  );
  image.setTemplateImage(isMac);
  return image;
}
