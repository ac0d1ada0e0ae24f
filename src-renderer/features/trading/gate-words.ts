/** What the gate's answers are called, and how grave each reason looks. */
import { HALTED_BY_HAND } from '#domain/gate-sync.ts';
import {
  TRADING_ACTS,
  type GateCode,
  type GateReason,
  type TradingAct,
} from '#domain/gate-reason.ts';

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

export const toneOf = ({ code }: Pick<GateReason, 'code'>): ReasonTone => TONES[code];

/** Reasons that differ in nothing but what they say: told together. */
export interface ReasonGroup extends Pick<GateReason, 'code' | 'advice' | 'blocks' | 'sinceMs'> {
  readonly texts: readonly string[];
}

/** What follows from figures that nobody vouches for is told with them: one failed read is one story. */
const FOLLOWS: Readonly<Partial<Record<GateCode, readonly GateCode[]>>> = {
  failing: ['halted', 'network-down'],
  discrepant: ['halted'],
};

/** The exchange that pauses everything is one story, not three; so is a read that failed. */
export function groupReasons(reasons: readonly GateReason[]): readonly ReasonGroup[] {
  const groups: ReasonGroup[] = [];
  for (const { code, text, advice, blocks, sinceMs } of rootsFirst(reasons)) {
    const last = groups.at(-1);
    const alike = last?.code === code && last.advice === advice && last.sinceMs === sinceMs;
    if (last !== undefined && (alike || FOLLOWS[last.code]?.includes(code) === true)) {
      const both = [...last.blocks, ...blocks];
      groups[groups.length - 1] = {
        ...last,
        texts: [...last.texts, text],
        blocks: TRADING_ACTS.filter((act) => both.includes(act)),
      };
    } else groups.push({ code, texts: [text], advice, blocks, sinceMs });
  }
  return groups;
}

/** Each root with what follows from it right behind it; all else in its own order. A halt by hand follows from nothing. */
function rootsFirst(reasons: readonly GateReason[]): readonly GateReason[] {
  const root = reasons.find(({ code }) => FOLLOWS[code] !== undefined);
  if (root === undefined) return reasons;
  const followers = reasons.filter(
    ({ code, text }) => FOLLOWS[root.code]?.includes(code) === true && text !== HALTED_BY_HAND,
  );
  const others = reasons.filter((reason) => reason !== root && !followers.includes(reason));
  const at = others.findIndex((reason) => reasons.indexOf(reason) > reasons.indexOf(root));
  const before = at === -1 ? others : others.slice(0, at);
  return [...before, root, ...followers, ...others.slice(before.length)];
}

/** `Forbids adding risk and withdrawals`. */
export function forbidsWords({ blocks }: Pick<GateReason, 'blocks'>): string {
  const what =
    blocks.length === TRADING_ACTS.length
      ? 'everything'
      : listed(blocks.map((act) => ACT_NOUNS[act]));
  return `Forbids ${what}`;
}

/** `a`, `a and b`, `a, b and c`. */
function listed(words: readonly string[]): string {
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
