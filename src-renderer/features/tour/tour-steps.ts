/**
 * How the tour goes on, as pure functions. Invariants: it never goes back; a step is done only when the desk's own state
 * says so, and stays done; one look at the desk ends one step at most.
 */
import { isFinal, type OperationView } from '#domain/capital-operation.ts';
import type { KeyReadiness } from '#domain/key-readiness.ts';
import type { SyncHealth, VaultView } from '#domain/vault-state.ts';

export const TOUR_STEPS = ['see', 'deposit', 'break', 'hold', 'mend', 'enable', 'own'] as const;
export type TourStep = (typeof TOUR_STEPS)[number];

/** What the tour sees of the desk at one moment. */
export interface TourFacts {
  /** The vault of the practice network that it is about; null: there is none in use. */
  readonly vault: VaultView | null;
  readonly health: SyncHealth | null;
  /** Where a deposit can be tried without a key; null: there is none. */
  readonly paper: VaultView | null;
  /** Whether the vault's own page is in front. */
  readonly inFront: boolean;
  readonly key: KeyReadiness;
  /** The newest deposit into either vault since the tour began. */
  readonly deposit: OperationView | null;
  /** Whether nobody answers on the practice network, whoever has seen to that; null: not known. */
  readonly broken: boolean | null;
  /** Whether an alert told, since the tour began, that the vault cannot be synced. */
  readonly alerted: boolean;
  /** Vaults and keys of the trader's own since the tour began. */
  readonly added: number;
}

export interface TourProgress {
  /** The step in front; `end` after the last. */
  readonly at: TourStep | 'end';
  readonly done: readonly TourStep[];
  readonly skipped: readonly TourStep[];
}

export const TOUR_BEGIN: TourProgress = { at: 'see', done: [], skipped: [] };

/** Whether the desk's state bears a step out at this moment. */
export function isBorneOut(step: TourStep, facts: TourFacts): boolean {
  const { vault, health, deposit } = facts;
  const state = vault?.state;
  switch (step) {
    case 'see':
      return facts.inFront && health === 'fresh';
    case 'deposit':
      return deposit?.operation.state === 'verified';
    case 'break':
      return facts.broken === true && vault !== null && failedReads(vault) > 0;
    case 'hold':
      return (
        facts.alerted &&
        health !== 'fresh' &&
        state !== undefined &&
        state.failure !== null &&
        state.halt !== null
      );
    case 'mend':
      return facts.broken === false && health === 'fresh';
    case 'enable':
      return facts.broken === false && health === 'fresh' && state?.halt === null;
    case 'own':
      return facts.added > 0;
  }
}

/** Reads of the present run that have failed; of the last one where Keel has given up. */
export function failedReads({ state, phase }: VaultView): number {
  if (state.failure !== null) return state.failure.attempts;
  if (phase.kind === 'waiting') return phase.failedAttempt;
  return phase.kind === 'reading' ? phase.attempt - 1 : 0;
}

/** Steps whose end begins the next by itself: there, waiting for a press would miss what is to be seen. */
const FLOWING: readonly TourStep[] = ['break', 'mend'];

/** What one look at the desk makes of it; the same object where nothing has come of it. */
export function advance(progress: TourProgress, facts: TourFacts): TourProgress {
  const { at, done } = progress;
  if (at === 'end' || done.includes(at) || !isBorneOut(at, facts)) return progress;
  const next = { ...progress, done: [...done, at] };
  return FLOWING.includes(at) ? { ...next, at: after(at) } : next;
}

/** On to the next step; nothing while the one in front is not done. */
export function goOn(progress: TourProgress): TourProgress {
  const { at, done } = progress;
  return at === 'end' || !done.includes(at) ? progress : { ...progress, at: after(at) };
}

/** Past the step in front. Where nothing is to be broken, nothing is to be watched, mended or enabled either. */
export function skip(progress: TourProgress): TourProgress {
  const { at, done, skipped } = progress;
  if (at === 'end' || done.includes(at)) return goOn(progress);
  const passed: readonly TourStep[] = at === 'break' ? ['break', 'hold', 'mend', 'enable'] : [at];
  return { ...progress, at: after(passed.at(-1) ?? at), skipped: [...skipped, ...passed] };
}

function after(step: TourStep): TourStep | 'end' {
  return TOUR_STEPS[TOUR_STEPS.indexOf(step) + 1] ?? 'end';
}

/** Whether what the tour has broken may stay broken: only as long as there is something to see of it. */
export const mayStayBroken = ({ at }: TourProgress): boolean =>
  at === 'break' || at === 'hold' || at === 'mend';

/**
 * Where a tour that was left stands, from the desk's state alone.
 * @param facts gathered as if the tour had begun long ago
 */
export function resume(facts: TourFacts): TourProgress {
  const halted = facts.vault !== null && facts.vault.state.halt !== null;
  const deposited = isBorneOut('deposit', facts);
  if (facts.alerted) {
    return {
      at: halted ? 'mend' : 'own',
      done: [...(deposited ? (['deposit'] as const) : []), 'break', 'hold'],
      skipped: deposited ? ['see'] : ['see', 'deposit'],
    };
  }
  return deposited ? { at: 'break', done: ['deposit'], skipped: ['see'] } : TOUR_BEGIN;
}

/** Whether a deposit is under way, and not yet ended either way. */
export const isUnderWay = ({ operation }: OperationView): boolean => !isFinal(operation.state);
