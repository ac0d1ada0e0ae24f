import type { Alert, Condition } from '#domain/alert.ts';
import type { NetworkId } from '#domain/ids.ts';
import { usesMargin } from '#domain/margin.ts';
import type { NetworkStatus } from '#domain/network.ts';
import { severityRank } from '#domain/step-alert.ts';
import type { AlertBook } from './alert-book.ts';
import { holdDueMs, stepHold, type Hold, type HoldTimes } from './hold.ts';
import {
  clusterCondition,
  clusterKey,
  downCondition,
  downKey,
  inUseKey,
  isDown,
  limitedCondition,
  limitedKey,
  movedNews,
  type NodeKey,
  type NodeSubject,
} from './node-words.ts';
import { Wakeup } from './wakeup.ts';
import { isInUse, type WatchPorts } from './watch-ports.ts';

/** A line that flaps rings this often at most, each key by itself. */
const RING_EVERY_MS = 300_000;
/** Longer than a vault takes to use its retries up: it is the vaults' outage that rings first (S5). */
const DOWN_HOLD: HoldTimes = { riseMs: 30_000, fallMs: 0 };
const LIMITED_HOLD: HoldTimes = { riseMs: 30_000, fallMs: 30_000 };
const AT_ONCE: HoldTimes = { riseMs: 0, fallMs: 0 };

/** Tells what becomes of the line to each network (M3): lost, wrong, limited, or moved to another endpoint. */
export class NodeWatch {
  readonly #ports: WatchPorts;
  readonly #alerts: AlertBook;
  readonly #statuses = new Map<NetworkId, NetworkStatus>();
  readonly #holds = new Map<NodeKey, Hold>();
  readonly #rangMs = new Map<NodeKey, number>();
  /** Label of the endpoint that the trader believes to be in use. */
  readonly #toldInUse = new Map<NetworkId, string>();
  readonly #wakeup: Wakeup;

  constructor(ports: WatchPorts, alerts: AlertBook) {
    this.#ports = ports;
    this.#alerts = alerts;
    this.#wakeup = new Wakeup(ports.deps.clock, () => {
      for (const status of this.#statuses.values()) this.#judge(status);
    });
  }

  stop(): void {
    this.#wakeup.stop();
  }

  note(status: NetworkStatus): void {
    this.#statuses.set(status.network, status);
    this.#judge(status);
  }

  networkReplaced(network: NetworkId): void {
    this.#statuses.delete(network);
    this.#toldInUse.delete(network);
  }

  #judge(status: NetworkStatus): void {
    // Nothing has been asked yet: what was the case before still counts.
    if (status.connection === 'connecting') return;
    const subject = this.#subjectOf(status);
    const down = isDown(status);
    this.#tell(downKey(status), down, DOWN_HOLD, () => downCondition(subject));
    const cluster = clusterCondition(subject);
    this.#tell(clusterKey(status), cluster !== null, AT_ONCE, () => cluster);
    for (const endpoint of status.endpoints) {
      const limited = endpoint.condition === 'limited';
      this.#tell(limitedKey(status, endpoint), limited, LIMITED_HOLD, () =>
        limitedCondition(subject, endpoint),
      );
    }
    this.#clearGone(status);
    // In an outage Keel goes round all endpoints: that is no move.
    if (!down && status.connection === 'connected') this.#tellMove(subject);
  }

  /** @param seen whether it is the case now; it is told when it has lasted. */
  #tell(key: NodeKey, seen: boolean, times: HoldTimes, describe: () => Condition | null): void {
    const nowMs = this.#nowMs();
    const raised = this.#alerts.raised(key);
    const before = this.#holds.get(key) ?? heldBefore(raised, nowMs);
    const hold = stepHold(before, seen, nowMs, times);
    if (hold.seen || hold.holds) this.#holds.set(key, hold);
    else this.#holds.delete(key);
    this.#wakeup.by(holdDueMs(hold, times));
    if (!hold.holds) this.#alerts.judge(key, null);
    else if (seen) this.#judgeQuietly(key, raised, describe());
  }

  /** What would ring too soon after the last time waits: not yet raised, or not yet graver. */
  #judgeQuietly(key: NodeKey, raised: Alert | null, condition: Condition | null): void {
    if (condition === null) return;
    const rings =
      raised === null || severityRank(condition.severity) > severityRank(raised.severity);
    const mayRing = !rings || this.#mayRing(key);
    if (!mayRing && raised === null) return;
    const change = this.#alerts.judge(
      key,
      mayRing || raised === null ? condition : { ...condition, severity: raised.severity },
    );
    if (change === 'raised' || change === 'worse') this.#rangMs.set(key, this.#nowMs());
  }

  #mayRing(key: NodeKey): boolean {
    const rangMs = this.#rangMs.get(key);
    const quietUntilMs = (rangMs ?? -Infinity) + RING_EVERY_MS;
    if (this.#nowMs() >= quietUntilMs) return true;
    this.#wakeup.by(quietUntilMs);
    return false;
  }

  #tellMove(subject: NodeSubject): void {
    const { status } = subject;
    const { network, endpointLabel } = status;
    const before = this.#toldInUse.get(network);
    if (before === undefined) this.#toldInUse.set(network, endpointLabel);
    if (before === undefined || before === endpointLabel) return;
    const key = inUseKey(status);
    if (!this.#mayRing(key)) return;
    this.#toldInUse.set(network, endpointLabel);
    this.#rangMs.set(key, this.#nowMs());
    this.#alerts.news(movedNews(subject, before));
  }

  /** Endpoints that are no longer in the list. */
  #clearGone(status: NetworkStatus): void {
    const prefix = `node/${status.network}/limited/`;
    const present = new Set<string>(status.endpoints.map((each) => limitedKey(status, each)));
    for (const { key } of this.#alerts.allRaised()) {
      if (key.startsWith(prefix) && !present.has(key)) this.#alerts.judge(key, null);
    }
  }

  #subjectOf(status: NetworkStatus): NodeSubject {
    const { deps, views } = this.#ports;
    const label = deps.networks().find(({ id }) => id === status.network)?.label ?? status.network;
    const atRisk = views().some(
      (view) =>
        view.vault.network === status.network &&
        view.vault.vaultType === 'onChain' &&
        isInUse(view) &&
        view.state.observation !== null &&
        usesMargin(view.state.observation.snapshot.figures),
    );
    return { status, label, atRisk };
  }

  #nowMs(): number {
    return this.#ports.deps.clock.monotonicMs();
  }
}

/** An alert of an earlier run goes on from where it was. */
function heldBefore(raised: Alert | null, nowMs: number): Hold | null {
  return raised === null ? null : { seen: true, sinceMs: nowMs, holds: true };
}
