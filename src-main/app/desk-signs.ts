import type { GateSurroundings } from '#domain/gate-inputs.ts';
import type { Settings } from '#domain/settings.ts';
import { isQuiet } from '#domain/shell-settings.ts';
import type { DeskEvent, NetworkView } from '#ipc/contract.ts';
import type { Clock, Logger, Unsubscribe } from '#main/engine/ports.ts';
import { createAlertNotices } from './alert-notices.ts';
import { TEST_NOTICE } from './alert-words.ts';
import type { DeskMirror } from './desk-mirror.ts';
import { showNotification, type Notice, type NoticeActions } from './notifications.ts';
import { createOperationNotices } from './operation-notices.ts';
import { createStatusLines } from './status-lines.ts';
import { createDeskTray, type DeskTray, type TrayActions } from './tray.ts';
import { trayModel, type TrayInput } from './tray-model.ts';

/** Figures grow stale without an event, so that the signs are looked at this often at least. */
const LOOK_EVERY_MS = 2_000;
/** Events of one heartbeat are one look. */
const GATHER_MS = 150;

export type DeskActions = TrayActions & NoticeActions;

export interface DeskSignsParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly mirror: DeskMirror;
  settings(): Settings;
  networks(): readonly NetworkView[];
  engine(): TrayInput['engine'];
  /** What the gate of each vault is judged by. */
  around(): GateSurroundings;
  /** Alerts that wait to be acknowledged. */
  alerts(): number;
  /** Whether the trader sees the desk's window, and works in it. */
  desk(): 'hidden' | 'visible' | 'focused';
  readonly actions: DeskActions;
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
  /** Shows one notification now, whatever settings and quiet hours say. */
  showTest(): void;
  close(): void;
}

export function createDeskSigns(parts: DeskSignsParts): DeskSigns {
  const { clock, logger, mirror, actions } = parts;
  const printLines = parts.print === null ? null : createStatusLines(parts.print);
  const notices = noticesOf(parts);
  let tray: DeskTray | null = null;
  let cancelLook: Unsubscribe | null = null;
  let closed = false;

  function look(): void {
    if (closed) return;
    lookAfter(LOOK_EVERY_MS);
    const around = parts.around();
    const { views, statuses } = mirror;
    printLines?.(views, around);
    const labelOf: TrayInput['labelOf'] = (network) =>
      parts.networks().find(({ id }) => id === network)?.label ?? network;
    tray?.show(
      trayModel({
        views,
        around,
        engine: parts.engine(),
        statuses,
        alerts: parts.alerts(),
        labelOf,
      }),
    );
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

  lookAfter(0);
  return {
    refresh,
    openTray() {
      if (tray !== null || closed) return;
      tray = createDeskTray(parts.trayIcons, actions, clock);
      refresh();
    },
    onEvent(event) {
      notices.onEvent(event);
      refresh();
    },
    showTest: () => showNotification(TEST_NOTICE, actions, logger),
    close() {
      closed = true;
      cancelLook?.();
      notices.close();
      tray?.destroy();
    },
  };
}

function noticesOf(parts: DeskSignsParts): Pick<DeskSigns, 'onEvent' | 'close'> {
  const { clock, logger, mirror, actions } = parts;
  function show(notice: Notice): void {
    if (parts.settings().notifications) showNotification(notice, actions, logger);
  }
  const alerts = createAlertNotices({
    clock,
    deskVisible: () => parts.desk() !== 'hidden',
    quiet: () => isQuiet(parts.settings().shell.quietHours, minuteOfDay(clock.nowMs())),
    nameOf: (id) => mirror.views.find(({ vault }) => vault.id === id)?.vault.name ?? 'A vault',
    show,
  });
  const tellOperation = createOperationNotices({
    deskFocused: () => parts.desk() === 'focused',
    show,
  });
  return {
    onEvent(event) {
      alerts.onEvent(event);
      tellOperation(event);
    },
    close: alerts.close,
  };
}

/** Minutes after midnight where the trader is. */
function minuteOfDay(nowMs: number): number {
  const now = new Date(nowMs);
  return now.getHours() * 60 + now.getMinutes();
}
