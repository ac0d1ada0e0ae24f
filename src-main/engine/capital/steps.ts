import type { OperationState } from '#domain/capital-operation.ts';
import type { Step } from './operation-run.ts';
import { approve, plan, simulate, validate } from './prepare-steps.ts';
import { sign, submit, watch } from './send-steps.ts';
import { judge, sync } from './settle-steps.ts';

const nothing: Step = () => Promise.resolve(null);

/** The act that each state permits, and what follows from it. */
const STEPS: Readonly<Record<OperationState, Step>> = {
  requested: validate,
  validated: plan,
  planned: simulate,
  simulated: approve,
  approved: sign,
  signed: submit,
  submitted: watch,
  unresolved: watch,
  confirmed: sync,
  synced: judge,
  verified: nothing,
  denied: nothing,
  rejected: nothing,
  expired: nothing,
  discrepant: nothing,
};

export function stepOf(state: OperationState): Step {
  return STEPS[state];
}
