import type { KeelError } from './keel-error.ts';

/**
 * A KeelError where a signature has no room for a Result: the synchronous ports of the store throw it.
 * Whoever calls them turns it back into a value with `faultOf`.
 */
export class KeelFault extends Error {
  readonly keelError: KeelError;

  constructor(keelError: KeelError, options?: ErrorOptions) {
    super(`${keelError.code}: ${keelError.message}`, options);
    this.name = 'KeelFault';
    this.keelError = keelError;
  }
}

/** The KeelError that a caught value carries, or null: then it is a bug, not an expected error. */
export function faultOf(caught: unknown): KeelError | null {
  return caught instanceof KeelFault ? caught.keelError : null;
}
