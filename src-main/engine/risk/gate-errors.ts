import type { GateReason, TradingAct } from '#domain/gate-reason.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { EngineVault } from '#domain/engine-vault.ts';

const ACTS: Readonly<Record<TradingAct, string>> = {
  increase: 'take on risk',
  reduce: 'take risk off',
  deposit: 'take capital in',
  withdraw: 'let capital out',
};

/** @param reasons the gravest first; at least one. */
export function gateClosed(
  { id, name }: Pick<EngineVault, 'id' | 'name'>,
  act: TradingAct,
  reasons: readonly GateReason[],
): KeelError {
  return keelError(
    'GATE_CLOSED',
    'operator',
    `“${name}” may not ${ACTS[act]} now: ${reasons.map(({ text }) => text).join(' ')}`,
    reasons[0]?.advice ?? 'Try again when the reason no longer holds.',
    { vault: id, act, codes: codesOf(reasons) },
  );
}

/** For what concerns no vault that there is yet. */
export function everythingHalted(): KeelError {
  return keelError(
    'GATE_CLOSED',
    'operator',
    'You halted everything: nothing trades and no capital moves.',
    'Lift the halt when you are ready, then ask again.',
    { codes: 'halted-all' },
  );
}

/** The end of an operation of which nothing had left when everything was halted. */
export function endedByHalt(): KeelError {
  return keelError(
    'GATE_CLOSED',
    'operator',
    'You halted everything before it was sent: it ended, and nothing of it has left Keel.',
    'Ask for it again when you have lifted the halt.',
    { codes: 'halted-all' },
  );
}

function codesOf(reasons: readonly GateReason[]): string {
  return reasons.map(({ code }) => code).join(', ');
}
