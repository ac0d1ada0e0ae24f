import { keelError, type KeelError } from '#domain/keel-error.ts';

/**
 * Faults of the connection, as values. They name the endpoint by its label only: its URL may hold a token.
 */

export function timedOut(endpoint: string, method: string, afterMs: number): KeelError {
  return transient(
    'RPC_TIMEOUT',
    `The node ${endpoint} did not answer ${method} in ${afterMs} ms.`,
  );
}

export function unreachable(endpoint: string, method: string, reason: string): KeelError {
  return transient(
    'RPC_UNREACHABLE',
    `The node ${endpoint} cannot be reached for ${method}: ${reason}.`,
  );
}

export function truncated(endpoint: string, method: string): KeelError {
  return transient(
    'RPC_TRUNCATED_REPLY',
    `The reply of the node ${endpoint} to ${method} was cut off.`,
  );
}

export function malformed(endpoint: string, method: string, problem: string): KeelError {
  return transient(
    'RPC_MALFORMED_REPLY',
    `The reply of the node ${endpoint} to ${method} is not what the protocol says: ${problem}.`,
  );
}

/** Failure of a reply with an HTTP status other than 200. */
export function httpFailure(
  endpoint: string,
  method: string,
  status: number,
  retryAfter: string | null,
): KeelError {
  if (status === 429) {
    const wait = retryAfter === null ? '' : ` and asks for a pause of ${retryAfter}`;
    return transient(
      'RPC_RATE_LIMITED',
      `The node ${endpoint} refuses ${method} because of too many requests (429)${wait}.`,
      retryAfter === null ? undefined : { retryAfter },
    );
  }
  if (status >= 500) {
    return transient(
      'RPC_SERVER_ERROR',
      `The node ${endpoint} failed at ${method} with HTTP ${status}.`,
    );
  }
  const redirected = status >= 300 && status < 400;
  return keelError(
    'RPC_REFUSED',
    'operator',
    `The node ${endpoint} ${redirected ? 'redirects' : 'refuses'} ${method} with HTTP ${status}.`,
    redirected
      ? 'Keel follows no redirects: enter the address that the endpoint redirects to.'
      : 'Check the address and the access token of the endpoint.',
  );
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
  const words = text.replace(/\s+/g, ' ').slice(0, 200);
  switch (code) {
    case NODE_UNHEALTHY:
    case MIN_CONTEXT_SLOT_NOT_REACHED:
      return transient(
        'NODE_BEHIND',
        `The node ${endpoint} is behind the cluster at ${method}: ${words}`,
      );
    case 429:
    case -32_429:
      return transient('RPC_RATE_LIMITED', `The node ${endpoint} limits ${method}: ${words}`);
    case INTERNAL_ERROR:
      return transient('RPC_SERVER_ERROR', `The node ${endpoint} failed at ${method}: ${words}`);
    default:
      return keelError(
        'RPC_REFUSED',
        'operator',
        `The node ${endpoint} refuses ${method} with code ${code}: ${words}`,
        'Check that the endpoint allows this method, or use another endpoint.',
      );
  }
}

export function frozen(endpoint: string, slot: bigint, forMs: number): KeelError {
  return transient(
    'NODE_FROZEN',
    `The node ${endpoint} has stood at slot ${slot} for ${Math.floor(forMs / 1_000)} s.`,
  );
}

export function wrongCluster(endpoint: string, found: string, expected: string): KeelError {
  return keelError(
    'WRONG_CLUSTER',
    'operator',
    `The node ${endpoint} belongs to the cluster ${found}, not to ${expected}: nothing was read from it.`,
    'Correct the endpoint, or choose the network that it serves.',
  );
}

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
