import { keelError } from '#domain/keel-error.ts';
import { err } from '#domain/result.ts';
import { SIGNER_NOT_STARTED } from '#domain/signer-state.ts';
import type { Signer } from '#main/engine/ports.ts';

const absent = err(
  keelError('SIGNER_UNAVAILABLE', 'retry', 'There is no signer.', 'Start one, then repeat.'),
);

/** A signer that never was. */
export const absentSigner: Signer = {
  state: () => SIGNER_NOT_STARTED,
  onState: () => () => undefined,
  review: async () => absent,
  sign: async () => absent,
  withdrawReview: () => undefined,
};
