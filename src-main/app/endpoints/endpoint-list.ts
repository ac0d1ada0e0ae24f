/** The endpoints of one network as the window edits them: views without addresses, and edits back to endpoints. */
import { tokensOf } from '#domain/endpoint-secrets.ts';
import type { EndpointEdit, EndpointView } from '#domain/endpoint-view.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { RpcEndpoint } from '#domain/network.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { endpointSchema } from '#main/platform/endpoint-schema.ts';

/** A saved endpoint under the name that the window knows it by. */
export interface KnownEndpoint {
  readonly id: string;
  readonly endpoint: RpcEndpoint;
}

export function viewOf({ id, endpoint }: KnownEndpoint): EndpointView {
  const { label, httpUrl, webSocketUrl } = endpoint;
  return {
    id,
    label,
    address: shownAddress(httpUrl),
    webSocketAddress: shownAddress(webSocketUrl),
    holdsToken: tokensOf(endpoint).length > 0 || [httpUrl, webSocketUrl].some(holdsMore),
  };
}

/**
 * The endpoint that an edit means. Errors: `ENDPOINT_UNUSABLE`, which name its label and what is wrong, never what was
 * typed as an address.
 */
export function endpointOf(
  edit: EndpointEdit,
  known: readonly KnownEndpoint[],
): Result<RpcEndpoint, KeelError> {
  if (edit.kind === 'saved') {
    const found = known.find(({ id }) => id === edit.id);
    if (found === undefined) return err(unusable('an endpoint of this list is not there any more'));
    return parsed({ ...found.endpoint, label: edit.label });
  }
  const httpUrl = edit.httpUrl.trim();
  const webSocketUrl = edit.webSocketUrl?.trim() ?? socketAddressOf(httpUrl);
  const wrong =
    problemOf(httpUrl, 'http', 'the address') ??
    problemOf(webSocketUrl, 'ws', 'the address of its socket');
  if (wrong !== null) return err(unusable(`${nameOf(edit)}: ${wrong}`));
  return parsed({ label: edit.label, httpUrl, webSocketUrl });
}

/** All of a list, in its order; two of the same address or of the same label are refused. */
export function endpointsOf(
  edits: readonly EndpointEdit[],
  known: readonly KnownEndpoint[],
): Result<readonly KnownEndpoint[], KeelError> {
  const list: KnownEndpoint[] = [];
  for (const edit of edits) {
    const endpoint = endpointOf(edit, known);
    if (!endpoint.ok) return endpoint;
    const twin = list.find(
      (other) =>
        addressKey(other.endpoint) === addressKey(endpoint.value) ||
        other.endpoint.label === endpoint.value.label,
    );
    if (twin !== undefined) return err(doubled(twin.endpoint, endpoint.value));
    list.push({ id: edit.kind === 'saved' ? edit.id : '', endpoint: endpoint.value });
  }
  return list.length === 0 ? err(unusable('a network needs at least one endpoint')) : ok(list);
}

/** `wss` for `https` and `ws` for `http`, everything else as it is. */
export const socketAddressOf = (httpUrl: string): string => httpUrl.replace(/^http/i, 'ws');

function parsed(endpoint: RpcEndpoint): Result<RpcEndpoint, KeelError> {
  const checked = endpointSchema.safeParse(endpoint);
  return checked.success
    ? ok(checked.data)
    : err(unusable('an endpoint of this list has no valid address'));
}

/** In words what is wrong with an address, without it; null: nothing. */
function problemOf(url: string, scheme: 'http' | 'ws', what: string): string | null {
  if (!URL.canParse(url)) return `${what} is not a URL; it begins with ${scheme}s://`;
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== `${scheme}:` && protocol !== `${scheme}s:`) {
    return `${what} must begin with ${scheme}s://`;
  }
  // Keel could not send them: a request with a name in its address is refused by the platform.
  if (username !== '' || password !== '') {
    return `${what} holds a user or a password before its host, which Keel cannot send; use the provider’s address with its token in the path`;
  }
  if (protocol === `${scheme}:` && !isLoopback(hostname)) {
    return `${what} is not encrypted: without TLS only this computer’s own node may be used (${scheme}://127.0.0.1)`;
  }
  return null;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

const shownAddress = (url: string): string => {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}${holdsMore(url) ? '/…' : ''}`;
};

function holdsMore(url: string): boolean {
  const { pathname, search, hash, username, password } = new URL(url);
  return [search, hash, username, password].some((part) => part !== '') || pathname !== '/';
}

const addressKey = ({ httpUrl }: RpcEndpoint): string => new URL(httpUrl).href;

/** A label under which somebody has pasted the address is not repeated. */
const nameOf = ({ label }: Pick<EndpointEdit, 'label'>): string =>
  /:\/\/|\S{33,}/.test(label) ? 'the new endpoint' : `“${label}”`;

function doubled(first: RpcEndpoint, second: RpcEndpoint): KeelError {
  return unusable(
    first.label === second.label
      ? `two endpoints are called ${nameOf(first)}`
      : `${nameOf(second)} has the same address as ${nameOf(first)}`,
  );
}

function unusable(why: string): KeelError {
  return keelError(
    'ENDPOINT_UNUSABLE',
    'fix-input',
    `Endpoints not changed: ${why}.`,
    'Correct it and try again.',
  );
}
