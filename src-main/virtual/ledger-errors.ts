import { keelError, type KeelError } from '#domain/keel-error.ts';
import { faultOf } from '#domain/keel-fault.ts';

export function noLedger(name: string): KeelError {
  return keelError(
    'SUB_ACCOUNT_MISSING',
    'operator',
    `The paper vault “${name}” has no ledger.`,
    'Reset the vault to its allocation.',
  );
}

/** What the ledger threw, as a value: the fault that it named, or an `ENGINE_FAULT` with these words. */
export function ledgerFault(what: string, thrown: unknown): KeelError {
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  const fault = keelError(
    'ENGINE_FAULT',
    'operator',
    `${what}: ${words}`,
    'Check the data folder and its disk, then try again.',
  );
  return faultOf(thrown) ?? fault;
}
