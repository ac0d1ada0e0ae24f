import { Menu, Tray, type MenuItemConstructorOptions } from 'electron';
import type { VaultId } from '#domain/ids.ts';
import type { Clock } from '#main/engine/ports.ts';
import { trayIcon } from './tray-icons.ts';
import { alertsText, type TrayModel, type TrayState } from './tray-model.ts';

export interface TrayActions {
  openWindow(): void;
  openVault(vault: VaultId): void;
  openInbox(): void;
  syncNow(): void;
  haltAll(): void;
  quit(): void;
}

export interface DeskTray {
  /** Redraws what has changed since the last call. */
  show(model: TrayModel): void;
  destroy(): void;
}

/** A menu that is redrawn closes under the pointer: what changes in its figures alone can wait. */
const FIGURES_EVERY_MS = 60_000;

/** @param icons folder of the state icons */
export function createDeskTray(
  icons: string,
  actions: TrayActions,
  clock: Pick<Clock, 'monotonicMs'>,
): DeskTray {
  let shownState: TrayState = 'syncing';
  const tray = new Tray(trayIcon(icons, shownState));
  let shownMenu = '';
  let shownWords = '';
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let shownTooltip = '';
  tray.on('click', actions.openWindow);
  return {
    show(model) {
      if (model.state !== shownState) tray.setImage(trayIcon(icons, model.state));
      shownState = model.state;
      if (model.tooltip !== shownTooltip) tray.setToolTip(model.tooltip);
      shownTooltip = model.tooltip;
      const { vaults, networks, halted, alerts } = model;
      const menu = JSON.stringify({ vaults, networks, halted, alerts });
      const words = JSON.stringify([vaults, networks]).replace(/\d/g, '') + `${halted}/${alerts}`;
      const isDue = clock.monotonicMs() - shownAtMs >= FIGURES_EVERY_MS;
      if (menu === shownMenu || (words === shownWords && !isDue)) return;
      shownMenu = menu;
      shownWords = words;
      shownAtMs = clock.monotonicMs();
      tray.setContextMenu(Menu.buildFromTemplate(menuOf(model, actions)));
    },
    destroy: () => tray.destroy(),
  };
}

function menuOf(model: TrayModel, actions: TrayActions): MenuItemConstructorOptions[] {
  const vaults = model.vaults.map(({ id, text }) => ({
    label: labelOf(text),
    click: () => actions.openVault(id),
  }));
  const networks = model.networks.map((text) => ({ label: labelOf(text), enabled: false }));
  const alerts = { label: alertsText(model.alerts), click: actions.openInbox };
  return [
    ...(vaults.length === 0 ? [{ label: 'No vaults yet', enabled: false }] : vaults),
    { type: 'separator' },
    ...networks,
    ...(networks.length === 0 ? [] : [{ type: 'separator' as const }]),
    { label: 'Sync now', click: actions.syncNow },
    // At once and without a question: a stop must not wait. Lifting it is for the window.
    model.halted
      ? { label: 'Halted – open Keel to lift', click: actions.openWindow }
      : { label: 'Halt all', click: actions.haltAll },
    { type: 'separator' },
    ...(model.alerts === 0 ? [] : [alerts]),
    { label: 'Open Keel', click: actions.openWindow },
    { type: 'separator' },
    { label: 'Quit', click: actions.quit },
  ];
}

/** An ampersand would mark a keyboard shortcut. */
const labelOf = (text: string): string => text.replaceAll('&', '&&');
