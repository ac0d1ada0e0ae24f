import type { EndpointHealth, Network, RpcEndpoint } from '#domain/network.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Clock } from '#main/engine/ports.ts';
import { isBad } from './choose-endpoint.ts';
import { judgeEndpoint, type EndpointLimits, type JudgedEndpoint } from './endpoint-health.ts';
import { EndpointMeter } from './endpoint-meter.ts';
import { EndpointSession } from './endpoint-session.ts';
import type { CallGuard, EndedCall, RpcCall } from './json-rpc-client.ts';
import { RequestBudget } from './request-budget.ts';
import { retryAfterMs } from './retry-after.ts';
import { notSent, outcomeOf } from './rpc-failures.ts';
import type { SlotClock, SlotSighting } from './slot-clock.ts';

export interface EndpointNodeOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly slots: SlotClock;
  readonly rpcTimeoutMs: () => number;
  readonly limits: () => EndpointLimits;
  readonly onCall?: (call: RpcCall) => void;
  /** Called after each call that was sent. */
  readonly onEnded: () => void;
}

/** What must not wait behind heartbeats: a transaction's sending, and what became of it. */
const URGENT: ReadonlySet<string> = new Set([
  'sendTransaction',
  'getSignatureStatuses',
  'getTransaction',
]);

/** An endpoint that has answered within this time is there, although its last calls failed. */
const THERE_FOR_MS = 15_000;
/** A call may wait so long for the end of a pause or for its turn: the pause between two attempts is no shorter. */
const SOON_MS = 1_000;

/** One endpoint of a network, with all that is known of it: its calls, its budget, its slots and its cluster. */
export class EndpointNode implements CallGuard {
  readonly session: EndpointSession;
  readonly #options: EndpointNodeOptions;
  readonly #meter = new EndpointMeter();
  readonly #budget: RequestBudget;
  /** The last slot that it told, which may be lower than an earlier one. */
  #sighting: SlotSighting | null = null;
  #highest: bigint | null = null;
  #lastFailure: KeelError | null = null;
  #readBehind = false;
  #askedMs: number | null = null;
  #answeredMs = Number.NEGATIVE_INFINITY;
  #wellSinceMs: number | null = null;
  #leftMs = Number.NEGATIVE_INFINITY;

