import type { GateAnswer, GateCode } from '#domain/gate-reason.ts';

/**
 * What a gate's answer means to the trader. `halted`: by a halt, until the trader lifts it. `blocked`: by what is the case.
 * `locked` and `watch-only`: by nothing but the key, which is no trouble and sounds no alarm.
 */
export type GateStanding = 'allowed' | 'halted' | 'blocked' | 'locked' | 'watch-only';

const HALTS: readonly GateCode[] = ['halted-all', 'halted'];
const QUIET: Readonly<Partial<Record<GateCode, GateStanding>>> = {
  'key-locked': 'locked',
  'no-key': 'watch-only',
};

export function standingOf({ allowed, reasons }: GateAnswer): GateStanding {
  if (allowed) return 'allowed';
  if (reasons.some(({ code }) => HALTS.includes(code))) return 'halted';
  if (reasons.some(({ code }) => QUIET[code] === undefined)) return 'blocked';
  return reasons.some(({ code }) => code === 'no-key') ? 'watch-only' : 'locked';
}

/** Whether something stands against it besides the key. */
export function isStopped(gate: GateAnswer): boolean {
  const standing = standingOf(gate);
  return standing === 'halted' || standing === 'blocked';
}
