import type { NetworkId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, type Result } from '#domain/result.ts';

/** Faults of what was read, each with its own code and remedy; none of them passes by itself. */

export function subAccountMissing(subAccountId: number, authority: string): KeelError {
  return keelError(
    'SUB_ACCOUNT_MISSING',
    'fix-input',
    `Sub-account ${subAccountId} of authority ${shortened(authority)} does not exist on this network.`,
    'Check authority, sub-account number and network, or create the sub-account first.',
    { authority },
  );
}

export function programStateMissing(program: string, stateSeed: string): KeelError {
  return keelError(
    'PROGRAM_STATE_MISSING',
    'operator',
    `Program ${program} has no state account under the seed “${stateSeed}”: it is not the venue that the network names.`,
    'Check program and state seed of the network, and that the endpoint serves that network.',
  );
}

export function marketMissing(what: string): KeelError {
  return keelError(
    'MARKET_MISSING',
    'operator',
    `The ${what} does not exist, so the sub-account cannot be valued.`,
    'Check that the endpoint serves the right network; otherwise report it with the authority and sub-account.',
  );
}

export function wrongOwner(what: string, key: string, owner: string, expected: string): KeelError {
  return keelError(
    'ACCOUNT_WRONG_OWNER',
    'operator',
    `The ${what} ${key} is owned by program ${owner}, not by ${expected}.`,
    'Check program and network; do not trade on this account.',
  );
}

export function undecodable(what: string, key: string, problem: string): KeelError {
  return keelError(
    'ACCOUNT_UNDECODABLE',
    'operator',
    `The ${what} ${key} ${problem}.`,
    'The program may have changed its layout: look for a newer version of Keel.',
  );
}

export function mismatch(what: string, field: string, found: string, expected: string): KeelError {
  return keelError(
    'ACCOUNT_MISMATCH',
    'operator',
    `The ${what} says ${field} ${found} where ${expected} was asked for.`,
    'Do not trade on this account; check network and program, and report it.',
  );
}

export function nodeBehind(endpoint: string, seen: bigint | null, wanted: bigint): KeelError {
  const answered = seen === null ? 'has not reached' : `answered at slot ${seen}, before`;
  return keelError(
    'NODE_BEHIND',
    'retry',
    `The endpoint “${endpoint}” ${answered} slot ${wanted}, which was seen already.`,
    'Keel reads again; if it lasts, another endpoint is the cure.',
  );
}

export function neverAtOneSlot(endpoint: string): KeelError {
  return keelError(
    'NODE_BEHIND',
    'retry',
    `The endpoint “${endpoint}” never gave all accounts of the vault at one slot.`,
    'Keel reads again.',
  );
}

const shortened = (key: string): string => `${key.slice(0, 4)}…${key.slice(-4)}`;

export function noEndpoint(network: NetworkId): KeelError {
  return keelError(
    'NETWORK_UNKNOWN',
    'fix-input',
    `The network ${network} has no endpoint.`,
    'Enter an RPC endpoint for it in the settings.',
  );
}

/** A bug in the reader itself, as a value: nothing was read. */
export function readerFault(cause: unknown): Result<never, KeelError> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return err(
    keelError(
      'ENGINE_FAULT',
      'stop',
      `The reader failed by a fault of its own: ${reason}`,
      'Report it with the log; nothing was stored.',
    ),
  );
}
