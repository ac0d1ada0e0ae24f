/** The watch's thresholds and how Keel lives on this computer, as they stand in the settings file. */
import { z } from 'zod';
import type { ShellSettings } from '#domain/shell-settings.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import { shellSettingsSchema, watchSettingsSchema } from '#ipc/watch-wire.ts';
import { DEFAULT_SETTINGS } from './default-settings.ts';
import { parseBlock, type Pick } from './settings-block.ts';

const watchFields = watchSettingsSchema.unwrap().shape;
const { quietHours, ...shellFields } = shellSettingsSchema.unwrap().shape;
const quietFields = quietHours.unwrap().shape;

export function parseWatchSettings(value: unknown, pick: Pick): WatchSettings {
  return parseBlock('watch', value, watchFields, DEFAULT_SETTINGS.watch, pick);
}

export function parseShellSettings(value: unknown, pick: Pick): ShellSettings {
  const { quietHours: usualHours, ...usual } = DEFAULT_SETTINGS.shell;
  const block = parseBlock('shell', value, shellFields, usual, pick);
  const raw = z.object({ quietHours: z.unknown() }).safeParse(value);
  const hours = raw.success ? raw.data.quietHours : undefined;
  return {
    ...block,
    quietHours: parseBlock('shell.quietHours', hours, quietFields, usualHours, pick),
  };
}
