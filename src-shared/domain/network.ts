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

/**
 * `unknown`: not asked yet. `behind`: its slots lag. `slow`: its median answer is over the limit. `limited`: it answered
 * 429 and is given a pause. `down`: its last calls failed. `wrong-cluster`: another network's node, never used.
 */
export type EndpointCondition =
  'unknown' | 'ok' | 'behind' | 'slow' | 'limited' | 'down' | 'wrong-cluster';

/**
 * What is known of one endpoint; figures over its last calls (at most 100, of the last 5 minutes), the median over the last
 * nine, so that a node that has grown slow is known within half a minute.
 */
export interface EndpointHealth {
  readonly label: string;
  readonly index: number;
  readonly inUse: boolean;
  readonly condition: EndpointCondition;
  /** In words where the condition is not `ok`; never a URL. */
  readonly reason: string | null;
  /** Highest slot that it told. */
  readonly slot: bigint | null;
  /** Slots behind the highest slot that any endpoint has told at about the same time; null: not known. */
  readonly slotLag: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly latencyP99Ms: number | null;
  readonly calls: number;
  readonly errors: number;
  /** HTTP 429 or its JSON-RPC kin among the errors. */
  readonly rateLimited: number;
  /** Requests a second that Keel allows itself here now. */
  readonly budgetPerSecond: number;
  /** Nothing is sent before this; null: no pause. */
  readonly pausedUntilMs: number | null;
  /** When it was last asked anything; null: never. */
  readonly askedAtMs: number | null;
}

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
  /** Every endpoint, in the trader's order: the first is the preferred one. */
  readonly endpoints: readonly EndpointHealth[];
}
