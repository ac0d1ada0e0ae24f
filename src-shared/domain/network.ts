import type { Address, NetworkId } from './ids.ts';

/** Where a venue lives on chain. Data, never constants in code: a fork of the venue is another row. */
export interface VenueDeployment {
  readonly program: Address;
  /** Seed of the state account's program address. */
  readonly stateSeed: string;
  readonly quoteMint: Address;
  readonly quoteSymbol: string;
}

export interface RpcEndpoint {
  readonly label: string;
  readonly httpUrl: string;
  readonly webSocketUrl: string;
}

/** Play money and real money are told apart by `kind`, never by name. */
export interface Network {
  readonly id: NetworkId;
  readonly label: string;
  readonly kind: 'practice' | 'live';
  readonly deployment: VenueDeployment;
  readonly endpoints: readonly RpcEndpoint[];
  /** Base58 hash of the cluster's genesis; null only until the practice network has told its own. */
  readonly genesisHash: string | null;
}

/** State of the subscription socket: it only ever hints at a read, so its loss slows Keel but does not blind it. */
export type SocketState = 'connecting' | 'live' | 'silent' | 'down';

export interface NetworkStatus {
  readonly network: NetworkId;
  readonly endpointLabel: string;
  readonly endpointIndex: number;
  readonly endpointCount: number;
  readonly socket: SocketState;
  readonly connection: 'connecting' | 'connected' | 'reconnecting' | 'wrong-cluster';
  /** Highest slot seen, as a bigint; null before the first reply. */
  readonly slot: bigint | null;
  /** Duration of the last successful read; null before it. */
  readonly latencyMs: number | null;
  /** When the next reconnect attempt is due; null unless reconnecting. */
  readonly nextAttemptAtMs: number | null;
}
