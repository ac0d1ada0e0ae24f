import type { CapitalSettings } from '#domain/capital-settings.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import type { ShellSettings } from '#domain/shell-settings.ts';
import type { SyncSettings } from '#domain/sync-settings.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import type { ActivityNote } from './activity-notes.ts';
import { settingText } from './desk-files/setting-text.ts';

const SYNC: Readonly<Record<keyof SyncSettings, string>> = {
  heartbeatMs: 'Heartbeat',
  maxRetries: 'Retries of a failed sync',
  firstRetryDelayMs: 'First pause before a retry',
  reconnectEveryMs: 'Pause between attempts to reconnect',
  staleAfterMs: 'Figures are stale after',
  rpcTimeoutMs: 'Longest wait for a node',
};

const CAPITAL: Readonly<Record<keyof CapitalSettings, string>> = {
  confirmFrom: 'Ask for a confirmation from',
  typeAmountFrom: 'Ask for the typed amount from',
  dailyCap: 'Most that may leave one vault in a day',
  minHealthAfterWithdrawal: 'Health that a withdrawal must leave',
  solReserve: 'SOL kept in the wallet',
  maxPriorityFee: 'Highest priority fee of a transaction',
  autoLockMs: 'Lock the keys when idle for',
  backupsKept: 'Backups kept',
};

const WATCH: Readonly<Record<keyof WatchSettings, string>> = {
  warningHealthBps: 'Warn below a health of',
  criticalHealthBps: 'Critical below a health of',
  hysteresisBps: 'Health above a threshold that clears its alert',
  marginUnknownAfterMs: 'Margin counts as unknown after',
  maxLatencyMs: 'Highest latency of a node',
  maxSlotLag: 'Most slots behind',
  maxOracleAgeSlots: 'Oldest oracle price, in slots',
  requestsPerSecond: 'Requests a second',
};

const SHELL: Readonly<Record<keyof ShellSettings, string>> = {
  closeToTray: 'Closing the window keeps watching',
  startAtLogin: 'Start at login',
  quietHours: 'Quiet hours',
  logLevel: 'Level of the log',
};

/** All that has changed, in one; null: nothing of weight. How the desk looks is no news. */
export function settingsNote(before: VisibleSettings, after: VisibleSettings): ActivityNote | null {
  const lines = [
    ...changed('', { theme: 'Theme', notifications: 'Notifications' }, before, after),
    ...changed('sync.', SYNC, before.sync, after.sync),
    ...changed('capital.', CAPITAL, before.capital, after.capital),
    ...changed('watch.', WATCH, before.watch, after.watch),
    ...changed('shell.', SHELL, before.shell, after.shell),
  ];
  if (lines.length === 0) return null;
  const title =
    lines.length === 1 ? 'A setting was changed' : `${lines.length} settings were changed`;
  return { kind: 'settings', tone: 'info', title, text: lines.join('; ') };
}

function changed<Group extends object, Field extends keyof Group & string>(
  group: string,
  names: Readonly<Record<Field, string>>,
  before: Group,
  after: Group,
): readonly string[] {
  const fields = Object.keys(names) as Field[];
  return fields.flatMap((field) => {
    const [from, to] = [before, after].map((each) => wordsOf(`${group}${field}`, each[field]));
    return from === to ? [] : [`${names[field]}: ${from} → ${to}`];
  });
}

function wordsOf(field: string, value: unknown): string {
  if (field === 'shell.quietHours') return quietText(value as ShellSettings['quietHours']);
  return settingText(field, typeof value === 'bigint' ? value.toString() : value);
}

function quietText({ enabled, fromMinute, toMinute }: ShellSettings['quietHours']): string {
  return enabled ? `${clockText(fromMinute)} to ${clockText(toMinute)}` : 'off';
}

const clockText = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
