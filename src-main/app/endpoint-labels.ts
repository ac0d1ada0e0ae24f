import type { Network } from '#domain/network.ts';

/** URL to label of every endpoint: in the log an endpoint goes by its label, its URL may hold an access token. */
export function endpointLabelsOf(networks: readonly Network[]): ReadonlyMap<string, string> {
  return new Map(
    networks.flatMap(({ endpoints }) =>
      endpoints.flatMap(({ label, httpUrl, webSocketUrl }): [string, string][] => [
        [httpUrl, label],
        [webSocketUrl, label],
      ]),
    ),
  );
}
