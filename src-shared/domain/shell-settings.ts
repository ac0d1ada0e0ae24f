export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** In local time; `from` after `to` runs over midnight, equal ones mean the whole day. Critical alerts ring all the same. */
export interface QuietHours {
  readonly enabled: boolean;
  /** Minutes after midnight, 0 … 1,439. */
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** How Keel lives on this computer (D3, D7). */
export interface ShellSettings {
  /** Closing the window keeps Keel watching in the tray, where the desktop shows one. */
  readonly closeToTray: boolean;
  readonly startAtLogin: boolean;
  readonly quietHours: QuietHours;
  readonly logLevel: LogLevel;
}

export const DEFAULT_SHELL_SETTINGS: ShellSettings = {
  closeToTray: true,
  startAtLogin: false,
  quietHours: { enabled: false, fromMinute: 23 * 60, toMinute: 7 * 60 },
  logLevel: 'info',
};

/** Whether the minute of the day lies in the quiet hours. */
export function isQuiet({ enabled, fromMinute, toMinute }: QuietHours, minute: number): boolean {
  if (!enabled) return false;
  if (fromMinute === toMinute) return true;
  return fromMinute < toMinute
    ? minute >= fromMinute && minute < toMinute
    : minute >= fromMinute || minute < toMinute;
}
