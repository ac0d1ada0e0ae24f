/** How the desk looks, as it stands in the settings file. */
import type { DeskSettings } from '#domain/desk-settings.ts';
import { deskSettingsSchema } from '#ipc/desk-wire.ts';
import { DEFAULT_SETTINGS } from './default-settings.ts';
import { parseBlock, type Pick } from './settings-block.ts';

const fields = deskSettingsSchema.unwrap().shape;

export function parseDeskSettings(value: unknown, pick: Pick): DeskSettings {
  return parseBlock('desk', value, fields, DEFAULT_SETTINGS.desk, pick);
}
