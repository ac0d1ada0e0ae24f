/** The endpoints of one network as the window edits them: views without addresses, and edits back to endpoints. */
import { addressProblem, socketAddressOf } from '#domain/endpoint-address.ts';
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
  const wrong = addressProblem(httpUrl, 'http');
  if (wrong !== null) return err(unusable(`the address of ${nameOf(edit)}. ${wrong}`));
  const wrongSocket = addressProblem(webSocketUrl, 'ws');
  if (wrongSocket !== null) {
    return err(unusable(`the socket’s address of ${nameOf(edit)}. ${wrongSocket}`));
  }
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

function parsed(endpoint: RpcEndpoint): Result<RpcEndpoint, KeelError> {
  const checked = endpointSchema.safeParse(endpoint);
  return checked.success
    ? ok(checked.data)
    : err(unusable('an endpoint of this list has no valid address'));
}

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
    `This cannot be used: ${why.replace(/\.$/, '')}.`,
    'Correct it and try again.',
  );
}
