import { z } from 'zod';
import type { ErrorCode, KeelError } from '#domain/keel-error.ts';
import type { Network, RpcEndpoint } from '#domain/network.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Clock } from '#main/engine/ports.ts';
import { JsonRpcClient, type CallGuard, type RpcCall } from './json-rpc-client.ts';
import { frozen, wrongCluster } from './rpc-failures.ts';

const FROZEN_AFTER_MS = 15_000;
/** Two sightings may be one slot's two ends; a third after so long a time is a node that stands still. */
const FROZEN_AFTER_SIGHTINGS = 3;

/**
 * A provider can put another cluster behind the same address while every read succeeds. Once a minute a read begins
 * with one more call, `getGenesisHash`; a lost socket or connection makes the next read begin with it at once,
 * and any other failure where the last check is not quite new.
 */
const CLUSTER_AGAIN_AFTER_MS = 60_000;

/**
 * On a line where three calls in ten fail, a check after each failure would fail three times in ten itself, and with it
 * the read that it stands before.
 */
const DOUBT_HOLDS_OFF_MS = 10_000;

const SAME_NODE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'RPC_TIMEOUT',
  'RPC_RATE_LIMITED',
  'RPC_SERVER_ERROR',
]);

const genesisSchema = z.string().min(32).max(44);

export interface EndpointSessionOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly rpcTimeoutMs: () => number;
  readonly guard: CallGuard;
  /** Told of every slot that the node has answered with. */
  readonly onSlot: (slot: bigint) => void;
  /** The node turns out to be another cluster's: the slots that it told may have been of that one already. */
  readonly onForeign: () => void;
  readonly onCall?: (call: RpcCall) => void;
}

/**
 * The conversation with one endpoint: whether it belongs to the cluster, and whether its slots advance. Each change of
 * endpoint asks for the genesis again.
 */
export class EndpointSession {
  readonly endpoint: RpcEndpoint;
  readonly client: JsonRpcClient;
  readonly #options: EndpointSessionOptions;
  /** Monotonic; null: not checked, or no longer to be relied on. */
  #clusterCheckedMs: number | null = null;
  #slot: bigint | null = null;
  #slotSinceMs = 0;
  #slotSightings = 0;
  #isWrongCluster = false;
  #standsStill = false;

  constructor(endpoint: RpcEndpoint, options: EndpointSessionOptions) {
    this.endpoint = endpoint;
    this.#options = options;
    const { clock, rpcTimeoutMs, guard, onCall } = options;
    this.client = new JsonRpcClient(endpoint, {
      clock,
      timeoutMs: rpcTimeoutMs,
      guard,
      ...(onCall === undefined ? {} : { onCall }),
    });
  }

  /** By its last answer; it stands until the node says otherwise. */
  get isWrongCluster(): boolean {
    return this.#isWrongCluster;
  }

  /** Its slot did not move when it was asked last, for so long that it is frozen. */
  get standsStill(): boolean {
    return this.#standsStill;
  }

  /** After a failure the node behind the address may be another one: the next read asks again. */
  forgetCluster(): void {
    this.#clusterCheckedMs = null;
  }

  /**
   * After a failed call: a node that answers, or is slow, is the one that it was, and a check of a moment ago still holds.
   */
  noteFailure({ code }: KeelError): void {
    const checkedMs = this.#clusterCheckedMs;
    const isNew =
      checkedMs !== null && this.#options.clock.monotonicMs() - checkedMs < DOUBT_HOLDS_OFF_MS;
    if (!isNew || !SAME_NODE.has(code)) this.forgetCluster();
  }

  /**
   * `WRONG_CLUSTER` unless the node's genesis is the network's; a network without one accepts any node.
   * The value is the number of calls that the check cost.
   */
  async checkCluster(): Promise<Result<number, KeelError>> {
    const { genesisHash } = this.#options.network;
    if (genesisHash === null || this.#clusterIsKnown()) return ok(0);
    const found = await this.readGenesis(genesisHash);
    return found.ok ? ok(1) : found;
  }

  /**
   * Asks the node now, whatever is known. `WRONG_CLUSTER` unless its genesis is the expected one.
   * @param expected null accepts any.
   */
  async readGenesis(expected: string | null): Promise<Result<string, KeelError>> {
    const found = await this.client.call('getGenesisHash', [], genesisSchema);
    if (!found.ok) return found;
    const { genesisHash } = this.#options.network;
    const wasWrongCluster = this.#isWrongCluster;
    this.#isWrongCluster = genesisHash !== null && found.value !== genesisHash;
    this.#clusterCheckedMs = this.#isWrongCluster ? null : this.#options.clock.monotonicMs();
    if (this.#isWrongCluster && !wasWrongCluster) this.#forgetSlots();
    if (expected !== null && found.value !== expected) {
      return err(wrongCluster(this.endpoint.label, found.value, expected));
    }
    return found;
  }

  #clusterIsKnown(): boolean {
    const checkedMs = this.#clusterCheckedMs;
    return (
      checkedMs !== null && this.#options.clock.monotonicMs() - checkedMs < CLUSTER_AGAIN_AFTER_MS
    );
  }

  /** `NODE_FROZEN` when the highest slot has not moved for 15 s although it was asked for. */
  noteSlot(slot: bigint): Result<null, KeelError> {
    const nowMs = this.#options.clock.monotonicMs();
    this.#options.onSlot(slot);
    this.#standsStill = false;
    if (this.#slot === null || slot > this.#slot) {
      this.#slot = slot;
      this.#slotSinceMs = nowMs;
      this.#slotSightings = 1;
      return ok(null);
    }
    this.#slotSightings += 1;
    const stoodMs = nowMs - this.#slotSinceMs;
    this.#standsStill = stoodMs > FROZEN_AFTER_MS && this.#slotSightings >= FROZEN_AFTER_SIGHTINGS;
    return this.#standsStill ? err(frozen(this.endpoint.label, this.#slot, stoodMs)) : ok(null);
  }

  /** Its slots were another chain's, perhaps for a while already: at home again it would seem to stand still. */
  #forgetSlots(): void {
    this.#slot = null;
    this.#standsStill = false;
    this.#options.onForeign();
  }

  /** After sleep: the genesis is asked for again, and how long a slot has stood is counted anew. */
  forget(): void {
    this.#clusterCheckedMs = null;
    this.#slot = null;
    this.#standsStill = false;
  }
}
