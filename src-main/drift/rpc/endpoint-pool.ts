import { z } from 'zod';
import type { EndpointCondition, EndpointHealth, Network } from '#domain/network.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Clock, Logger, Unsubscribe } from '#main/engine/ports.ts';
import { noEndpoint } from '../failures.ts';
import { chooseEndpoint, isBad, nextInTurn } from './choose-endpoint.ts';
import type { EndpointLimits } from './endpoint-health.ts';
import { EndpointNode } from './endpoint-node.ts';
import type { EndpointSession } from './endpoint-session.ts';
import type { RpcCall } from './json-rpc-client.ts';
import { ProbePlan } from './probe-plan.ts';
import { SlotClock } from './slot-clock.ts';

export interface EndpointPoolOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long one call may take; asked anew each time. */
  readonly rpcTimeoutMs: () => number;
  /** Asked anew each time, so that a change counts at once. */
  readonly limits: () => EndpointLimits;
  /** Told of every HTTP call after it ended, the probes of idle endpoints among them. */
  readonly onCall?: (call: RpcCall) => void;
}

/** `moved`: another endpoint is in use. `health`: a figure may have changed. `woke`: sockets are to be opened anew. */
export type PoolEvent = 'moved' | 'health' | 'woke';

/** For a pool that is nobody's but one reader's: no budget of its own, only what the endpoints ask for. */
export const UNSHARED_LIMITS: EndpointLimits = {
  ...DEFAULT_WATCH_SETTINGS,
  requestsPerSecond: 1_000,
};

const slotSchema = z.number().int().nonnegative();

/**
 * The endpoints of one network, shared by everything that asks it: one is in use, the others are looked at now and then.
 * A bad one is left by itself, the trader's first is returned to when it has been well for a while, and one of another
 * cluster is never used. With a single endpoint there is nothing to look at beside the reads themselves.
 */
