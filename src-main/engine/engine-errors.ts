import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { VaultId } from '#domain/ids.ts';
import { faultOf } from '#domain/keel-fault.ts';
import { toDecimalString } from '#domain/decimal.ts';
import { QUOTE_DECIMALS, type QuoteAmount, type Slot } from '#domain/units.ts';

/** The message of anything that was thrown. */
export function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

export const quoteText = (amount: QuoteAmount): string => toDecimalString(amount, QUOTE_DECIMALS);

/** What the store says of itself, with its own code and remedy; anything else that is thrown is a bug of Keel's. */
export function engineFault(where: string, thrown: unknown): KeelError {
  const known = faultOf(thrown);
  if (known !== null) return known;
  return keelError(
    'ENGINE_FAULT',
    'operator',
    `The engine failed in ${where}: ${wordsOf(thrown)}`,
    'Trading is stopped for this vault. Send the log to the support and restart Keel.',
  );
}

/** What the store says of its refusal, with its own code and remedy; of anything else that it throws, the words. */
export function writeFailed(what: string, thrown: unknown): KeelError {
  const known = faultOf(thrown);
  if (known !== null) return { ...known, message: `${what} was not stored. ${known.message}` };
  return keelError(
    'DATABASE_WRITE_FAILED',
    'operator',
    `${what} could not be stored: ${wordsOf(thrown)}`,
    'Check that the disk has room and that the data folder can be written, then sync again.',
  );
}

export function slotOlder(seen: Slot, read: Slot): KeelError {
  return keelError(
    'SLOT_OLDER',
    'retry',
    `The node answered from slot ${read}, but slot ${seen} has been seen already.`,
    'Keel asks again. If it lasts, the endpoint is behind: use another one.',
    { seenSlot: seen.toString(), readSlot: read.toString() },
  );
}

export function chainMovedOn(moves: number, at: Slot): KeelError {
  return keelError(
    'CHAIN_MOVED_ON',
    'retry',
    `The account changed in each of ${moves} reads in a row, lastly at slot ${at}.`,
    'Keel asks again as soon as the account is quieter.',
    { moves: String(moves), slot: at.toString() },
  );
}

export function readsDisagree(at: Slot, first: string, second: string): KeelError {
  return keelError(
    'SNAPSHOT_DISCREPANT',
    'stop',
    `Two reads of slot ${at} show different holdings.`,
    'Trading is halted. Compare with an explorer, change the endpoint, and sync again.',
    { slot: at.toString(), first, second },
  );
}

export function storedRowWrong(at: Slot): KeelError {
  return keelError(
    'SNAPSHOT_DISCREPANT',
    'stop',
    `The stored row of slot ${at} does not show what was written.`,
    'Trading is halted. Check the disk, make a backup, and sync again.',
    { slot: at.toString() },
  );
}

export function vaultNotFound(id: VaultId): KeelError {
  return keelError(
    'VAULT_NOT_FOUND',
    'fix-input',
    `vaultId: there is no vault ${id}.`,
    'Choose a vault of the list.',
  );
}

export function inputInvalid(
  field: string,
  value: string,
  rule: string,
  advice: string,
): KeelError {
  return keelError('INPUT_INVALID', 'fix-input', `${field}: “${value}” ${rule}.`, advice, {
    field,
    value,
  });
}

export function engineStopped(): KeelError {
  return keelError(
    'ENGINE_UNAVAILABLE',
    'retry',
    'The engine stopped before the sync ended.',
    'Try again when Keel runs.',
  );
}
