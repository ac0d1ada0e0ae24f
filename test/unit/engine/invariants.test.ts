import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VaultId } from '#domain/ids.ts';
import { isTransient, PERMANENT_CODES, TRANSIENT_CODES } from '#domain/keel-error.ts';
import type { SyncRun } from '#domain/sync-run.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { ReadFault } from '#test/support/fake-venue.ts';
import { Harness } from './harness.ts';

const VAULTS = 3;

type Step =
  | { readonly do: 'fault'; readonly fault: FaultPlan; readonly count: number }
  | { readonly do: 'stand'; readonly fault: FaultPlan }
  | { readonly do: 'change'; readonly vault: number; readonly usdc: bigint }
  | { readonly do: 'hint' | 'sync' | 'enable' | 'halt'; readonly vault: number }
  | { readonly do: 'wake' | 'online' | 'freeze' | 'thaw' | 'full-disk' | 'free-disk' }
  | { readonly do: 'advance'; readonly ms: number };

interface FaultPlan {
  readonly kind: ReadFault['kind'];
  readonly vault: number;
  readonly code: (typeof TRANSIENT_CODES)[number] | (typeof PERMANENT_CODES)[number];
  readonly slots: bigint;
}

const vaultIndex = fc.nat(VAULTS - 1);
const faultPlan: fc.Arbitrary<FaultPlan> = fc.record({
  kind: fc.constantFrom('none', 'whole', 'vault', 'lag', 'throw', 'falsify', 'unchecked-lag'),
  vault: vaultIndex,
  code: fc.constantFrom(...TRANSIENT_CODES, ...PERMANENT_CODES),
  slots: fc.bigInt(1n, 60n),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('advance'), ms: fc.nat(9_000) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault'),
      fault: faultPlan,
      count: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stand'), fault: faultPlan }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('change'),
      vault: vaultIndex,
      usdc: fc.bigInt(0n, 10n ** 12n),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('hint', 'sync', 'enable', 'halt'),
      vault: vaultIndex,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('wake', 'online', 'freeze', 'thaw', 'full-disk', 'free-disk'),
    }),
  },
);

/** Plays the steps and checks every event as it comes. */
class Play {
  readonly harness = new Harness({}, undefined, 'r');
  readonly vaults: VaultId[] = [];
  readonly #seen = new Map<VaultId, VaultView>();
  #lies = 0n;

  async begin(): Promise<void> {
    this.harness.start();
    this.harness.venue.endpointCount = 2;
    for (let index = 0; index < VAULTS; index += 1) this.vaults.push(this.harness.addVault(index));
    await this.harness.clock.advance(0);
  }

