/** What a person or the engine can do about an error. */
export const REMEDIES = ['retry', 'fix-input', 'operator', 'stop'] as const;
export type Remedy = (typeof REMEDIES)[number];

/** Faults that pass by themselves: a sync retries them (S4). */
export const TRANSIENT_CODES = [
  'RPC_TIMEOUT',
  'RPC_UNREACHABLE',
  'RPC_RATE_LIMITED',
  'RPC_SERVER_ERROR',
  'RPC_TRUNCATED_REPLY',
  'RPC_MALFORMED_REPLY',
  'NODE_BEHIND',
  'NODE_FROZEN',
  'SLOT_OLDER',
  'CHAIN_MOVED_ON',
] as const;

/** Faults that a retry cannot mend: a sync fails at once and says what to do (S4). */
export const PERMANENT_CODES = [
  'RPC_REFUSED',
  'WRONG_CLUSTER',
  'PROGRAM_STATE_MISSING',
  'SUB_ACCOUNT_MISSING',
  'ACCOUNT_WRONG_OWNER',
  'ACCOUNT_UNDECODABLE',
  'ACCOUNT_MISMATCH',
  'MARKET_MISSING',
  'SNAPSHOT_DISCREPANT',
  'ENGINE_FAULT',
] as const;

export const REQUEST_CODES = [
  'INPUT_INVALID',
  'VAULT_EXISTS',
  'VAULT_NOT_FOUND',
  'VAULT_WRONG_TYPE',
  'NETWORK_UNKNOWN',
  'NETWORK_LOCKED',
  'PAPER_BALANCE_TOO_LOW',
  'TRADING_STILL_BLOCKED',
  'HALTED_BY_TRADER',
  'GATE_CLOSED',
  'ALERT_NOT_FOUND',
  'NOTE_NOT_FOUND',
  'EXPORT_FAILED',
  'FILE_UNREADABLE',
  'ENDPOINT_UNUSABLE',
  'PRACTICE_NOT_RESET',
  'SETTINGS_INVALID',
  'SENDER_FORBIDDEN',
  'ENGINE_UNAVAILABLE',
  'DATABASE_NEWER',
  'DATABASE_UNAVAILABLE',
  'DATABASE_CORRUPT',
  'DATABASE_WRITE_FAILED',
  'BACKUP_UNUSABLE',
  'INTERNAL',
] as const;

/** Capital operations (C6): who said no, or what is not known. */
export const CAPITAL_CODES = [
  'CAPITAL_DENIED',
  'OPERATION_OPEN',
  'OPERATION_NOT_FOUND',
  'OPERATION_PAST_CANCEL',
  'SIMULATION_FAILED',
  'FAILED_ON_CHAIN',
  'TRANSACTION_EXPIRED',
  'TRANSACTION_UNRESOLVED',
  'OPERATION_DISCREPANT',
] as const;

/** The signer's refusals and the key file's faults (K1–K4). */
export const SIGNER_CODES = [
  'SIGNER_UNAVAILABLE',
  'SIGNER_LOCKED',
  'SIGNER_REFUSED',
  'APPROVAL_DECLINED',
  'KEY_NOT_FOUND',
  'KEY_EXISTS',
  'KEY_INPUT_INVALID',
  'PASSPHRASE_WRONG',
  'PASSPHRASE_WEAK',
  'UNLOCK_TOO_SOON',
  'KEY_FILE_DAMAGED',
  'KEY_FILE_NEWER',
  'KEY_FILE_EXPOSED',
  'KEY_FILE_UNAVAILABLE',
  'KEY_FILE_WRITE_FAILED',
  'SECRET_STORE_UNAVAILABLE',
] as const;

export const ERROR_CODES = [
  ...TRANSIENT_CODES,
  ...PERMANENT_CODES,
  ...REQUEST_CODES,
  ...CAPITAL_CODES,
  ...SIGNER_CODES,
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error as a value. It crosses processes, so it holds no secret, no stack and no vendor's object. */
export interface KeelError {
  readonly code: ErrorCode;
  /** One sentence: what happened, with the field and the value. */
  readonly message: string;
  readonly remedy: Remedy;
  /** One sentence: what to do now. */
  readonly advice: string;
  /** Facts for the log and the support, already in words. */
  readonly details?: Readonly<Record<string, string>>;
}

const transientCodes: ReadonlySet<string> = new Set(TRANSIENT_CODES);

export function isTransient(error: KeelError): boolean {
  return transientCodes.has(error.code);
}

export function keelError(
  code: ErrorCode,
  remedy: Remedy,
  message: string,
  advice: string,
  details?: Readonly<Record<string, string>>,
): KeelError {
  return details === undefined
    ? { code, remedy, message, advice }
    : { code, remedy, message, advice, details };
}
