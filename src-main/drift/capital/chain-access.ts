import { isTransient, type KeelError } from '#domain/keel-error.ts';
import type { Network } from '#domain/network.ts';
import type { Result } from '#domain/result.ts';
import type { Clock } from '#main/engine/ports.ts';
import type { EndpointPool } from '../rpc/endpoint-pool.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';

/** How long an endpoint that failed a capital operation is passed over by the next ones. */
const AVOIDED_FOR_MS = 60_000;

/**
 * The network's endpoints for capital operations: the one in use, and the others for when it fails and to bear it out.
 * An endpoint may read well and refuse what capital needs: it is passed over here only, and the reads stay with it.
 */
export class ChainAccess {
  readonly network: Network;
  readonly #pool: EndpointPool;
  readonly #clock: Clock;
  /** Monotonic times of the failures. */
  readonly #failedMs = new Map<EndpointSession, number>();

  constructor(pool: EndpointPool, clock: Clock) {
    this.network = pool.network;
    this.#pool = pool;
    this.#clock = clock;
  }

  /** Works on an endpoint after its cluster was checked. Its failure makes the next call use another one. */
  async run<Value>(
    work: (session: EndpointSession) => Promise<Result<Value, KeelError>>,
  ): Promise<Result<Value, KeelError>> {
    const tried = { session: this.#pool.current };
    const found = await this.#pool.inCluster(() => {
      tried.session = this.#choose();
      return tried.session;
    });
    const result = found.ok ? await work(found.value.session) : found;
    const { session } = tried;
    if (!result.ok && session !== null && isEndpointsFault(result.error)) {
      session.forgetCluster();
      this.#failedMs.set(session, this.#clock.monotonicMs());
    }
    return result;
  }

  /** Every other node: an address that is listed twice is one, and bears nothing out. */
  othersThan(session: EndpointSession): readonly EndpointSession[] {
    const seen = new Set([nodeOf(session)]);
    return this.#pool.sessions.filter((other) => {
      const isNew = !seen.has(nodeOf(other));
      seen.add(nodeOf(other));
      return isNew;
    });
  }

  /** The first from the one in use on that has not just failed; all have: the one whose failure is the oldest. */
  #choose(): EndpointSession | null {
    const nowMs = this.#clock.monotonicMs();
    const { sessions, currentIndex, current } = this.#pool;
    const inTurn = [...sessions.slice(currentIndex), ...sessions.slice(0, currentIndex)].filter(
      ({ isWrongCluster }) => !isWrongCluster,
    );
    const failedMs = (session: EndpointSession): number => {
      const atMs = this.#failedMs.get(session);
      return atMs === undefined || nowMs - atMs > AVOIDED_FOR_MS ? Number.NEGATIVE_INFINITY : atMs;
    };
    return inTurn.toSorted((left, right) => failedMs(left) - failedMs(right) || 0)[0] ?? current;
  }
}

/** Its address, however it is written. */
const nodeOf = ({ endpoint: { httpUrl } }: EndpointSession): string => new URL(httpUrl).href;

function isEndpointsFault(error: KeelError): boolean {
  return isTransient(error) || error.code === 'RPC_REFUSED' || error.code === 'WRONG_CLUSTER';
}
