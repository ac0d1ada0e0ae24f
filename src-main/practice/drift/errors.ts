/** How the program fails: Drift's own errors and Anchor's checks of accounts, with the logs that clients look for. */
import { DRIFT_ERRORS } from '#main/drift/codec/drift-coder.ts';
import { ProgramError } from '../chain/program.ts';

const ANCHOR_ERRORS = {
  InstructionFallbackNotFound: [101, 'Fallback functions are not supported'],
  InstructionDidNotDeserialize: [102, 'The program could not deserialize the given instruction'],
  ConstraintMut: [2000, 'A mut constraint was violated'],
  ConstraintHasOne: [2001, 'A has one constraint was violated'],
  ConstraintRaw: [2003, 'A raw constraint was violated'],
  ConstraintSeeds: [2006, 'A seeds constraint was violated'],
  AccountDiscriminatorMismatch: [3002, '8 byte discriminator did not match what was expected'],
  AccountNotEnoughKeys: [3005, 'Not enough account keys given to the instruction'],
  AccountOwnedByWrongProgram: [
    3007,
    'The given account is owned by a different program than expected',
  ],
  InvalidProgramId: [3008, 'Program ID was not as expected'],
  AccountNotSigner: [3010, 'The given account did not sign'],
  AccountNotInitialized: [3012, 'The program expected this account to be already initialized'],
} as const satisfies Record<string, readonly [number, string]>;

type AnchorErrorName = keyof typeof ANCHOR_ERRORS;

/** An error of the program; its message is the log line, which the dispatcher writes. */
export class DriftError extends ProgramError {
  /** Lines that the program logs before the error itself. */
  readonly details: readonly string[];
  constructor(code: number, line: string, details: readonly string[] = []) {
    super(code, line);
    this.name = 'DriftError';
    this.details = details;
  }
}

/** @param name as in the IDL. */
export function driftError(name: string, ...details: string[]): DriftError {
  const error = DRIFT_ERRORS.get(name);
  if (!error) throw new Error(`The Drift IDL has no error ${name}`);
  return new DriftError(
    error.code,
    `AnchorError occurred. Error Code: ${name}. Error Number: ${error.code}. Error Message: ${error.message}.`,
    details,
  );
}

/** @param account the account's name in the IDL, or null when the instruction itself is at fault. */
export function anchorError(name: AnchorErrorName, account: string | null): DriftError {
  const [code, message] = ANCHOR_ERRORS[name];
  const where =
    account === null ? 'AnchorError occurred' : `AnchorError caused by account: ${account}`;
  return new DriftError(
    code,
    `${where}. Error Code: ${name}. Error Number: ${code}. Error Message: ${message}.`,
  );
}

/** Throws the program's error unless the condition holds. */
export function ensure(condition: boolean, name: string, ...details: string[]): void {
  if (!condition) throw driftError(name, ...details);
}