  constructor(endpoint: RpcEndpoint, options: EndpointNodeOptions) {
    const { network, clock, rpcTimeoutMs, limits, onCall } = options;
    this.#options = options;
    this.#budget = new RequestBudget({
      clock,
      limit: () => limits().requestsPerSecond,
      waitMs: rpcTimeoutMs,
    });
    this.session = new EndpointSession(endpoint, {
      network,
      clock,
      rpcTimeoutMs,
      guard: this,
      onSlot: (slot) => this.noteSlot(slot),
      onForeign: () => this.#forgetSlots(),
      ...(onCall === undefined ? {} : { onCall }),
    });
  }

  async admit(method: string): Promise<Result<null, KeelError>> {
    const admission = await this.#budget.admit(URGENT.has(method));
    if (admission !== 'sent') {
      return err(notSent(this.session.endpoint.label, method, admission));
    }
    this.#askedMs = this.#nowMs();
    return ok(null);
  }

  ended({ startedMs, durationMs, error }: EndedCall): void {
    const outcome = error === null ? 'ok' : outcomeOf(error);
    this.#meter.note({ startedMs, durationMs, outcome });
    if (outcome === 'ok') this.#answeredMs = this.#nowMs();
    if (outcome === 'failed') this.#lastFailure = error;
    if (outcome === 'limited') {
      const header = error?.details?.retryAfter;
      this.#budget.limited(startedMs, retryAfterMs(header, this.#options.clock.nowMs()));
    } else if (outcome !== 'failed') {
      this.#budget.answered(startedMs);
    }
    this.#options.onEnded();
  }

  /** A slot that the node told, by an answer or by its socket. */
  noteSlot(slot: bigint): void {
    const atMs = this.#nowMs();
    this.#options.slots.note(slot, atMs);
    this.#sighting = { slot, atMs };
    if (this.#highest === null || slot > this.#highest) this.#highest = slot;
  }

  /** Whether a whole read has found the node behind what Keel had seen before. */
  noteReadBehind(isBehind: boolean): void {
    this.#readBehind = isBehind;
  }

  /** When it was last sent anything; monotonic. */
  get askedMs(): number | null {
    return this.#askedMs;
  }

  get failuresInRow(): number {
    return this.#meter.failuresInRow;
  }

  /** It can be asked soon, and is not known to be bad: one whose calls fail now and then is there all the same. */
  get mayStandIn(): boolean {
    if (this.#budget.freeInMs > SOON_MS) return false;
    const { condition } = this.judge();
    const isThere = this.#nowMs() - this.#answeredMs <= THERE_FOR_MS;
    return !isBad(condition) || (isThere && (condition === 'down' || condition === 'limited'));
  }

  /** Keeps since when it is well, beside what it answers. */
  judge(): JudgedEndpoint & { readonly wellSinceMs: number | null } {
    const nowMs = this.#nowMs();
    const { succeeded, latencyP50Ms } = this.#meter.read(nowMs);
    const judged = judgeEndpoint(
      {
        isWrongCluster: this.session.isWrongCluster,
        pausedForMs: this.#budget.pausedForMs,
        failuresInRow: this.#meter.failuresInRow,
        lastFailure: this.#lastFailure?.message ?? null,
        behindInRow: this.#meter.behindInRow,
        standsBehind: this.#readBehind || this.session.standsStill,
        slotLag: this.#options.slots.lagOf(this.#sighting, nowMs),
        succeeded,
        latencyP50Ms,
      },
      this.#options.limits(),
    );
    if (judged.condition !== 'ok') this.#wellSinceMs = null;
    else this.#wellSinceMs ??= nowMs;
    const wellSinceMs =
      this.#wellSinceMs === null ? null : Math.max(this.#wellSinceMs, this.#leftMs);
    return { ...judged, wellSinceMs };
  }

  health(index: number, inUse: boolean): EndpointHealth {
    const { clock, slots } = this.#options;
    const nowMs = this.#nowMs();
    const wallMs = (monotonicMs: number) => Math.round(clock.nowMs() - nowMs + monotonicMs);
    const { condition, reason } = this.judge();
    const { calls, errors, rateLimited, latencyP50Ms, latencyP95Ms, latencyP99Ms } =
      this.#meter.read(nowMs);
    const { pausedForMs } = this.#budget;
    return {
      label: this.session.endpoint.label,
      index,
      inUse,
      condition,
      reason,
      slot: this.#highest,
      slotLag: slots.lagOf(this.#sighting, nowMs),
      latencyP50Ms,
      latencyP95Ms,
      latencyP99Ms,
      calls,
      errors,
      rateLimited,
      budgetPerSecond: this.#budget.rate,
      pausedUntilMs: pausedForMs === null ? null : wallMs(nowMs + pausedForMs),
      askedAtMs: this.#askedMs === null ? null : wallMs(this.#askedMs),
    };
  }

  /** Another endpoint is used from now on: a return is counted from here at the earliest. */
  leave(): void {
    this.#leftMs = this.#nowMs();
    this.#readBehind = false;
  }

  /** After sleep: what was measured before it says nothing of now. */
  wake(): void {
    this.session.forget();
    this.#meter.forget();
    this.#budget.endPause();
    this.#sighting = null;
    this.#readBehind = false;
    this.#wellSinceMs = null;
  }

  close(): void {
    this.#budget.close();
  }

  /** A foreign slot is no measure: neither for this node nor for the others, which tell theirs anew. */
  #forgetSlots(): void {
    this.#sighting = null;
    this.#highest = null;
    this.#options.slots.forget();
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }
}
