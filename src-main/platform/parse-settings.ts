/** From the text of a settings file to settings: what is good stays, what is not is replaced and named. */
import { z } from 'zod';
import { PRACTICE_NETWORK } from '#domain/ids.ts';
import type { Network } from '#domain/network.ts';
import type { Settings } from '#domain/settings.ts';
import { addressSchema, networkIdSchema, syncSettingsSchema } from '#ipc/wire.ts';
import { DEFAULT_SETTINGS } from './default-settings.ts';
import { endpointSchema } from './endpoint-schema.ts';
import { parseCapitalSettings } from './parse-capital-settings.ts';
import { parseDeskSettings } from './parse-desk-settings.ts';
import { parseShellSettings, parseWatchSettings } from './parse-watch-settings.ts';
import { parseBlock } from './settings-block.ts';
import { settingsInOrder } from './settings-rules.ts';

/** A live network as the trader may configure it: the practice network is never in the file. */
export const networkSchema = z
  .object({
    id: networkIdSchema.refine((id) => id !== PRACTICE_NETWORK, { message: 'is reserved' }),
    label: z.string().trim().min(1).max(60),
    kind: z.literal('live'),
    deployment: z
      .object({
        program: addressSchema,
        stateSeed: z.string().min(1).max(32),
        quoteMint: addressSchema,
        quoteSymbol: z.string().min(1).max(12),
      })
      .readonly(),
    endpoints: z.array(endpointSchema).min(1).readonly(),
    genesisHash: addressSchema,
  })
  .readonly();

const syncFields = syncSettingsSchema.unwrap().shape;

export interface ParsedSettings {
  readonly settings: Settings;
  /** One sentence for each value that was refused: field, value, and what is used instead. */
  readonly refused: readonly string[];
}

/** Settings from the file's top-level object. Missing values are defaults and are no news; unknown ones are ignored. */
export function parseSettings(raw: Readonly<Record<string, unknown>>): ParsedSettings {
  const refused: string[] = [];
  const pick = <Value>(field: string, value: unknown, schema: z.ZodType<Value>, usual: Value) => {
    if (value === undefined) return usual;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    refused.push(
      `${field} is ${shown(value)} (${reasonOf(parsed.error)}); ${shown(usual)} is used instead.`,
    );
    return usual;
  };
  const { theme, notifications } = DEFAULT_SETTINGS;
  const settings: Settings = {
    theme: pick('theme', raw['theme'], z.enum(['system', 'light', 'dark']), theme),
    notifications: pick('notifications', raw['notifications'], z.boolean(), notifications),
    sync: parseBlock('sync', raw['sync'], syncFields, DEFAULT_SETTINGS.sync, pick),
    capital: parseCapitalSettings(raw['capital'], pick),
    watch: parseWatchSettings(raw['watch'], pick),
    shell: parseShellSettings(raw['shell'], pick),
    desk: parseDeskSettings(raw['desk'], pick),
    networks: parseNetworks(raw['networks'], refused),
  };
  return { settings: settingsInOrder(settings, refused), refused };
}

/** Values of networks are never shown: an endpoint's URL may hold an access token. */
function parseNetworks(value: unknown, refused: string[]): readonly Network[] {
  if (value === undefined) return DEFAULT_SETTINGS.networks;
  if (!Array.isArray(value)) {
    refused.push('networks is not a list; the default list is used instead.');
    return DEFAULT_SETTINGS.networks;
  }
  const networks: Network[] = [];
  value.forEach((item: unknown, index) => {
    const parsed = networkSchema.safeParse(item);
    if (!parsed.success) {
      refused.push(`networks.${index} was left out (${reasonOf(parsed.error)}).`);
    } else if (networks.some(({ id }) => id === parsed.data.id)) {
      refused.push(`networks.${index} was left out (its id ${parsed.data.id} is taken).`);
    } else {
      networks.push(parsed.data);
    }
  });
  return networks;
}

/** Where and why, without the value. */
function reasonOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'invalid';
  const path = issue.path.join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}

function shown(value: unknown): string {
  const plain = (_: string, part: unknown) => (typeof part === 'bigint' ? part.toString() : part);
  const text = JSON.stringify(value, plain) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
