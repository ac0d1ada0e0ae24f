/** What the gate's answers are called, and how grave each reason looks. */
import type { GateCode, GateReason, TradingAct } from '#domain/gate-reason.ts';
import { formatAge } from '#renderer/ui/format.ts';

export const ACT_WORDS: Readonly<Record<TradingAct, string>> = {
  increase: 'Add risk',
  reduce: 'Reduce risk',
  deposit: 'Deposit',
  withdraw: 'Withdraw',
};

const ACT_NOUNS: Readonly<Record<TradingAct, string>> = {
  increase: 'adding risk',
  reduce: 'reducing risk',
  deposit: 'deposits',
  withdraw: 'withdrawals',
};

/** `bad`: act now. `warn`: wait or look. `pause`: the venue’s doing. `quiet`: no trouble at all. */
export type ReasonTone = 'bad' | 'warn' | 'pause' | 'quiet';

const TONES: Readonly<Record<GateCode, ReasonTone>> = {
  'halted-all': 'bad',
  archived: 'quiet',
  discrepant: 'bad',
  failing: 'bad',
  halted: 'bad',
  'operation-unresolved': 'warn',
  'account-bankrupt': 'bad',
  'account-being-liquidated': 'bad',
  'exchange-paused': 'pause',
  'health-critical': 'bad',
  'not-synced': 'warn',
  stale: 'warn',
  'network-down': 'warn',
  'node-behind': 'warn',
  'node-slow': 'warn',
  'account-reduce-only': 'warn',
  'market-closed': 'pause',
  'market-paused': 'pause',
  'market-reduce-only': 'pause',
  'oracle-unusable': 'warn',
  'operation-open': 'quiet',
  'no-key': 'quiet',
  'key-delegate': 'quiet',
  'signer-unavailable': 'warn',
  'key-locked': 'quiet',
};

export const toneOf = ({ code }: GateReason): ReasonTone => TONES[code];

/** `Forbids adding risk and withdrawals · for 12 min`. */
export function reasonFacts({ blocks, sinceMs }: GateReason, nowMs: number): string {
  const forbids = `Forbids ${listed(blocks.map((act) => ACT_NOUNS[act]))}`;
  return sinceMs === null ? forbids : `${forbids} · for ${formatAge(nowMs - sinceMs)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** One line for a control that the gate has closed: the gravest reason and what would lift it. */
export function closedBecause(reasons: readonly GateReason[]): string | null {
  const [gravest, ...others] = reasons;
  if (gravest === undefined) return null;
  const more =
    others.length === 0
      ? ''
      : ` ${others.length} more ${others.length === 1 ? 'reason' : 'reasons'} under Trading.`;
  return `${gravest.text} ${gravest.advice}${more}`;
}
