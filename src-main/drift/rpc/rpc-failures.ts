import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { CallOutcome } from './endpoint-meter.ts';

/**
 * Faults of the connection, as values. They name the endpoint by its label only: its URL may hold a token.
 * The RPC method means nothing to a trader: it is in the details.
 */

export function timedOut(endpoint: string, method: string, afterMs: number): KeelError {
  return transient(
    'RPC_TIMEOUT',
    `The endpoint “${endpoint}” did not answer within ${secondsOf(afterMs)} s.`,
    { method },
  );
}

export function unreachable(endpoint: string, method: string, reason: string): KeelError {
  return transient('RPC_UNREACHABLE', `The endpoint “${endpoint}” cannot be reached: ${reason}.`, {
    method,
  });
}

export function truncated(endpoint: string, method: string): KeelError {
  return transient('RPC_TRUNCATED_REPLY', `The answer of the endpoint “${endpoint}” was cut off.`, {
    method,
  });
}

export function malformed(endpoint: string, method: string, problem: string): KeelError {
  return transient(
    'RPC_MALFORMED_REPLY',
    `The answer of the endpoint “${endpoint}” cannot be read: ${problem}.`,
    { method },
  );
}

/** A date takes 29; what is longer says nothing. */
const LONGEST_HEADER = 40;

/** Failure of a reply with an HTTP status other than 200. */
export function httpFailure(
  endpoint: string,
  method: string,
  status: number,
  retryAfter: string | null,
): KeelError {
  if (status === 429) {
    const wait =
      retryAfter === null ? '' : ` and asks for a pause of ${retryAfter.slice(0, LONGEST_HEADER)}`;
    return transient(
      'RPC_RATE_LIMITED',
      `The endpoint “${endpoint}” answered HTTP 429, too many requests${wait}.`,
      retryAfter === null ? { method } : { method, retryAfter },
    );
  }
  if (status >= 500) {
    return transient(
      'RPC_SERVER_ERROR',
      `The endpoint “${endpoint}” answered HTTP ${status}, a fault of its own.`,
      { method },
    );
  }
  const redirected = status >= 300 && status < 400;
  return keelError(
    'RPC_REFUSED',
    'operator',
    `The endpoint “${endpoint}” ${redirected ? 'redirects elsewhere' : 'refused the request'}: HTTP ${status}.`,
    redirected
      ? 'Keel follows no redirects: enter the address that the endpoint redirects to.'
      : 'Check the address and the access token of the endpoint.',
    { method, status: String(status) },
  );
}

/** The call was not sent: the endpoint wants a pause, or its budget was used up for as long as the call could wait. */
export function notSent(endpoint: string, method: string, because: 'paused' | 'busy'): KeelError {
  return transient(
    'RPC_RATE_LIMITED',
    because === 'paused'
      ? `The endpoint “${endpoint}” asked for a pause: nothing was sent to it.`
      : `The endpoint “${endpoint}” has as many requests as Keel allows itself: this one was not sent.`,
    { method },
  );
}

/** How a failed call ended, for the endpoint's meter. A JSON-RPC refusal is an answer; an HTTP one is none. */
export function outcomeOf({ code, details }: KeelError): Exclude<CallOutcome, 'ok'> {
  if (code === 'RPC_RATE_LIMITED') return 'limited';
  if (code === 'NODE_BEHIND') return 'behind';
  return code === 'RPC_REFUSED' && details?.status === undefined ? 'refused' : 'failed';
}

const NODE_UNHEALTHY = -32_005;
const MIN_CONTEXT_SLOT_NOT_REACHED = -32_016;
const INTERNAL_ERROR = -32_603;

/** Failure of a reply that holds a JSON-RPC error. */
export function rpcFailure(
  endpoint: string,
  method: string,
  code: number,
  text: string,
): KeelError {
  const words = sentence(text.replace(/\s+/g, ' ').slice(0, 200));
  switch (code) {
    case NODE_UNHEALTHY:
    case MIN_CONTEXT_SLOT_NOT_REACHED:
      return transient(
        'NODE_BEHIND',
        `The endpoint “${endpoint}” is behind the cluster: ${words}`,
        { method },
      );
    case 429:
    case -32_429:
      return transient(
        'RPC_RATE_LIMITED',
        `The endpoint “${endpoint}” limits the requests: ${words}`,
        { method },
      );
    case INTERNAL_ERROR:
      return transient(
        'RPC_SERVER_ERROR',
        `The endpoint “${endpoint}” reports a fault of its own: ${words}`,
        { method },
      );
    default:
      return keelError(
        'RPC_REFUSED',
        'operator',
        `The endpoint “${endpoint}” refused the request with code ${code}: ${words}`,
        `Check that the endpoint allows ${method}, or use another endpoint.`,
        { method },
      );
  }
}

export function frozen(endpoint: string, slot: bigint, forMs: number): KeelError {
  return transient(
    'NODE_FROZEN',
    `The endpoint “${endpoint}” has stood at slot ${slot} for ${Math.floor(forMs / 1_000)} s.`,
  );
}

export function wrongCluster(endpoint: string, found: string, expected: string): KeelError {
  return keelError(
    'WRONG_CLUSTER',
    'operator',
    `The endpoint “${endpoint}” belongs to another network: nothing was read from it.`,
    'Correct the endpoint, or choose the network that it serves.',
    { found, expected },
  );
}

/** A node's own words go on in a sentence of Keel's. */
const sentence = (words: string): string => `${words.trim().replace(/[.\s]+$/, '')}.`;

const secondsOf = (ms: number): number => Math.round(ms / 100) / 10;

function transient(
  code: KeelError['code'],
  message: string,
  details?: Readonly<Record<string, string>>,
): KeelError {
  return keelError(
    code,
    'retry',
    message,
    'Keel tries again; if it lasts, check the endpoint.',
    details,
  );
}
