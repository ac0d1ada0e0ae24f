import { isTransient, type KeelError } from '#domain/keel-error.ts';
import type { Network } from '#domain/network.ts';
import { err, type Result } from '#domain/result.ts';
import { noEndpoint } from '../failures.ts';
import { EndpointSession, type EndpointSessionOptions } from '../rpc/endpoint-session.ts';

/** The network's endpoints for capital operations: one in use, the others for when it fails and to bear it out. */
export class ChainAccess {
  readonly network: Network;
  readonly #sessions: readonly EndpointSession[];
  #index = 0;

  constructor(options: EndpointSessionOptions) {
    this.network = options.network;
    this.#sessions = options.network.endpoints.map(
      (endpoint) => new EndpointSession(endpoint, options),
    );
  }

  /** Works on the endpoint in use, after its cluster was checked. Its failure makes the next call use the next one. */
  async run<Value>(
    work: (session: EndpointSession) => Promise<Result<Value, KeelError>>,
  ): Promise<Result<Value, KeelError>> {
    const session = this.#sessions[this.#index];
    if (session === undefined) return err(noEndpoint(this.network.id));
    const cluster = await session.checkCluster();
    const result = cluster.ok ? await work(session) : cluster;
    if (!result.ok && isEndpointsFault(result.error)) {
      session.forgetCluster();
      if (this.#sessions[this.#index] === session) {
        this.#index = (this.#index + 1) % this.#sessions.length;
      }
    }
    return result;
  }

  /** Every endpoint but the given one. */
  othersThan(session: EndpointSession): readonly EndpointSession[] {
    return this.#sessions.filter((other) => other !== session);
  }
}

function isEndpointsFault(error: KeelError): boolean {
  return isTransient(error) || error.code === 'RPC_REFUSED' || error.code === 'WRONG_CLUSTER';
}
