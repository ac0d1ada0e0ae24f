import type { RpcEndpoint } from './network.ts';

/** Parts of an endpoint's URL that are this long are taken for an access token wherever they stand. */
const SHORTEST_TOKEN = 12;
/** Its user, and everything after its host. */
const PARTS = /^[a-z]+:\/\/(?:([^@/?#]*)@)?[^/?#]*(.*)$/is;

/** An endpoint's path, its parameters and its user may be what the trader pays for: they are told nowhere. */
export function tokensOf(endpoint: Pick<RpcEndpoint, 'httpUrl' | 'webSocketUrl'>): string[] {
  return [endpoint.httpUrl, endpoint.webSocketUrl]
    .flatMap((url) => {
      const [, user = '', rest = ''] = PARTS.exec(url) ?? [];
      const inRest = rest.split(/[/?&#]/).map((part) => part.slice(part.indexOf('=') + 1));
      return [...user.split(':'), ...inRest].flatMap((part) => [part, decoded(part)]);
    })
    .filter((part) => part.length >= SHORTEST_TOKEN);
}

/** A text that a node has told, or that was typed as its label, without the endpoint's addresses and tokens. */
export function withoutTokens(
  text: string,
  endpoint: Pick<RpcEndpoint, 'httpUrl' | 'webSocketUrl'>,
): string {
  const addresses = [endpoint.httpUrl, endpoint.webSocketUrl].filter((url) => url.length > 0);
  return [...addresses, ...tokensOf(endpoint)].reduce(
    (told, secret) => told.replaceAll(secret, '…'),
    text,
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
