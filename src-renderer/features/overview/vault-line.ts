/** One vault in three answers and, where something is wrong, what to do. Pure, so that it can be proved. */
import { assertNever } from '#domain/assert-never.ts';
import { formatHealthBps } from '#domain/margin.ts';
import type { GateCode } from '#domain/gate-reason.ts';
import type { SyncHealth, VaultView } from '#domain/vault-state.ts';
import type { SummaryVault } from '#renderer/features/verdict/desk-summary.ts';
import { standingOf } from '#renderer/ui/gate-standing.ts';
import { healthLevel, type Thresholds } from '#renderer/ui/health-bar.tsx';

export type LineTone = 'good' | 'warn' | 'bad';

export interface LineAnswer {
  readonly tone: LineTone;
  readonly word: string;
}

export interface VaultLine {
  readonly right: LineAnswer;
  readonly fresh: LineAnswer;
  readonly safe: LineAnswer;
  /** The worst of the three. */
  readonly tone: LineTone;
  /** In one sentence; null: nothing. */
  readonly todo: string | null;
}

const answer = (tone: LineTone, word: string): LineAnswer => ({ tone, word });

export function lineOf(vault: SummaryVault, thresholds: Thresholds): VaultLine {
  const right = rightOf(vault.view, vault.health);
  const fresh = freshOf(vault.view, vault.health);
  const safe = safeOf(vault, thresholds);
  const tone = worst([right.tone, fresh.tone, safe.tone]);
  return { right, fresh, safe, tone, todo: tone === 'good' ? null : todoOf(vault, thresholds) };
}

const ORDER: readonly LineTone[] = ['bad', 'warn', 'good'];
const worst = (tones: readonly LineTone[]): LineTone =>
  ORDER.find((tone) => tones.includes(tone)) ?? 'good';

function rightOf({ state }: VaultView, health: SyncHealth): LineAnswer {
  if (state.observation === null) return answer('bad', 'never read');
  switch (health) {
    case 'fresh':
      return answer('good', 'verified');
    case 'stale':
      return answer('warn', 'not verified');
    case 'failing':
      return answer('bad', 'read fails');
    case 'discrepant':
      return answer('bad', 'reads differ');
    default:
      return assertNever(health, 'sync health');
  }
}

function freshOf({ state }: VaultView, health: SyncHealth): LineAnswer {
  if (state.observation === null) return answer('bad', 'never');
  return health === 'fresh' ? answer('good', '') : answer('warn', 'old');
}

const QUIET: readonly GateCode[] = ['no-key', 'key-locked'];

function safeOf({ view, gate }: SummaryVault, thresholds: Thresholds): LineAnswer {
  const healthBps = view.state.observation?.snapshot.figures.healthBps;
  if (healthBps === undefined) return answer('bad', 'unknown');
  const level = healthLevel(healthBps, thresholds);
  if (level === 'bad') return answer('bad', 'critical');
  const standing = standingOf(gate);
  if (standing === 'halted') return answer('warn', 'halted');
  if (level === 'warn') return answer('warn', 'health low');
  // Money on its way holds a vault for a while, and is no trouble.
  const busy = gate.reasons.every(({ code }) => code === 'operation-open' || QUIET.includes(code));
  return standing === 'blocked' && !busy ? answer('warn', 'blocked') : answer('good', 'safe');
}

function todoOf({ view, health, gate }: SummaryVault, thresholds: Thresholds): string {
  const { state, phase } = view;
  if (state.verification.kind === 'discrepant') {
    const { advice } = state.verification.error;
    return advice.startsWith('Do not trade') ? advice : `Do not trade. ${advice}`;
  }
  const healthBps = state.observation?.snapshot.figures.healthBps ?? null;
  if (healthBps !== null && healthLevel(healthBps, thresholds) === 'bad') {
    return `Health is ${formatHealthBps(healthBps)}, below ${formatHealthBps(thresholds.criticalHealthBps)}: add collateral or make the position smaller.`;
  }
  if (state.failure !== null) return `${state.failure.error.message} ${state.failure.error.advice}`;
  if (state.observation === null || health !== 'fresh') {
    return phase.kind === 'idle'
      ? 'Its figures are old: sync it now.'
      : 'Keel is reading it. Until it is verified nothing may trade.';
  }
  if (healthBps !== null && healthLevel(healthBps, thresholds) === 'warn') {
    return `Health is ${formatHealthBps(healthBps)}, below ${formatHealthBps(thresholds.warningHealthBps)}: keep an eye on it.`;
  }
  const reason = gate.reasons[0];
  return reason === undefined ? 'Look at its page.' : `${reason.text} ${reason.advice}`.trim();
}

export interface SortedLine extends SummaryVault {
  readonly line: VaultLine;
}

/** What needs the trader first; equal ones stay in the trader's order. */
export function attentionFirst(
  vaults: readonly SummaryVault[],
  thresholds: Thresholds,
): readonly SortedLine[] {
  return vaults
    .map((vault) => ({ ...vault, line: lineOf(vault, thresholds) }))
    .sort((left, right) => ORDER.indexOf(left.line.tone) - ORDER.indexOf(right.line.tone));
}

export interface Statement {
  readonly tone: LineTone;
  readonly title: string;
  readonly text: string;
}

const ofAll = (number: number): string => (number === 1 ? '1 vault' : `${number} vaults`);

/** Safe is not the same as trading: what waits for a key, or for money on its way, is said. */
function tradingOf(lines: readonly SortedLine[]): string {
  const waiting = lines.filter(({ gate }) => standingOf(gate) !== 'allowed');
  if (waiting.length === 0) return ', and nothing stands against trading.';
  const watched = lines.filter(({ gate }) => standingOf(gate) === 'watch-only').length;
  const locked = lines.filter(({ gate }) => standingOf(gate) === 'locked').length;
  const busy = waiting.length - watched - locked;
  const parts = [
    ...(watched === 0 ? [] : [`${watched} watched only, without a key`]),
    ...(locked === 0 ? [] : [`${locked} behind a locked key`]),
    ...(busy === 0 ? [] : [`${busy} held while money is on its way`]),
  ];
  return `. Not trading: ${parts.join(', ')}.`;
}

/** The whole desk in one sentence. */
export function statementOf(lines: readonly SortedLine[]): Statement {
  const of = (tone: LineTone) => lines.filter(({ line }) => line.tone === tone);
  const [bad, warn] = [of('bad'), of('warn')];
  const first = bad[0] ?? warn[0];
  if (first === undefined) {
    const all = lines.length === 1 ? 'Your vault is' : `All ${lines.length} vaults are`;
    return {
      tone: 'good',
      title: `${all} right, fresh and safe`,
      text: `Two reads of each agree to the last unit${tradingOf(lines)}`,
    };
  }
  const also = bad.length > 0 && warn.length > 0 ? `; keep an eye on ${warn.length}` : '';
  const needs = bad.length === 1 ? 'needs' : 'need';
  return {
    tone: bad.length > 0 ? 'bad' : 'warn',
    title:
      bad.length > 0
        ? `${bad.length} of ${ofAll(lines.length)} ${needs} you${also}`
        : `Keep an eye on ${warn.length} of ${ofAll(lines.length)}`,
    text: `${first.view.vault.name}: ${first.line.todo ?? ''}`,
  };
}
