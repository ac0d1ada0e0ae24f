import { assertNever } from '#domain/assert-never.ts';
import { formatHealthBps } from '#domain/margin.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import type { Alarm } from './alarms.ts';

export type VerdictTone = 'good' | 'warn' | 'bad' | 'none';

export interface Answer {
  readonly tone: VerdictTone;
  readonly text: string;
  /** The whole of it, for the hint. */
  readonly more: string;
}

/** Is it right, is it fresh, is it safe: over all vaults that are in use. */
export interface Verdict {
  readonly right: Answer;
  readonly fresh: Answer;
  readonly safe: Answer;
}

/** Below them health is low, and critical. */
type HealthThresholds = Pick<WatchSettings, 'warningHealthBps' | 'criticalHealthBps'>;

/** One vault, as far as the verdict needs it. */
export interface VerdictVault {
  readonly name: string;
  readonly sync: 'fresh' | 'stale' | 'failing' | 'discrepant';
  /** Of the figures on screen; null where there are none. */
  readonly ageMs: number | null;
  /** Hundredths of a percent; null where unknown. */
  readonly healthBps: number | null;
  /** Something besides the key stands against trading. */
  readonly stopped: boolean;
}

const answer = (tone: VerdictTone, text: string, more: string): Answer => ({ tone, text, more });

/** Pure, so that it can be proved; `ageText` words a span of milliseconds. */
export function deriveVerdict(
  vaults: readonly VerdictVault[],
  thresholds: HealthThresholds,
  ageText: (spanMs: number) => string,
): Verdict {
  if (vaults.length === 0) {
    const none = answer('none', '—', 'There is no vault yet.');
    return { right: none, fresh: none, safe: none };
  }
  return {
    right: rightOf(vaults),
    fresh: freshOf(vaults, ageText),
    safe: safeOf(vaults, thresholds),
  };
}

function rightOf(vaults: readonly VerdictVault[]): Answer {
  const wrong = vaults.filter(({ sync }) => sync === 'discrepant' || sync === 'failing');
  const verified = vaults.filter(({ sync }) => sync === 'fresh').length;
  const text = `${verified} of ${vaults.length} verified`;
  if (wrong.length > 0) return answer('bad', text, `Not vouched for: ${namesOf(wrong)}.`);
  return verified === vaults.length
    ? answer('good', text, 'Two reads of every vault agree to the last unit.')
    : answer('warn', text, `Not verified in time: ${namesOf(vaults.filter(isNotFresh))}.`);
}

function freshOf(vaults: readonly VerdictVault[], ageText: (spanMs: number) => string): Answer {
  const unread = vaults.filter(({ ageMs }) => ageMs === null);
  const oldest = oldestOf(vaults);
  if (oldest === null) return answer('bad', 'never read', 'No vault has been read with success.');
  const text = `oldest ${ageText(oldest.ageMs)}`;
  if (unread.length > 0) return answer('warn', text, `Never read: ${namesOf(unread)}.`);
  const tone = vaults.every(({ sync }) => sync === 'fresh') ? 'good' : 'warn';
  return answer(tone, text, `The oldest figures on screen are those of “${oldest.name}”.`);
}

function oldestOf(vaults: readonly VerdictVault[]): { name: string; ageMs: number } | null {
  let oldest: { name: string; ageMs: number } | null = null;
  for (const { name, ageMs } of vaults) {
    if (ageMs !== null && (oldest === null || ageMs > oldest.ageMs)) oldest = { name, ageMs };
  }
  return oldest;
}

function safeOf(vaults: readonly VerdictVault[], thresholds: HealthThresholds): Answer {
  const stopped = vaults.filter((vault) => vault.stopped);
  const known = vaults.flatMap(({ name, healthBps }) =>
    healthBps === null ? [] : [{ name, healthBps }],
  );
  const lowest = known.toSorted((left, right) => left.healthBps - right.healthBps)[0];
  const health =
    lowest === undefined ? 'health unknown' : `lowest health ${formatHealthBps(lowest.healthBps)}`;
  const whose = lowest === undefined ? '' : `The lowest health is that of “${lowest.name}”. `;
  const trading =
    stopped.length === 0
      ? 'Besides keys, nothing stands against trading.'
      : `Trading is off on ${stopped.length} of ${vaults.length}: ${namesOf(stopped)}.`;
  const low = lowest?.healthBps ?? 0;
  const warned = low < thresholds.warningHealthBps || stopped.length > 0;
  const tone = low < thresholds.criticalHealthBps ? 'bad' : warned ? 'warn' : 'good';
  const text = stopped.length === 0 ? health : `${health}, ${stopped.length} not trading`;
  return answer(tone, text, whose + trading);
}

const isNotFresh = ({ sync }: VerdictVault): boolean => sync !== 'fresh';

function namesOf(vaults: readonly VerdictVault[]): string {
  const names = vaults.slice(0, 3).map(({ name }) => name);
  const rest = vaults.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}

/** The window's title: the gravest alarm first, so that the taskbar tells it too. */
export function windowTitle(alarms: readonly Alarm[]): string {
  const [gravest] = alarms;
  return gravest === undefined ? 'Keel' : `⚠ ${titleOf(gravest)} — Keel`;
}

function titleOf(alarm: Alarm): string {
  const { length } = alarm.views;
  const vaults = length === 1 ? '1 vault' : `${length} vaults`;
  switch (alarm.kind) {
    case 'engine':
      return 'Engine stopped';
    case 'discrepant':
      return `${vaults} discrepant`;
    case 'failing':
      return `${vaults} failing`;
    case 'network':
      return alarm.status?.connection === 'wrong-cluster' ? 'Wrong network' : 'No connection';
    case 'stale':
      return `${vaults} stale`;
    case 'halted':
      return `${vaults} halted`;
    default:
      return assertNever(alarm.kind, 'alarm');
  }
}
