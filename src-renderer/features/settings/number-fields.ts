/** Settings that are typed as numbers, whatever block of the settings they stand in. */
import type { Result } from '#domain/result.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import { INITIAL_DESK } from '#renderer/stores/desk-store.ts';

export interface NumberField<Name extends string = string> {
  readonly name: Name;
  readonly label: string;
  /** What it does, in one line. */
  readonly what: string;
  /** What it takes, in words that stand after a complaint: `1 to 60.` */
  readonly range: string;
  /** Empty: a bare number. */
  readonly unit: string;
  /** What stands in the field while it is empty, where that means something. */
  readonly whenEmpty?: string;
}

export interface NumberGroup<Name extends string = string> {
  readonly title: string;
  readonly fields: readonly NumberField<Name>[];
}

export type Typed<Name extends string = string> = Readonly<Record<Name, string>>;
export type Problems = ReadonlyMap<string, string>;

/** One form: its fields, and how they are read from the settings and put back. */
export interface NumberForm<Name extends string = string> {
  /** Under which its unsaved changes are kept. */
  readonly id: 'sync' | 'watch' | 'capital' | 'keys' | 'data';
  readonly title: string;
  readonly groups: readonly NumberGroup<Name>[];
  readonly text: (settings: VisibleSettings) => Typed<Name>;
  /** The settings with what was typed, or what is wrong with each field. */
  readonly read: (
    typed: Typed<Name>,
    settings: VisibleSettings,
  ) => Result<VisibleSettings, Problems>;
}

export const DEFAULTS: VisibleSettings = INITIAL_DESK.settings;

/** A number as a person types it: `2,500` is one. Null: it is none of that fineness. */
export function unitsOf(typed: string, factor: number): number | null {
  const plain = typed.trim().replaceAll(',', '');
  const decimals = Math.round(Math.log10(factor));
  const form = decimals === 0 ? /^\d{1,9}$/ : new RegExp(`^\\d{1,9}(\\.\\d{1,${decimals}})?$`);
  return form.test(plain) ? Math.round(Number(plain) * factor) : null;
}

export const notANumber = (typed: string, range: string): string =>
  `${typed.trim() === '' ? 'Type a number.' : `“${typed.trim()}” is not valid.`} ${range}`;

export const outOfRange = (typed: string, range: string): string =>
  `“${typed.trim()}” is out of range. ${range}`;
