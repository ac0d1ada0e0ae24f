/**
 * The settings file, by electron-store: settings only, never figures and never secrets. Keys that this Keel does
 * not know stay in the file, so that an older Keel loses nothing of a newer one's.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import ElectronStore from 'electron-store';
import { z } from 'zod';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import type { Clock, Logger } from '#main/engine/ports.ts';
import { DEFAULT_SETTINGS } from './default-settings.ts';
import { capitalSettingsOnDisk } from './parse-capital-settings.ts';
import { parseSettings } from './parse-settings.ts';

export interface SettingsFileOptions {
  /** Absolute; `settings.json` lies in it. */
  readonly folder: string;
  readonly appVersion: string;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly logger: Logger;
}

export interface SettingsFile {
  current(): Settings;
  /** Checks a change and writes nothing. Error: `SETTINGS_INVALID` with field and value. */
  check(change: Partial<Settings>): Result<null, KeelError>;
  /** Checks, writes, and then counts. Errors: `SETTINGS_INVALID` with field and value; the file stays as it was. */
  update(change: Partial<Settings>): Result<Settings, KeelError>;
  /** In words, for the desk: what was set aside or replaced at the start. */
  readonly notices: readonly string[];
}

type RawSettings = Record<string, unknown>;

const section = z.record(z.string(), z.unknown());

interface Loaded {
  readonly settings: Settings;
  readonly notices: readonly string[];
}

/**
 * Opens the settings; there are always some. A file that is no settings file is set aside as
 * `settings.json.corrupt-<time>`; one with a value out of bounds is copied to `settings.json.refused-<time>`
 * before the value is replaced. Nothing is deleted.
 */
export function openSettingsFile(options: SettingsFileOptions): SettingsFile {
  const file = join(options.folder, 'settings.json');
  const { settings, notices } = loadSafely(file, options);
  for (const notice of notices) options.logger.warn('settings.notice', { notice });
  let current = settings;
  const check = (change: Partial<Settings>): Result<null, KeelError> => {
    const { refused } = parseSettings(onDisk({ ...current, ...change }));
    return refused.length > 0 ? err(invalid(refused)) : ok(null);
  };
  return {
    current: () => current,
    notices,
    check,
    update: (change) => {
      const next = { ...current, ...change };
      const sound = check(change);
      if (!sound.ok) return sound;
      try {
        write(openElectronStore(options), change);
      } catch (caught) {
        return err(notWritten(file, caught));
      }
      current = next;
      return ok(next);
    },
  };
}

function loadSafely(file: string, options: SettingsFileOptions): Loaded {
  try {
    mkdirSync(options.folder, { recursive: true });
    const loaded = load(file, options.clock.nowMs());
    if (loaded.notices.length > 0 && existsSync(file)) {
      write(openElectronStore(options), loaded.settings);
    }
    return loaded;
  } catch (caught) {
    const notice = `The settings ${file} cannot be used (${wordsOf(caught)}); the defaults are used for now.`;
    return { settings: DEFAULT_SETTINGS, notices: [notice] };
  }
}

function load(file: string, nowMs: number): Loaded {
  const usual = { settings: DEFAULT_SETTINGS, notices: [] };
  if (!existsSync(file)) return usual;
  const raw = parseFile(readFileSync(file, 'utf8'));
  if (raw === null) {
    const aside = freeName(file, 'corrupt', nowMs);
    renameSync(file, aside);
    const notice = `The settings file could not be read. It was set aside as ${aside}; the defaults are used.`;
    return { ...usual, notices: [notice] };
  }
  const { settings, refused } = parseSettings(raw);
  if (refused.length === 0) return { settings, notices: [] };
  const copy = freeName(file, 'refused', nowMs);
  copyFileSync(file, copy);
  const notices = refused.map((sentence) => `Settings: ${sentence}`);
  return { settings, notices: [...notices, `The settings as they were are kept in ${copy}.`] };
}

function parseFile(text: string): RawSettings | null {
  try {
    const parsed = section.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function openElectronStore(options: SettingsFileOptions): ElectronStore<RawSettings> {
  return new ElectronStore<RawSettings>({
    cwd: options.folder,
    name: 'settings',
    projectVersion: options.appVersion,
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    // An endpoint's URL may hold an access token: the file is the user's alone.
    configFileMode: 0o600,
  });
}

/** One atomic write. Within a section, too, keys that this Keel does not know stay. */
function write(store: ElectronStore<RawSettings>, change: Partial<Settings>): void {
  const sections = Object.entries(onDisk(change)).map(([name, value]) => [
    name,
    laidOver(store.get(name), value),
  ]);
  store.set(Object.fromEntries(sections) as RawSettings);
}

function laidOver(known: unknown, next: unknown): unknown {
  const below = section.safeParse(known);
  const above = section.safeParse(next);
  if (!above.success || !below.success) return next;
  const fields = Object.entries(above.data).map(([name, value]) => [
    name,
    laidOver(below.data[name], value),
  ]);
  return { ...below.data, ...(Object.fromEntries(fields) as RawSettings) };
}

/** As the file holds it: amounts as decimal strings. */
function onDisk(settings: Partial<Settings>): RawSettings {
  const { capital, ...rest } = settings;
  return capital === undefined ? rest : { ...rest, capital: capitalSettingsOnDisk(capital) };
}

function freeName(file: string, what: 'corrupt' | 'refused', nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const base = `${file}.${what}-${stamp}`;
  let name = base;
  for (let count = 2; existsSync(name); count += 1) name = `${base}-${count}`;
  return name;
}

function invalid(refused: readonly string[]): KeelError {
  return keelError(
    'SETTINGS_INVALID',
    'fix-input',
    `Settings not changed: ${refused.join(' ')}`.replaceAll(/; [^;]* (?:is|are) used instead/g, ''),
    'Correct the value and save again.',
  );
}

function notWritten(file: string, caught: unknown): KeelError {
  return keelError(
    'SETTINGS_INVALID',
    'operator',
    `The settings ${file} could not be written: ${wordsOf(caught)}.`,
    'Check that the folder exists and that your user may write it.',
  );
}

const wordsOf = (caught: unknown): string =>
  caught instanceof Error ? caught.message : String(caught);