export class EndpointPool {
  readonly network: Network;
  readonly #options: EndpointPoolOptions;
  readonly #nodes: readonly EndpointNode[];
  readonly #slots = new SlotClock();
  readonly #probes: ProbePlan;
  readonly #listeners = new Set<(event: PoolEvent) => void>();
  #index = 0;
  #changedMs = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(options: EndpointPoolOptions) {
    this.#options = options;
    this.network = options.network;
    this.#nodes = options.network.endpoints.map(
      (endpoint) =>
        new EndpointNode(endpoint, {
          ...options,
          slots: this.#slots,
          onEnded: () => this.#reconsider(),
        }),
    );
    this.#probes = new ProbePlan(options.clock, (index) => this.#probe(index));
  }

  /** The endpoint in use; null: the network has none. */
  get current(): EndpointSession | null {
    return this.#nodes[this.#index]?.session ?? null;
  }

  get currentIndex(): number {
    return this.#index;
  }

  /** All endpoints, in the trader's order. */
  get sessions(): readonly EndpointSession[] {
    return this.#nodes.map(({ session }) => session);
  }

  /**
   * An endpoint of the network's own cluster, and the number of calls that its check cost. `choose` is asked again for as
   * long as it names others instead of those that turn out to be of another cluster.
   */
  async inCluster(
    choose: () => EndpointSession | null = () => this.current,
  ): Promise<Result<{ readonly session: EndpointSession; readonly rpcCalls: number }, KeelError>> {
    const refused = new Set<EndpointSession>();
    let rpcCalls = 0;
    for (;;) {
      const session = choose();
      if (session === null) return err(noEndpoint(this.network.id));
      const cluster = await session.checkCluster();
      if (cluster.ok) return ok({ session, rpcCalls: rpcCalls + cluster.value });
      if (cluster.error.code !== 'WRONG_CLUSTER') return cluster;
      rpcCalls += 1;
      refused.add(session);
      this.#reconsider();
      const next = choose();
      if (next === null || refused.has(next)) return cluster;
    }
  }

  /**
   * An endpoint to ask at once where the given one has just failed: the one in use where that is another by now, else the
   * first that is well enough and may be asked without waiting. Null: there is none.
   */
  standInFor(failed: EndpointSession): EndpointSession | null {
    const others = this.#nodes.filter(({ session }) => session !== failed);
    const inUseFirst = others.toSorted(
      (left, right) =>
        Number(right.session === this.current) - Number(left.session === this.current),
    );
    return inUseFirst.find((node) => node.mayStandIn)?.session ?? null;
  }

  /** Moves to the next endpoint of the list, passing over those that are known to be bad. */
  useNext(): void {
    this.current?.forgetCluster();
    const conditions = this.#nodes.map((node) => node.judge().condition);
    this.#moveTo(nextInTurn(conditions, this.#index), 'in turn');
  }

  /** A slot notice of the socket, which is always at the endpoint in use. */
  noteSocketSlot(slot: bigint): void {
    this.#nodes[this.#index]?.noteSlot(slot);
  }

  /** Whether a whole read by the session came from before what Keel had seen. */
  noteReadBehind(session: EndpointSession, isBehind: boolean): void {
    this.#nodes.find((node) => node.session === session)?.noteReadBehind(isBehind);
    this.#reconsider();
  }

  health(): readonly EndpointHealth[] {
    return this.#nodes.map((node, index) => node.health(index, index === this.#index));
  }

  on(listener: (event: PoolEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The computer has slept: nothing that was known counts, pauses are over, every endpoint is looked at anew. */
  wake(): void {
    this.#slots.forget();
    for (const node of this.#nodes) node.wake();
    this.#tell('woke');
    this.#probeAll();
  }

  /** The computer's own network has changed: every endpoint is looked at, at once. */
  networkChanged(): void {
    for (const { session } of this.#nodes) session.forgetCluster();
    this.#tell('woke');
    this.#probeAll();
  }

  close(): void {
    this.#closed = true;
    this.#probes.close();
    for (const node of this.#nodes) node.close();
    this.#listeners.clear();
  }

  #probeAll(): void {
    if (this.#nodes.length > 1) this.#nodes.forEach((_, index) => void this.#probe(index));
  }

  /** Its genesis where that is not known, and its slot. */
  async #probe(index: number): Promise<void> {
    const session = this.#nodes[index]?.session;
    if (session === undefined || this.#closed) return;
    const cluster = await session.checkCluster();
    if (cluster.ok) {
      const slot = await session.client.call('getSlot', [{ commitment: 'confirmed' }], slotSchema);
      if (slot.ok) session.noteSlot(BigInt(slot.value));
      else session.noteFailure(slot.error);
    }
    this.#reconsider();
  }

  #reconsider(): void {
    if (this.#closed) return;
    const candidates = this.#nodes.map((node) => node.judge());
    const nowMs = this.#options.clock.monotonicMs();
    const chosen = chooseEndpoint(candidates, this.#index, {
      nowMs,
      changedAtMs: this.#changedMs,
    });
    if (chosen !== this.#index) {
      const left = candidates[this.#index]?.condition ?? 'unknown';
      this.#moveTo(chosen, isBad(left) ? left : 'preferred');
    }
    this.#planProbes(candidates.map(({ condition }) => condition));
    this.#tell('health');
  }

  #planProbes(conditions: readonly EndpointCondition[]): void {
    if (this.#nodes.length < 2) return;
    const current = conditions[this.#index];
    const inTrouble =
      (this.#nodes[this.#index]?.failuresInRow ?? 0) > 0 ||
      (current !== undefined && isBad(current));
    this.#probes.plan(
      this.#nodes.flatMap(({ askedMs }, index) =>
        index === this.#index
          ? []
          : [{ index, askedMs, condition: conditions[index] ?? 'unknown' }],
      ),
      inTrouble,
    );
  }

  #moveTo(index: number, because: string): void {
    const [from, to] = [this.#nodes[this.#index], this.#nodes[index]];
    if (from === undefined || to === undefined || from === to) return;
    from.leave();
    // Behind its address there may be another node than the one that was asked last.
    to.session.forgetCluster();
    this.#index = index;
    this.#changedMs = this.#options.clock.monotonicMs();
    this.#options.logger.info('endpoint.changed', {
      network: this.network.id,
      from: from.session.endpoint.label,
      to: to.session.endpoint.label,
      because,
    });
    this.#tell('moved');
  }

  #tell(event: PoolEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