  async step(one: Step): Promise<void> {
    const { harness } = this;
    const { engine, venue, store, clock } = harness;
    switch (one.do) {
      case 'advance':
        await clock.advance(one.ms);
        break;
      case 'fault':
        for (let index = 0; index < one.count; index += 1)
          venue.script.push(this.#fault(one.fault));
        break;
      case 'stand':
        // A lie that lasts is the truth to any reader: only the other faults stand.
        if (one.fault.kind !== 'falsify') venue.standing = this.#fault(one.fault);
        break;
      case 'change':
        venue.set(this.#vault(one.vault), { usdc: one.usdc });
        break;
      case 'hint':
        venue.hint(this.#vault(one.vault));
        break;
      case 'sync':
        void engine.syncNow(this.#vault(one.vault));
        break;
      case 'enable':
        engine.enableTrading(this.#vault(one.vault));
        break;
      case 'halt':
        engine.haltTrading(this.#vault(one.vault));
        break;
      case 'wake':
        clock.suspend(60_000);
        engine.wake();
        break;
      case 'online':
        engine.connectionMayBeBack();
        break;
      case 'freeze':
        venue.slotsPerRead = 0n;
        break;
      case 'thaw':
        venue.slotsPerRead = 1n;
        break;
      case 'full-disk':
        store.failWrites = () => true;
        break;
      case 'free-disk':
        store.failWrites = null;
        break;
    }
    this.check();
  }

  check(): void {
    for (const { event } of this.harness.events) {
      if (event.type === 'VAULT_CHANGED') this.#checkView(event.view);
    }
    this.harness.events.length = 0;
    for (const vault of this.vaults) {
      this.#checkTruth(vault, this.harness.store.loadSyncState(vault).observation?.snapshot);
      this.#checkGate(vault);
      const { phase } = this.harness.view(vault);
      const isOpen = phase.kind === 'waiting' || phase.kind === 'reading';
      this.harness.store
        .loadSyncRuns(vault, 1_000)
        .forEach((run, index) => checkRun(run, isOpen && index === 0));
    }
  }

  async mend(): Promise<void> {
    const { venue, store, clock } = this.harness;
    venue.script = [];
    venue.standing = { kind: 'none' };
    venue.slotsPerRead = 1n;
    store.failWrites = null;
    await clock.advance(60_000);
    this.check();
  }

  #checkView(view: VaultView): void {
    const { id } = view.vault;
    const before = this.#seen.get(id);
    if (before !== undefined) expect(view.revision).toBeGreaterThan(before.revision);
    const slotBefore = before?.state.observation?.snapshot.slot ?? 0n;
    const now = view.state.observation?.snapshot;
    expect((now?.slot ?? 0n) >= slotBefore).toBe(true);
    this.#checkTruth(id, now);
    this.#seen.set(id, view);
  }

  /** What is shown or stored was true at the slot that it claims. */
  #checkTruth(
    vault: VaultId,
    snapshot:
      { readonly slot: bigint; readonly figures: { readonly totalCollateral: bigint } } | undefined,
  ): void {
    if (snapshot === undefined) return;
    const truth = this.harness.venue.truthAt(vault, snapshot.slot);
    expect(snapshot.figures.totalCollateral).toBe(truth?.usdc);
  }

  #checkGate(vault: VaultId): void {
    if (!this.harness.allowed(vault)) return;
    const { state, synced } = this.harness.view(vault);
    expect(synced).toBe(true);
    expect(state).toMatchObject({ failure: null, halt: null, verification: { kind: 'verified' } });
    const stored = this.harness.store.loadSyncState(vault);
    expect(stored.observation?.snapshot.slot).toBe(state.observation?.snapshot.slot);
  }

  #fault({ kind, vault, code, slots }: FaultPlan): ReadFault {
    this.#lies -= 1n;
    switch (kind) {
      case 'none':
      case 'throw':
        return { kind };
      case 'whole':
        return { kind, code };
      case 'vault':
        return { kind, code, vaultId: this.#vault(vault) };
      case 'lag':
      case 'unchecked-lag':
        return { kind, slots };
      case 'falsify':
        return { kind, vaultId: this.#vault(vault), usdc: this.#lies };
    }
  }

  #vault(index: number): VaultId {
    const id = this.vaults[index];
    if (id === undefined) throw new Error('no such vault');
    return id;
  }
}

function checkRun(run: SyncRun, mayBeOpen: boolean): void {
  const { maxRetries, firstRetryDelayMs } = DEFAULT_SYNC_SETTINGS;
  expect(run.attempts.length).toBeGreaterThanOrEqual(1);
  expect(run.attempts.length).toBeLessThanOrEqual(maxRetries + 1);
  expect(run.endedAtMs).toBeGreaterThanOrEqual(run.startedAtMs);
  run.attempts.forEach((attempt, index) => {
    const last = index === run.attempts.length - 1;
    expect(attempt.number).toBe(index + 1);
    const goesOn = !last || (mayBeOpen && attempt.nextDelayMs !== null);
    expect(attempt.nextDelayMs).toBe(goesOn ? firstRetryDelayMs * 2 ** index : null);
    if (goesOn) expect(attempt.error !== null && isTransient(attempt.error)).toBe(true);
  });
  expect(run.attempts.at(-1)?.outcome === 'verified').toBe(run.outcome === 'verified');
}

describe('whatever goes wrong', () => {
  it('nothing wrong or older is stored or told, nobody trades unverified, every run ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const play = new Play();
        await play.begin();
        for (const one of steps) await play.step(one);
        await play.mend();
        for (const vault of play.vaults) {
          const view = play.harness.view(vault);
          expect(view.phase).toEqual({ kind: 'idle' });
          expect(view.state).toMatchObject({ failure: null, verification: { kind: 'verified' } });
          const usdc = play.harness.venue.truthAt(vault, play.harness.venue.slot)?.usdc;
          expect(play.harness.usdc(vault)).toBe(usdc);
          expect(play.harness.store.loadSyncState(vault)).toEqual(view.state);
        }
        play.harness.engine.stop();
        expect(play.harness.clock.pending).toBe(0);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
