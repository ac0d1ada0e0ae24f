import { OPERATION_STATES, type OperationState } from '#domain/capital-operation.ts';

const ACTS = [
  'read-facts',
  'plan',
  'simulate',
  'approve',
  'build',
  'sign',
  'send',
  'read-status',
  'insert-vault',
  'sync',
  'judge',
  'halt',
] as const;

/** What an operation does between two commits. */
export type OperationAct = (typeof ACTS)[number];

export type CrashPoint =
  | `before-commit:${OperationState}`
  | `after-commit:${OperationState}`
  | `before-${OperationAct}`
  | `after-${OperationAct}`;

/** Every point of an operation at which a fault test may end the process (C7). */
export const CRASH_POINTS: readonly CrashPoint[] = [
  ...OPERATION_STATES.flatMap(
    (state) => [`before-commit:${state}`, `after-commit:${state}`] as const,
  ),
  ...ACTS.flatMap((act) => [`before-${act}`, `after-${act}`] as const),
];
