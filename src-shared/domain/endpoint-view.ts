/** RPC endpoints as the window may see them. An address can hold an access token: it goes in, and never comes back out. */

export interface EndpointView {
  /** Stands for the saved endpoint while the list is edited; not derived from its address. */
  readonly id: string;
  readonly label: string;
  /** Origin only, with `/…` where there is more: `https://rpc.example.com/…`. */
  readonly address: string;
  readonly webSocketAddress: string;
  /** Whether the address holds more than an origin, which may be a token. */
  readonly holdsToken: boolean;
}

/** One line of the list as the trader wants it: one that is saved already, or a new address. */
export type EndpointEdit =
  | { readonly kind: 'saved'; readonly id: string; readonly label: string }
  | {
      readonly kind: 'new';
      readonly label: string;
      readonly httpUrl: string;
      /** Null: the same address with `ws` for `http`. */
      readonly webSocketUrl: string | null;
    };

export const ENDPOINT_TEST_STEPS = ['connect', 'cluster', 'slot', 'accounts', 'socket'] as const;
export type EndpointTestStep = (typeof ENDPOINT_TEST_STEPS)[number];

export interface EndpointTestLine {
  readonly step: EndpointTestStep;
  readonly outcome: 'ok' | 'failed' | 'skipped';
  /** In words, with the figure; never the address. */
  readonly text: string;
  readonly tookMs: number | null;
}

export interface EndpointTest {
  readonly lines: readonly EndpointTestLine[];
  /** Whether every step that matters for the sync was ok. */
  readonly usable: boolean;
}
