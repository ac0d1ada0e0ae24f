import type { ErrorCode, KeelError } from '#domain/keel-error.ts';
import { faultOf } from '#domain/keel-fault.ts';

/** The KeelError that a call throws; null when it does not throw. Bugs travel on. */
export function errorOf(call: () => unknown): KeelError | null {
  try {
    call();
    return null;
  } catch (caught) {
    const error = faultOf(caught);
    if (error === null) throw caught;
    return error;
  }
}

export const codeOf = (call: () => unknown): ErrorCode | null => errorOf(call)?.code ?? null;
