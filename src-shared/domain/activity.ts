/**
 * The activity feed: what happened at this desk, by whom and when, one line an event. An entry is written once and never
 * changes; its figures are those of the moment.
 */
import type { AlertId } from './alert.ts';
import type { Brand } from './brand.ts';
import type { NetworkId, OperationId, VaultId } from './ids.ts';
import type { UnixMs } from './units.ts';

/** Grows by one with each entry: a place in the feed. */
export type ActivityId = Brand<number, 'ActivityId'>;
export const activityId = (value: number): ActivityId => value as ActivityId;

export const ACTIVITY_KINDS = [
  /** A vault fell out of step, or came back. */
  'sync',
  /** A capital operation began or ended. */
  'operation',
  /** An alert was raised, grew worse, was acknowledged or cleared. */
  'alert',
  /** Trading was enabled or halted, for one vault or all. */
  'trading',
  /** A vault was added, renamed, archived, made active, noted on. */
  'vault',
  /** Paper money was credited, debited, reset or seeded. */
  'paper',
  /** Keys were locked, unlocked, added or removed. */
  'key',
  /** The trader changed a setting or an endpoint. */
  'settings',
  /** A backup, a restore, an export, an import. */
  'data',
  /** Keel's engine started, stopped or was lost. */
  'engine',
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

export const ACTIVITY_TONES = ['info', 'good', 'warning', 'critical'] as const;
export type ActivityTone = (typeof ACTIVITY_TONES)[number];

export const ACTIVITY_ACTORS = ['trader', 'keel', 'chain'] as const;
/** Whose doing it was. */
export type ActivityActor = (typeof ACTIVITY_ACTORS)[number];

/** What is written down. No secret, no URL: it is shown and exported. */
export interface NewActivity {
  readonly atMs: UnixMs;
  readonly kind: ActivityKind;
  readonly tone: ActivityTone;
  readonly actor: ActivityActor;
  /** One short sentence, for instance `Deposit of 75.25 USDC verified`. */
  readonly title: string;
  /** More of it; empty where there is nothing to add. */
  readonly text: string;
  readonly vaultId: VaultId | null;
  readonly network: NetworkId | null;
  readonly operationId: OperationId | null;
  readonly alertId: AlertId | null;
}

export interface ActivityEntry extends NewActivity {
  readonly id: ActivityId;
}

/** Every part narrows; an empty list or a null narrows nothing. */
export interface ActivityFilter {
  readonly kinds: readonly ActivityKind[];
  readonly tones: readonly ActivityTone[];
  readonly vaultIds: readonly VaultId[];
  /** Found in title or text; case does not matter. */
  readonly text: string;
  readonly fromMs: UnixMs | null;
  readonly toMs: UnixMs | null;
}

export const ALL_ACTIVITY: ActivityFilter = {
  kinds: [],
  tones: [],
  vaultIds: [],
  text: '',
  fromMs: null,
  toMs: null,
};

/** Newest first. `upTo` holds the list still while new entries come: null takes the newest as it is now. */
export interface ActivityQuery {
  readonly filter: ActivityFilter;
  readonly upTo: ActivityId | null;
  readonly offset: number;
  readonly limit: number;
}

export interface ActivityPage {
  readonly entries: readonly ActivityEntry[];
  /** How many the filter lets through, up to `upTo`. */
  readonly total: number;
  /** The place that the page was counted from; null: the feed is empty. */
  readonly upTo: ActivityId | null;
}
