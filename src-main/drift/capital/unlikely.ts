import { keelError, type KeelError } from '#domain/keel-error.ts';

/** A simulation that went through and yet shows something else than the intent. */
export function unlikely(problem: string): KeelError {
  return keelError(
    'SIMULATION_FAILED',
    'retry',
    `The simulation does not show what was asked for: ${problem}.`,
    'Nothing was signed. If the account was changed by somebody else just now, ask again; otherwise do not trust this endpoint.',
  );
}
