/** Errors of transactions in the shapes and the words of a real node. */

export type InstructionFailure = string | { readonly Custom: number };

export type TransactionError =
  | string
  | { readonly InstructionError: readonly [number, InstructionFailure] }
  | { readonly InsufficientFundsForRent: { readonly account_index: number } };

const INSTRUCTION_WORDS: Readonly<Record<string, string>> = {
  AccountAlreadyInitialized: 'instruction requires an uninitialized account',
  AccountDataTooSmall: 'account data too small for instruction',
  ArithmeticOverflow: 'Program arithmetic overflowed',
  CallDepth: 'Cross-program invocation call depth too deep',
  ComputationalBudgetExceeded: 'Computational budget exceeded',
  ExternalAccountDataModified: 'instruction modified data of an account it does not own',
  ExternalAccountLamportSpend: 'instruction spent from the balance of an account it does not own',
  IllegalOwner: 'Provided owner is not allowed',
  IncorrectAuthority: 'Incorrect authority provided',
  IncorrectProgramId: 'incorrect program id for instruction',
  InsufficientFunds: 'insufficient funds for instruction',
  InvalidAccountData: 'invalid account data for instruction',
  InvalidAccountOwner: 'Invalid account owner',
  InvalidArgument: 'invalid program argument',
  InvalidInstructionData: 'invalid instruction data',
  InvalidSeeds: 'Provided seeds do not result in a valid address',
  MaxSeedLengthExceeded: 'Length of the seed is too long for address generation',
  MissingAccount: 'An account required by the instruction is missing',
  MissingRequiredSignature: 'missing required signature for instruction',
  ModifiedProgramId: 'instruction illegally modified the program id of an account',
  NotEnoughAccountKeys: 'insufficient account keys for instruction',
  PrivilegeEscalation: 'Cross-program invocation with unauthorized signer or writable account',
  ProgramFailedToComplete: 'Program failed to complete',
  ReadonlyDataModified: 'instruction modified data of a read-only account',
  ReadonlyLamportChange: 'instruction changed the balance of a read-only account',
  UnbalancedInstruction: 'sum of account balances before and after instruction do not match',
  UninitializedAccount: 'instruction requires an initialized account',
  UnsupportedProgramId: 'Unsupported program id',
};

const TRANSACTION_WORDS: Readonly<Record<string, string>> = {
  AccountNotFound: 'Attempt to debit an account but found no record of a prior credit.',
  AddressLookupTableNotFound: "Transaction loads an address table account that doesn't exist",
  AlreadyProcessed: 'This transaction has already been processed',
  BlockhashNotFound: 'Blockhash not found',
  InsufficientFundsForFee: 'Insufficient funds for fee',
  InvalidAccountForFee: 'This account may not be used to pay transaction fees',
  ProgramAccountNotFound: 'Attempt to load a program that does not exist',
  SanitizeFailure: 'Transaction failed to sanitize accounts offsets correctly',
  SignatureFailure: 'Transaction did not pass signature verification',
};

export function describeInstructionFailure(failure: InstructionFailure): string {
  if (typeof failure === 'string') return INSTRUCTION_WORDS[failure] ?? failure;
  return `custom program error: 0x${failure.Custom.toString(16)}`;
}

/** The sentence that a real node puts behind "Transaction simulation failed: ". */
export function describeTransactionError(error: TransactionError): string {
  if (typeof error === 'string') return TRANSACTION_WORDS[error] ?? error;
  if ('InstructionError' in error) {
    const [index, failure] = error.InstructionError;
    return `Error processing Instruction ${index}: ${describeInstructionFailure(failure)}`;
  }
  return `Transaction results in an account (${error.InsufficientFundsForRent.account_index}) with insufficient funds for rent`;
}
