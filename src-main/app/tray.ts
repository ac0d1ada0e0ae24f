import { Menu, Tray, type MenuItemConstructorOptions } from 'electron';
import type { VaultId } from '#domain/ids.ts';
import { trayIcon } from './tray-icons.ts';
import type { TrayModel, TrayState } from './tray-model.ts';

export interface TrayActions {
  openWindow(): void;
  openVault(vault: VaultId): void;
  syncNow(): void;
  quit(): void;
}

export interface DeskTray {
  /** Redraws what has changed since the last call. */
  show(model: TrayModel): void;
  destroy(): void;
}

/** @param icons folder of the state icons */
export function createDeskTray(icons: string, actions: TrayActions): DeskTray {
  const tray = new Tray(trayIcon(icons, 'warning'));
  let shownState: TrayState = 'warning';
  let shownMenu = '';
  tray.on('click', actions.openWindow);
  return {
    show(model) {
      if (model.state !== shownState) tray.setImage(trayIcon(icons, model.state));
      shownState = model.state;
      tray.setToolTip(model.tooltip);
      const menu = JSON.stringify(model.vaults);
      if (menu === shownMenu) return;
      shownMenu = menu;
      tray.setContextMenu(Menu.buildFromTemplate(menuOf(model, actions)));
    },
    destroy: () => tray.destroy(),
  };
}

function menuOf(model: TrayModel, actions: TrayActions): MenuItemConstructorOptions[] {
  const vaults = model.vaults.map(({ id, text }) => ({
    // An ampersand would mark a keyboard shortcut.
    label: text.replaceAll('&', '&&'),
    click: () => actions.openVault(id),
  }));
  return [
    ...(vaults.length === 0 ? [{ label: 'No vaults yet', enabled: false }] : vaults),
    { type: 'separator' },
    { label: 'Sync now', click: actions.syncNow },
    { label: 'Open Keel', click: actions.openWindow },
    { type: 'separator' },
    { label: 'Quit', click: actions.quit },
  ];
}
