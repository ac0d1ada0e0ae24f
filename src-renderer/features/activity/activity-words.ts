/** What the feed calls things. */
import {
  ACTIVITY_KINDS,
  ACTIVITY_TONES,
  type ActivityActor,
  type ActivityEntry,
  type ActivityFilter,
  type ActivityKind,
  type ActivityTone,
} from '#domain/activity.ts';

export const KIND_WORDS: Readonly<Record<ActivityKind, string>> = {
  sync: 'Sync',
  operation: 'Operation',
  alert: 'Alert',
  trading: 'Trading',
  vault: 'Vault',
  paper: 'Paper money',
  key: 'Keys',
  settings: 'Settings',
  data: 'Data',
  engine: 'Engine',
};

export const TONE_WORDS: Readonly<Record<ActivityTone, string>> = {
  info: 'Note',
  good: 'Good',
  warning: 'Warning',
  critical: 'Critical',
};

export const ACTOR_WORDS: Readonly<Record<ActivityActor, string>> = {
  trader: 'You',
  keel: 'Keel',
  chain: 'The chain',
};

export const KIND_OPTIONS = ACTIVITY_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }));
export const TONE_OPTIONS = ACTIVITY_TONES.map((value) => ({ value, label: TONE_WORDS[value] }));

/** Whether the filter lets an entry through that has just come, as the store would judge it. */
export function letsThrough(filter: ActivityFilter, entry: ActivityEntry): boolean {
  const { kinds, tones, vaultIds, fromMs, toMs } = filter;
  const needle = filter.text.trim().toLowerCase();
  return (
    (kinds.length === 0 || kinds.includes(entry.kind)) &&
    (tones.length === 0 || tones.includes(entry.tone)) &&
    (vaultIds.length === 0 || (entry.vaultId !== null && vaultIds.includes(entry.vaultId))) &&
    (fromMs === null || entry.atMs >= fromMs) &&
    (toMs === null || entry.atMs <= toMs) &&
    `${entry.title}\n${entry.text}`.toLowerCase().includes(needle)
  );
}
