import { ConcealedAge } from './concealed-age.ts';
import { expect } from 'vitest';
import type { VaultId } from '#domain/ids.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import { syncHealth, type VaultView } from '#domain/vault-state.ts';
import type { EngineEvent } from '#main/engine/ports.ts';
import { Harness, type TimedEvent } from '../harness.ts';
import { VAULTS, type Step } from './schedule-steps.ts';
import { ScheduleVenue, SLOT_MS } from './schedule-venue.ts';

const { staleAfterMs, heartbeatMs, reconnectEveryMs, rpcTimeoutMs, maxRetries } =
  DEFAULT_SYNC_SETTINGS;
/** The engine looks at its clocks so often, and takes less than this for the clock being kept right. */
const CLOCK_MS = 1_000;
/** Reasons of the gate that are about keys, not about figures. */
const OF_KEYS: readonly string[] = ['no-key', 'key-locked', 'key-delegate', 'signer-unavailable'];
/** Reads of one attempt: the account may move so often between two of them. */
const READS_OF_ATTEMPT = 7;
/** A call under way when the faults end, the pause after it, one reconnect attempt, and a slot or two. */
const BACK_IN_STEP_MS = rpcTimeoutMs + 4_000 + reconnectEveryMs + 2 * SLOT_MS;

class ScheduleHarness extends Harness {
  override readonly venue = new ScheduleVenue(this.clock, rpcTimeoutMs);
}

interface Seen {
  readonly view: VaultView;
  /** The figures' age was checked up to here. */
  readonly checkedAtMs: number;
}

/** Plays a schedule and checks every observable moment; what it checks is in the test's header. */
export class Play {
  readonly harness = new ScheduleHarness({}, undefined, 's');
  readonly vaults: VaultId[] = [];
  readonly #seen = new Map<VaultId, Seen>();
  readonly #failing = new Map<VaultId, 'told' | 'untold'>();
  #usdc = 1_000_000_000n;
  #runsAllowed = 0;
  /** Real time of the last change of the wall clock that the engine was not told of. */
  #jumpedAtMs = -Infinity;
  readonly #concealed = new ConcealedAge(CLOCK_MS);

  async begin(): Promise<void> {
    const { events, venue, clock } = this.harness;
    const push = (each: TimedEvent): number => {
      this.#onEvent(each.event);
      return 0;
    };
    events.push = push as typeof events.push;
    this.harness.start();
    for (let index = 0; index < VAULTS; index += 1) {
      const id = this.harness.addVault(index, null);
      this.vaults.push(id);
      this.#land(id);
    }
    expect(venue.realMs).toBeGreaterThan(0);
    this.#allow(VAULTS * 2);
    await clock.advance(0);
    this.check();
  }

  async step(one: Step): Promise<void> {
    this.check();
    await this.#do(one);
    this.check();
  }

