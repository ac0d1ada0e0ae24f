import type { VaultId } from '#domain/ids.ts';
import type { Settings } from '#domain/settings.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import type { Clock, Logger, Unsubscribe } from '#main/engine/ports.ts';
import type { DeskMirror } from './desk-mirror.ts';
import { showNotification, type Notice } from './notifications.ts';
import { createOperationNotices } from './operation-notices.ts';
import { createOutageNotices } from './outage-notices.ts';
import { createStatusLines } from './status-lines.ts';
import { createDeskTray, type DeskTray, type TrayActions } from './tray.ts';
import { trayModel } from './tray-model.ts';

/** Figures grow stale without an event, so that the signs are looked at this often at least. */
const LOOK_EVERY_MS = 2_000;
/** Events of one heartbeat are one look. */
const GATHER_MS = 150;

export interface DeskSignsParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly mirror: DeskMirror;
  settings(): Settings;
  engineRunning(): boolean;
  /** Whether the trader sees the desk's window, and works in it. */
  desk(): 'hidden' | 'visible' | 'focused';
  readonly actions: TrayActions;
  /** Folder of the tray's state icons. */
  readonly trayIcons: string;
  /** Prints a status line; null where nobody wants them. */
  readonly print: ((line: string) => void) | null;
}

/** What Keel shows outside its window: tray, notifications, status lines. */
export interface DeskSigns {
  /** Puts the icon into the tray; not before the first paint. */
  openTray(): void;
  onEvent(event: DeskEvent): void;
  /** Something other than an event has changed, for instance whether the engine runs. */
  refresh(): void;
  close(): void;
}

export function createDeskSigns(parts: DeskSignsParts): DeskSigns {
  const { clock, logger, mirror, actions } = parts;
  const printLines = parts.print === null ? null : createStatusLines(parts.print);
  let tray: DeskTray | null = null;
  let cancelLook: Unsubscribe | null = null;
  let closed = false;

  function show(notice: Notice): void {
    if (!parts.settings().notifications) return;
    const open = (vault: VaultId | null) =>
      vault === null ? actions.openWindow() : actions.openVault(vault);
    showNotification(notice, open, logger);
  }
  const tellOutage = createOutageNotices(clock, show);
  const tellOperation = createOperationNotices({
    deskVisible: () => parts.desk() !== 'hidden',
    deskFocused: () => parts.desk() === 'focused',
    nameOf: (id) => mirror.views.find(({ vault }) => vault.id === id)?.vault.name ?? 'the vault',
    show,
  });

  function look(): void {
    if (closed) return;
    lookAfter(LOOK_EVERY_MS);
    const nowMs = clock.nowMs();
    const { staleAfterMs } = parts.settings().sync;
    const { views } = mirror;
    printLines?.(views, nowMs, staleAfterMs);
    tray?.show(trayModel({ views, engineRunning: parts.engineRunning(), nowMs, staleAfterMs }));
  }

  function lookAfter(delayMs: number): void {
    cancelLook?.();
    cancelLook = clock.schedule(delayMs, look);
  }

  let gathering = false;
  function refresh(): void {
    if (gathering || closed) return;
    gathering = true;
    clock.schedule(GATHER_MS, () => {
      gathering = false;
      look();
    });
  }

  look();
  return {
    refresh,
    openTray() {
      if (tray !== null || closed) return;
      tray = createDeskTray(parts.trayIcons, actions);
      refresh();
    },
    onEvent(event) {
      tellOutage(event);
      tellOperation(event);
      refresh();
    },
    close() {
      closed = true;
      cancelLook?.();
      tray?.destroy();
    },
  };
}
