/** The settings as a file to keep or to carry to another computer (D6): what the window may see, and nothing else. */
import { z } from 'zod';
import { capitalSettingsOnDisk } from '#main/platform/parse-capital-settings.ts';
import { parseSettings } from '#main/platform/parse-settings.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import type { SettingChange } from '#domain/settings-import.ts';
import { settingText } from './setting-text.ts';

const FORMAT = 'keel-settings';
const VERSION = 1;

const object = z.record(z.string(), z.unknown());
const documentSchema = z.object({
  format: z.literal(FORMAT),
  version: z.number().int().min(1),
  settings: object,
});

/** By section and field; a setting that stands alone has no section. */
type Leaves = ReadonlyMap<string, unknown>;

export interface SettingsImport {
  readonly next: VisibleSettings;
  readonly changes: readonly SettingChange[];
  readonly refused: readonly string[];
}

export function settingsDocument(
  settings: VisibleSettings,
  facts: { readonly appVersion: string; readonly writtenAtMs: number },
): string {
  const document = {
    format: FORMAT,
    version: VERSION,
    writtenBy: `Keel ${facts.appVersion}`,
    writtenAt: new Date(facts.writtenAtMs).toISOString(),
    settings: onDisk(settings),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/**
 * What the text would change of the settings as they are; by the rules of the settings file. A value that is refused
 * stays as it is. Errors: `FILE_UNREADABLE` for what is no such file, or one of a newer Keel.
 */
export function readSettingsDocument(
  text: string,
  now: VisibleSettings,
): Result<SettingsImport, KeelError> {
  const document = parseDocument(text);
  if (!document.ok) return document;
  const before = leavesOf(onDisk(now));
  const { wanted, refused } = known(leavesOf(document.value), before);
  const next = parsed(before, wanted, refused);
  const after = leavesOf(onDisk(next));
  const changes = [...after].flatMap(([field, value]) => {
    const from = before.get(field);
    if (JSON.stringify(from) === JSON.stringify(value)) return [];
    return [{ field, from: settingText(field, from), to: settingText(field, value) }];
  });
  return ok({ next, changes, refused });
}

function parseDocument(text: string): Result<Readonly<Record<string, unknown>>, KeelError> {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return err(unreadable('it is not JSON, or only a part of it', 'Choose another file.'));
  }
  const document = documentSchema.safeParse(raw);
  if (!document.success) {
    return err(
      unreadable(
        'it is not an export of Keel’s settings',
        'Choose a file that Keel’s export of the settings has written.',
      ),
    );
  }
  if (document.data.version > VERSION) {
    return err(
      unreadable(
        `a newer Keel has written it (version ${document.data.version}; this Keel reads ${VERSION})`,
        'Update Keel, or export the settings from an older one.',
      ),
    );
  }
  return ok(document.data.settings);
}

/** Leaves out what this Keel has no setting for; networks are never taken from a file. */
function known(file: Leaves, before: Leaves): { wanted: Map<string, unknown>; refused: string[] } {
  const refused: string[] = [];
  const wanted = new Map<string, unknown>();
  for (const [field, value] of file) {
    if (before.has(field)) wanted.set(field, value);
    else if (field === 'networks') refused.push('networks: endpoints are never imported.');
    else refused.push(`${field.slice(0, 80)} is no setting of this Keel; it is left out.`);
  }
  return { wanted, refused };
}

/** Takes refused values out until the rest is sound; each costs only itself and what it stands in a rule with. */
function parsed(before: Leaves, wanted: Map<string, unknown>, refused: string[]): VisibleSettings {
  for (;;) {
    const { settings, refused: words } = parseSettings(nested(new Map([...before, ...wanted])));
    const at = [...wanted.keys()].filter((field) => words.some((word) => mentions(word, field)));
    if (at.length === 0) {
      const { networks: _, ...visible } = settings;
      return visible;
    }
    at.forEach((field) => wanted.delete(field));
    refused.push(...words.map((word) => word.replace(/; [^;]* used instead\.$/, '; it stays.')));
  }
}

const mentions = (words: string, field: string): boolean =>
  new RegExp(`(^|[ (])${field.replaceAll('.', '\\.')}(?![a-z0-9])`, 'i').test(words);

function onDisk(settings: VisibleSettings): Readonly<Record<string, unknown>> {
  return { ...settings, capital: capitalSettingsOnDisk(settings.capital) };
}

function leavesOf(settings: Readonly<Record<string, unknown>>): Leaves {
  return new Map(
    Object.entries(settings).flatMap(([name, value]): [string, unknown][] => {
      const section = Array.isArray(value) ? null : object.safeParse(value);
      if (section === null || !section.success) return [[name, value]];
      return Object.entries(section.data).map(([field, each]) => [`${name}.${field}`, each]);
    }),
  );
}

function nested(leaves: Leaves): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const [field, value] of leaves) {
    const [section = '', name] = field.split('.', 2);
    if (name === undefined) settings[section] = value;
    else settings[section] = { ...object.safeParse(settings[section]).data, [name]: value };
  }
  return settings;
}

function unreadable(why: string, advice: string): KeelError {
  return keelError(
    'FILE_UNREADABLE',
    'fix-input',
    `The file cannot be imported: ${why}. Nothing was changed.`,
    advice,
  );
}