  /** All faults end: every vault is back in step in time, with the chain's own figures, and costs one read a heartbeat. */
  async mend(): Promise<void> {
    const { venue, store, clock } = this.harness;
    venue.mend();
    store.failWrites = null;
    this.#allow(VAULTS);
    await this.#wait(BACK_IN_STEP_MS);
    for (const id of this.vaults) {
      expect(this.#health(this.harness.view(id)), 'health after the faults').toBe('fresh');
      expect(this.harness.usdc(id)).toBe(venue.usdcAt(id, venue.chainSlot));
    }
    await this.#wait(heartbeatMs * 2);
    const before = venue.reads.length;
    await clock.advance(heartbeatMs * 4);
    expect(venue.reads.length - before, 'reads in four quiet heartbeats').toBe(4);
    this.check();
    for (const id of this.vaults) this.#checkStored(id);
    this.#checkReads();
    this.harness.engine.stop();
    expect(clock.pending, 'timers after the stop').toBe(0);
  }

  check(): void {
    for (const id of this.vaults) {
      const seen = this.#seen.get(id);
      if (seen !== undefined) this.#checkAge(id, seen);
      const view = this.harness.view(id);
      this.#look(view);
      this.#checkGate(view);
    }
  }

  async #do(one: Step): Promise<void> {
    const { engine, venue, store, clock } = this.harness;
    switch (one.do) {
      case 'wait':
        return await this.#wait(one.ms);
      case 'node':
        return venue.setWay(one.endpoint, one.way);
      case 'delay':
        venue.delayMs = one.ms;
        return;
      case 'socket':
        this.#allow(VAULTS);
        return venue.setSocket(one.state);
      case 'hints':
        venue.losesHints = one.lost;
        return;
      case 'land':
        return this.#land(this.#vault(one.vault));
      case 'sync':
        this.#allow(1);
        void engine.syncNow(this.#vault(one.vault));
        return;
      case 'enable':
        return this.#enable(this.#vault(one.vault));
      case 'halt':
        engine.haltTrading(this.#vault(one.vault));
        return;
      case 'sleep':
        return this.#sleep(one);
      case 'set-clock':
        this.#allow(VAULTS);
        clock.suspend(one.byMs);
        if (one.byMs < 0) this.#concealed.setBack(-one.byMs, clock.monotonicMs(), venue.realMs);
        this.#jumpedAtMs = venue.realMs;
        return;
      case 'disk':
        store.failWrites = failingWrites(one.full, this.#vault(one.vault));
        return;
      case 'online':
        this.#allow(VAULTS);
        return engine.connectionMayBeBack();
      case 'next-endpoint':
        return venue.useNextEndpoint();
    }
  }

  /** Asleep nobody sees anything; a jump that was not noticed before is not noticed meanwhile. */
  #sleep({ ms, told }: Extract<Step, { do: 'sleep' }>): void {
    const { engine, venue, clock } = this.harness;
    this.#allow(2 * VAULTS);
    const unnoticed = !told || venue.realMs - this.#jumpedAtMs <= CLOCK_MS;
    venue.sleep(ms);
    if (unnoticed) this.#jumpedAtMs = venue.realMs;
    if (!told) {
      this.#concealed.sleptUntold(ms, clock.monotonicMs(), venue.realMs);
      return;
    }
    engine.wake();
    this.#jumpedAtMs = -Infinity;
  }

  /** In pieces, so that what turns false between two events is seen too. */
  async #wait(ms: number): Promise<void> {
    const endMs = this.harness.clock.monotonicMs() + ms;
    for (let leftMs = ms; leftMs > 0; leftMs = endMs - this.harness.clock.monotonicMs()) {
      await this.harness.clock.advance(Math.min(leftMs, 2_500));
      this.check();
    }
  }

  #land(id: VaultId): void {
    this.#usdc += 1n;
    this.#allow(1);
    this.harness.venue.land(id, this.#usdc);
  }

  #enable(id: VaultId): void {
    const enabled = this.harness.engine.enableTrading(id);
    if (enabled.ok) expect(this.#health(this.harness.view(id)), 'enabled').toBe('fresh');
  }

  #onEvent(event: EngineEvent): void {
    switch (event.type) {
      case 'VAULT_CHANGED': {
        const seen = this.#seen.get(event.view.vault.id);
        if (seen !== undefined) this.#checkAge(event.view.vault.id, seen);
        return this.#look(event.view);
      }
      case 'VAULT_SYNC_ERROR':
        expect(this.#failing.get(event.vaultId), 'an error of a failure not told yet').toBe(
          'untold',
        );
        expect(this.#seen.get(event.vaultId)?.view.state.halt, 'halt at an error').not.toBeNull();
        this.#failing.set(event.vaultId, 'told');
        return;
      case 'VAULT_SYNC_RECOVERED':
        expect(this.#seen.get(event.vaultId)?.view.state.failure).toBeNull();
        this.#failing.delete(event.vaultId);
        return;
      default:
    }
  }

  #look(view: VaultView): void {
    const { id } = view.vault;
    const before = this.#seen.get(id)?.view;
    if (before !== undefined && before !== view) this.#checkOrder(before, view);
    const { failure, halt, observation } = view.state;
    if (failure !== null) {
      expect(halt, 'a failure halts').not.toBeNull();
      if (!this.#failing.has(id)) this.#failing.set(id, 'untold');
    }
    if (observation !== null) {
      const { slot } = observation.snapshot;
      expect(observation.balances.USDC, 'shown at its slot').toBe(
        this.harness.venue.usdcAt(id, slot),
      );
    }
    this.#seen.set(id, { view, checkedAtMs: this.harness.venue.realMs });
    this.#checkAge(id, { view, checkedAtMs: this.harness.venue.realMs });
  }

  #checkOrder(before: VaultView, view: VaultView): void {
    expect(view.revision).toBeGreaterThanOrEqual(before.revision);
    const slotBefore = before.state.observation?.snapshot.slot ?? 0n;
    const slot = view.state.observation?.snapshot.slot ?? 0n;
    expect(slot >= slotBefore, 'slots never go back').toBe(true);
  }

  /** At the last moment since the last check at which the view was fresh. */
  #checkAge(id: VaultId, { view, checkedAtMs }: Seen): void {
    const { venue, clock } = this.harness;
    const { observation, verification } = view.state;
    if (observation === null || verification.kind !== 'verified') return;
    const freshForMs = verification.atMs + staleAfterMs - clock.nowMs();
    const momentMs = Math.min(venue.realMs, Math.max(checkedAtMs, venue.realMs + freshForMs));
    const wallMs = clock.nowMs() - (venue.realMs - momentMs);
    if (syncHealth(view.state, view.synced, wallMs as never, staleAfterMs) !== 'fresh') return;
    // The engine has not looked at its clocks yet.
    if (momentMs - this.#jumpedAtMs <= CLOCK_MS) return;
    const untilMs = venue.shownUntilMs(id, observation.snapshot);
    if (untilMs === null) return;
    const oldestMs =
      momentMs -
      staleAfterMs -
      CLOCK_MS -
      SLOT_MS -
      venue.hiddenAge(observation.snapshot.slot) -
      this.#concealed.at(momentMs, staleAfterMs);
    expect(untilMs, `shown as fresh ${momentMs - untilMs} ms after it ceased`).toBeGreaterThan(
      oldestMs,
    );
  }

  #checkGate(view: VaultView): void {
    const { id } = view.vault;
    const gate = this.harness.engine.gateOf(id, 'reduce');
    const isOpen = gate.ok && gate.value.reasons.every(({ code }) => OF_KEYS.includes(code));
    if (isOpen) expect(this.#health(view), 'health where the gate is open').toBe('fresh');
    if (isOpen) expect(view.state.halt).toBeNull();
    const failing = this.#failing.get(id);
    if (view.state.failure !== null) expect(failing, 'each failure is told').toBe('told');
  }

  #checkStored(id: VaultId): void {
    const stored = this.harness.store.loadSyncState(id);
    const { state } = this.harness.view(id);
    expect(stored.observation?.snapshot.slot).toBe(state.observation?.snapshot.slot);
    expect(stored.halt?.error.code).toBe(state.halt?.error.code);
    const told = this.#failing.get(id);
    expect(told, 'a recovery is told').toBeUndefined();
  }

  /** What begins a run is counted; a run has so many attempts at most, and an attempt so many reads. */
  #checkReads(): void {
    const { venue, clock } = this.harness;
    const spanMs = clock.monotonicMs();
    const ofTimers = VAULTS * (spanMs / heartbeatMs + spanMs / reconnectEveryMs + 2);
    const runs = this.#runsAllowed + ofTimers;
    const reads = venue.reads.reduce((sum, { vaultIds }) => sum + vaultIds.length, 0);
    expect(reads).toBeLessThanOrEqual(runs * (maxRetries + 1) * READS_OF_ATTEMPT);
  }

  #allow(runs: number): void {
    this.#runsAllowed += runs;
  }

  #health(view: VaultView) {
    return syncHealth(view.state, view.synced, this.harness.clock.nowMs(), staleAfterMs);
  }

  #vault(index: number): VaultId {
    const id = this.vaults[index];
    if (id === undefined) throw new Error('no such vault');
    return id;
  }
}

function failingWrites(full: 'no' | 'all' | 'one', vault: VaultId) {
  switch (full) {
    case 'no':
      return null;
    case 'all':
      return () => true;
    case 'one':
      return (ids: readonly VaultId[]) => ids.includes(vault);
  }
}
