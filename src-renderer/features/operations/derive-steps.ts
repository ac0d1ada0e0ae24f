import {
  isFinal,
  OPERATION_STEPS,
  type CapitalOperation,
  type OperationState,
  type OperationStep,
  type OperationTransition,
} from '#domain/capital-operation.ts';

export interface StepLine {
  /** A step, or the state that ended the operation or keeps it open. */
  readonly state: OperationState;
  readonly progress: 'done' | 'current' | 'failed' | 'pending' | 'skipped';
  readonly transition: OperationTransition | null;
}

const isStep = (state: OperationState): state is OperationStep =>
  (OPERATION_STEPS as readonly OperationState[]).includes(state);

/**
 * The ten steps as a person follows them: those behind, the one under way, those to come. A bad end stands where it
 * happened, and what it cut off is `skipped`. All from the journal: the same after a restart.
 */
export function deriveSteps(operation: CapitalOperation): readonly StepLine[] {
  const { state, transitions } = operation;
  const reached = new Map(transitions.map((transition) => [transition.state, transition]));
  const last = OPERATION_STEPS.reduce((at, step, index) => (reached.has(step) ? index : at), -1);
  const ended = isFinal(state);
  const lines = OPERATION_STEPS.map((step, index): StepLine => {
    const transition = reached.get(step) ?? null;
    if (index <= last) return { state: step, progress: 'done', transition };
    if (ended) return { state: step, progress: 'skipped', transition };
    return { state: step, progress: index === last + 1 ? 'current' : 'pending', transition };
  });
  if (isStep(state)) return lines;
  const line: StepLine = {
    state,
    progress: ended ? 'failed' : 'current',
    transition: reached.get(state) ?? null,
  };
  const rest = lines
    .slice(last + 1)
    .map((after): StepLine =>
      after.progress === 'current' ? { ...after, progress: 'pending' } : after,
    );
  return [...lines.slice(0, last + 1), line, ...rest];
}
