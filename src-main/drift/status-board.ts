import type { KeelError } from '#domain/keel-error.ts';
import type { EndpointHealth, Network, NetworkStatus } from '#domain/network.ts';
import type { Clock, Unsubscribe } from '#main/engine/ports.ts';

/** The endpoints' figures change with every call: they are told this long after the first change. */
const HEALTH_TOLD_AFTER_MS = 1_000;

export interface StatusBoardOptions {
  readonly network: Network;
  readonly clock: Clock;
  /** Asked whenever the status is told. */
  readonly endpoints: () => readonly EndpointHealth[];
}

/** What is known of the network now; tells its listeners of every change, and only of changes. */
export class StatusBoard {
  readonly #options: StatusBoardOptions;
  #status: Omit<NetworkStatus, 'endpoints'>;
  #told = '';
  #telling: Unsubscribe | null = null;
  #closed = false;
  readonly #listeners = new Set<(status: NetworkStatus) => void>();

  constructor(options: StatusBoardOptions) {
    const { network } = options;
    this.#options = options;
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
    };
  }

  get status(): NetworkStatus {
    return { ...this.#status, endpoints: this.#options.endpoints() };
  }

  onChange(listener: (status: NetworkStatus) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  update(change: Partial<Omit<NetworkStatus, 'endpoints'>>): void {
    const next = { ...this.#status, ...change };
    const fields = Object.keys(change) as (keyof typeof change)[];
    const changed = fields.some((field) => next[field] !== this.#status[field]);
    this.#status = next;
    if (changed) this.#tell();
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

  /** What is known of the endpoints may have changed: told within a second, with all that comes until then. */
  healthChanged(): void {
    if (this.#closed) return;
    this.#telling ??= this.#options.clock.schedule(HEALTH_TOLD_AFTER_MS, () => {
      this.#telling = null;
      if (fingerprint(this.#options.endpoints()) !== this.#told) this.#tell();
    });
  }

  close(): void {
    this.#closed = true;
    this.#telling?.();
    this.#telling = null;
  }

  #tell(): void {
    this.#telling?.();
    this.#telling = null;
    const { status } = this;
    this.#told = fingerprint(status.endpoints);
    for (const listener of this.#listeners) listener(status);
  }
}

const fingerprint = (endpoints: readonly EndpointHealth[]): string =>
  JSON.stringify(endpoints, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
