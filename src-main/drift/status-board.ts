import type { KeelError } from '#domain/keel-error.ts';
import type { Network, NetworkStatus } from '#domain/network.ts';
import type { Unsubscribe } from '#main/engine/ports.ts';

/** What is known of the network now; tells its listeners of every change, and only of changes. */
export class StatusBoard {
  #status: NetworkStatus;
  readonly #listeners = new Set<(status: NetworkStatus) => void>();

  constructor(network: Network) {
    this.#status = {
      network: network.id,
      endpointLabel: network.endpoints[0]?.label ?? 'none',
      endpointIndex: 0,
      endpointCount: network.endpoints.length,
      socket: 'down',
      connection: 'connecting',
      slot: null,
      latencyMs: null,
      nextAttemptAtMs: null,
      endpoints: [],
    };
  }

  get status(): NetworkStatus {
    return this.#status;
  }

  onChange(listener: (status: NetworkStatus) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  update(change: Partial<NetworkStatus>): void {
    const next = { ...this.#status, ...change };
    const fields = Object.keys(change) as (keyof NetworkStatus)[];
    const changed = fields.some((field) => next[field] !== this.#status[field]);
    this.#status = next;
    if (changed) for (const listener of this.#listeners) listener(next);
  }

  /** Slots come several times a second: they are kept for the next change and told with it. */
  noteSlot(slot: bigint): void {
    if (this.#status.slot === null || slot > this.#status.slot) {
      this.#status = { ...this.#status, slot };
    }
  }

  readFailed(error: KeelError): void {
    this.update({
      connection: error.code === 'WRONG_CLUSTER' ? 'wrong-cluster' : 'reconnecting',
    });
  }
}
