import type { EngineVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import type { ErrorCode, KeelError } from '#domain/keel-error.ts';
import type { NetworkStatus, SocketState } from '#domain/network.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Slot, UnixMs } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { ReadBatch } from '#main/engine/ports.ts';
import type { FakeClock } from '#test/support/fake-clock.ts';
import { FakeVenue, faultOf } from '#test/support/fake-venue.ts';
import { snapshotOf } from '#test/support/snapshots.ts';
import { NETWORK } from '../harness.ts';

export const SLOT_MS = 400;
const FIRST_SLOT = 1_000n;
export const ENDPOINTS = 3;
/** As long as two slots tell the time between them. */
const COMPARABLE_MS = 15_000;
const HINT_AFTER_MS = 120;

/** What a node does with each call until it is given another way. */
export type NodeWay =
  | { readonly kind: 'well' }
  | { readonly kind: 'fails'; readonly code: ErrorCode }
  /** Of each four calls the first so many fail. */
  | { readonly kind: 'flaky'; readonly of4: number; readonly code: ErrorCode }
  /** Never answers: the call's time-out ends it. */
  | { readonly kind: 'hangs' }
  /** Answers at once, and always with what it knew when it stopped. */
  | { readonly kind: 'frozen' }
  /** So many slots behind the chain. */
  | { readonly kind: 'lags'; readonly slots: number }
  /** A pool of nodes behind one address: each answer is of another one, so many slots behind. */
  | { readonly kind: 'jitters'; readonly slots: readonly number[] }
  /** One vault cannot be read. */
  | { readonly kind: 'misses'; readonly vault: number; readonly code: ErrorCode }
  /** Every other answer is falsified for one vault. */
  | { readonly kind: 'lies'; readonly vault: number }
  | { readonly kind: 'throws' };

interface Change {
  readonly slot: bigint;
  readonly usdc: bigint;
}

/**
 * A chain that goes on by itself, 400 ms a slot, in sleep too, and three nodes that tell of it. As the real reader does,
 * it dates figures by the time of asking, gives a call up after its time-out and refuses what is below `minSlots`.
 */
export class ScheduleVenue extends FakeVenue {
  readonly #clock: FakeClock;
  readonly #chain = new Map<VaultId, Change[]>();
  readonly #ways: NodeWay[] = Array.from({ length: ENDPOINTS }, () => ({ kind: 'well' }));
  readonly #frozenAt: bigint[] = Array.from({ length: ENDPOINTS }, () => FIRST_SLOT);
  /** By slot: what of its age, in milliseconds, could not be known when a node told it for the first time. */
  readonly #hiddenAge = new Map<bigint, number>();
  /** The highest slot that was told, its age then, and when it was asked for. */
  #newest: { readonly slot: bigint; readonly ageMs: number; readonly atMs: number } | null = null;
  readonly #order: VaultId[] = [];
  readonly #timeoutMs: number;
  #calls = 0;
  #lies = 0n;
  #sleptMs = 0;
  delayMs = 0;
  losesHints = false;
  #socket: SocketState = 'live';

  constructor(clock: FakeClock, timeoutMs: number) {
    super(clock);
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.endpointCount = ENDPOINTS;
  }

  /** Time that has really passed, that of sleep included. */
  get realMs(): number {
    return this.#clock.monotonicMs() + this.#sleptMs;
  }

  get chainSlot(): bigint {
    return FIRST_SLOT + BigInt(Math.floor(this.realMs / SLOT_MS));
  }

  sleep(ms: number): void {
    this.#sleptMs += ms;
    this.#clock.suspend(ms);
  }

  setWay(endpoint: number, way: NodeWay): void {
    this.#ways[endpoint] = way;
    this.#frozenAt[endpoint] = this.chainSlot;
  }

  setSocket(socket: SocketState): void {
    if (this.#socket === socket) return;
    this.#socket = socket;
    this.#tell();
  }

  mend(): void {
    for (let endpoint = 0; endpoint < ENDPOINTS; endpoint += 1) {
      this.setWay(endpoint, { kind: 'well' });
    }
    this.delayMs = 0;
    this.losesHints = false;
    this.setSocket('live');
  }

  /** A transaction lands: it shows from the next slot on. */
  land(vaultId: VaultId, usdc: bigint): void {
    const changes = this.#chain.get(vaultId) ?? [];
    if (changes.length === 0) this.#order.push(vaultId);
    changes.push({ slot: this.chainSlot + (changes.length === 0 ? 0n : 1n), usdc });
    this.#chain.set(vaultId, changes);
    if (this.losesHints || this.#socket !== 'live') return;
    this.#clock.schedule(SLOT_MS + HINT_AFTER_MS, () => {
      if (!this.losesHints && this.#socket === 'live') this.hint(vaultId);
    });
  }

  usdcAt(vaultId: VaultId, slot: bigint): bigint | null {
    return this.#chain.get(vaultId)?.findLast((each) => each.slot <= slot)?.usdc ?? null;
  }

  /** Real time at which the chain stopped showing the quantity; null: it shows it still, -Infinity: it never did. */
  shownUntilMs(vaultId: VaultId, snapshot: VaultSnapshot): number | null {
    const changes = this.#chain.get(vaultId) ?? [];
    const [usdc] = snapshot.spotPositions;
    const at = changes.findLastIndex((each) => each.usdc === usdc?.amount);
    const isWhole = snapshot.perpPositions.length === 0 && snapshot.spotPositions.length === 1;
    if (at < 0 || !isWhole || usdc === undefined || usdc.scaledBalance !== usdc.amount * 1_000n)
      return -Infinity;
    const next = changes[at + 1];
    return next === undefined ? null : Number(next.slot - FIRST_SLOT) * SLOT_MS;
  }

  hiddenAge(slot: bigint): number {
    return this.#hiddenAge.get(slot) ?? Infinity;
  }

  override async read(
    vaults: readonly EngineVault[],
    minSlots: ReadonlyMap<VaultId, Slot>,
  ): Promise<Result<ReadBatch, KeelError>> {
    const asked = { atMs: this.#clock.nowMs(), realMs: this.realMs };
    const { endpoint } = this;
    this.reads.push({
      atMs: this.#clock.monotonicMs(),
      endpoint,
      vaultIds: vaults.map(({ id }) => id),
      minSlots,
    });
    const delayMs = this.#ways[endpoint]?.kind === 'hangs' ? Infinity : this.delayMs;
    if (delayMs >= this.#timeoutMs) {
      await this.#clock.sleep(this.#timeoutMs);
      return err(faultOf('RPC_TIMEOUT'));
    }
    const wayThereMs = Math.floor(delayMs / 2);
    if (wayThereMs > 0) await this.#clock.sleep(wayThereMs);
    const answer = this.#answer(endpoint, vaults, minSlots, asked);
    if (delayMs > wayThereMs) await this.#clock.sleep(delayMs - wayThereMs);
    return answer();
  }

  override status(): NetworkStatus {
    return {
      network: NETWORK,
      endpointLabel: `node ${this.endpoint}`,
      endpointIndex: this.endpoint,
      endpointCount: ENDPOINTS,
      socket: this.#socket,
      connection: 'connected',
      slot: this.chainSlot,
      latencyMs: this.delayMs,
      nextAttemptAtMs: null,
      endpoints: [],
    };
  }

  #tell(): void {
    this.tellStatus(this.status());
  }

  /** What the node knows now; handed out when its answer has arrived. */
  #answer(
    endpoint: number,
    vaults: readonly EngineVault[],
    minSlots: ReadonlyMap<VaultId, Slot>,
    asked: { readonly atMs: UnixMs; readonly realMs: number },
  ): () => Result<ReadBatch, KeelError> {
    this.#calls += 1;
    const way = this.#ways[endpoint] ?? { kind: 'well' };
    if (way.kind === 'fails') return () => err(faultOf(way.code));
    if (way.kind === 'flaky' && this.#calls % 4 < way.of4) return () => err(faultOf(way.code));
    if (way.kind === 'throws') {
      return () => {
        throw new Error('a bug in the reader');
      };
    }
    const slot = this.#slotOf(endpoint, way);
    const observations = new Map(
      vaults.map(({ id }) => [id, this.#observe(id, way, slot, minSlots.get(id), asked.atMs)]),
    );
    return () => {
      this.#tellSlot(slot, asked.realMs);
      return ok({ observations, rpcCalls: 1, exchange: null });
    };
  }

  /**
   * How many slots have passed since the newest one shows how old this one is, but for what that one hid, and not after a
   * long time. At the time of asking: what passes on the way is counted by the age itself.
   */
  #tellSlot(slot: bigint, atMs: number): void {
    const newest = this.#newest;
    if (newest !== null && slot <= newest.slot) {
      // It is dated from the newest one, and with what that one hid.
      const hidden = Math.max(this.hiddenAge(newest.slot), this.#hiddenAge.get(slot) ?? 0);
      this.#hiddenAge.set(slot, hidden);
      return;
    }
    const ageMs = Math.max(0, atMs - Number(slot + 1n - FIRST_SLOT) * SLOT_MS);
    const isComparable = newest !== null && atMs - newest.atMs <= COMPARABLE_MS;
    this.#hiddenAge.set(slot, isComparable ? Math.min(ageMs, newest.ageMs) : ageMs);
    this.#newest = { slot, ageMs, atMs };
  }

  #slotOf(endpoint: number, way: NodeWay): bigint {
    switch (way.kind) {
      case 'frozen':
        return this.#frozenAt[endpoint] ?? FIRST_SLOT;
      case 'lags':
        return this.chainSlot - BigInt(way.slots);
      case 'jitters':
        return this.chainSlot - BigInt(way.slots[this.#calls % way.slots.length] ?? 0);
      default:
        return this.chainSlot;
    }
  }

  #observe(
    id: VaultId,
    way: NodeWay,
    slot: bigint,
    minSlot: Slot | undefined,
    askedAtMs: UnixMs,
  ): Result<VaultSnapshot, KeelError> {
    if (way.kind === 'misses' && this.#order[way.vault] === id) return err(faultOf(way.code));
    if (minSlot !== undefined && slot < minSlot) return err(faultOf('NODE_BEHIND'));
    const usdc = this.usdcAt(id, slot);
    if (usdc === null) return err(faultOf('SUB_ACCOUNT_MISSING'));
    if (way.kind === 'lies' && this.#order[way.vault] === id && this.#calls % 2 === 0) {
      this.#lies -= 1n;
      return ok(this.#snapshot(this.#lies, slot, askedAtMs));
    }
    return ok(this.#snapshot(usdc, slot, askedAtMs));
  }

  #snapshot(usdc: bigint, slot: bigint, nowMs = 0): VaultSnapshot {
    return snapshotOf({ usdc }, { slot, nowMs });
  }
}
