import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import { DEFAULT_SYNC_SETTINGS, type SyncSettings } from '#domain/sync-settings.ts';
import { address, networkId, type VaultId } from '#domain/ids.ts';
import { quoteAmount } from '#domain/units.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { createEngine, type Engine, type EngineNetwork } from '#main/engine/index.ts';
import type { EngineEvent, PaperLedger, VaultStore } from '#main/engine/ports.ts';
import { createVirtualReader } from '#main/virtual/virtual-reader.ts';
import { refusingCapitalVenue } from '#test/support/fake-capital-venue.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { FakeVenue } from '#test/support/fake-venue.ts';
import { memoryDeskRecords } from '#test/support/memory-desk-records.ts';
import { MemoryWatchStore } from '#test/support/memory-watch-store.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { unlockedWith } from '#test/support/signer-states.ts';
import { MemoryJournal } from '#test/support/memory-journal.ts';
import { MemoryLedger, MemoryStore } from '#test/support/memory-store.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

export const NETWORK = networkId('practice');
export const AUTHORITY = address('4Nd1mYvJQwVgqRV4p5yZq6bQ4hZ4kGxV4m3kQ5b9wXyz');
const PROGRAM = address('dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH');

export interface TimedEvent {
  readonly atMs: number;
  readonly event: EngineEvent;
}

/** An engine on a fake clock, a chain in memory and a store in memory. */
export class Harness<
  Store extends VaultStore = MemoryStore,
  Ledger extends PaperLedger = MemoryLedger,
> {
  readonly clock = new FakeClock();
  readonly venue = new FakeVenue(this.clock);
  readonly events: TimedEvent[] = [];
  readonly watchStore: MemoryWatchStore;
  readonly deskRecords = memoryDeskRecords();
  networks: EngineNetwork[] = [
    { id: NETWORK, label: 'Practice', kind: 'practice', program: PROGRAM, lockedBecause: null },
  ];
  readonly store: Store;
  readonly ledger: Ledger;
  readonly engine: Engine;
  #ids = 0;

  constructor(
    settings: Partial<SyncSettings> = {},
    database?: {
      readonly store: Store;
      readonly ledger: Ledger;
      readonly watchStore?: MemoryWatchStore;
    },
    idPrefix = 'a',
  ) {
    this.store = database?.store ?? (new MemoryStore() as VaultStore as Store);
    this.ledger = database?.ledger ?? (new MemoryLedger() as PaperLedger as Ledger);
    this.watchStore = database?.watchStore ?? new MemoryWatchStore();
    this.engine = createEngine({
      clock: this.clock,
      logger: silentLogger,
      store: this.store,
      ledger: this.ledger,
      watchStore: this.watchStore,
      deskRecords: this.deskRecords,
      watchSettings: DEFAULT_WATCH_SETTINGS,
      journal: new MemoryJournal(),
      capitalVenueFor: refusingCapitalVenue,
      capitalSettings: DEFAULT_CAPITAL_SETTINGS,
      onSignerState: (listener) => {
        listener(unlockedWith(AUTHORITY));
        return () => undefined;
      },
      readerFor: (_network, vaultType) =>
        vaultType === 'virtual' ? createVirtualReader(this.ledger, this.clock) : this.venue,
      networks: () => this.networks,
      publisher: {
        publish: (event) => this.events.push({ atMs: this.clock.monotonicMs(), event }),
      },
      settings: { ...DEFAULT_SYNC_SETTINGS, ...settings },
      newId: () => {
        this.#ids += 1;
        return `${idPrefix}${this.#ids}`;
      },
    });
  }

  start(): void {
    const started = this.engine.start();
    if (!started.ok) throw new Error(started.error.message);
  }

  /** An on-chain vault that holds so much USDC; its first sync is under way. */
  addVault(subAccountId: number, usdc: bigint | null = 100_000_000n): VaultId {
    const added = this.engine.addOnChainVault({
      name: `Vault ${subAccountId}`,
      engine: 'funding',
      network: NETWORK,
      authority: AUTHORITY,
      subAccountId,
    });
    if (!added.ok) throw new Error(added.error.message);
    if (usdc !== null) this.venue.set(added.value.vaultId, { usdc });
    return added.value.vaultId;
  }

  /** A running engine with one verified vault, its records emptied. */
  async withVerifiedVault(usdc = 100_000_000n): Promise<VaultId> {
    this.start();
    const vaultId = this.addVault(0, usdc);
    await this.clock.advance(0);
    if (this.view(vaultId).state.verification.kind !== 'verified') throw new Error('not verified');
    this.forget();
    return vaultId;
  }

  async paperVault(units = 50_000_000n): Promise<VaultId> {
    const created = this.engine.createVirtualVault({
      name: 'Paper',
      engine: 'paper',
      network: NETWORK,
      allocation: quoteAmount(units),
    });
    await this.clock.advance(0);
    const result = await created;
    if (!result.ok) throw new Error(result.error.message);
    return result.value.vaultId;
  }

  forget(): void {
    this.events.length = 0;
    this.venue.reads.length = 0;
    if (this.store instanceof MemoryStore) this.store.commits.length = 0;
  }

  view(vaultId: VaultId): VaultView {
    const view = this.engine.views().find(({ vault }) => vault.id === vaultId);
    if (view === undefined) throw new Error(`no view of ${vaultId}`);
    return view;
  }

  usdc(vaultId: VaultId): bigint | undefined {
    return this.view(vaultId).state.observation?.balances.USDC;
  }

  allowed(vaultId: VaultId): boolean {
    const gate = this.engine.gateOf(vaultId, 'increase');
    return gate.ok && gate.value.allowed;
  }

  lastRun(vaultId: VaultId) {
    const run = this.store.loadSyncRuns(vaultId, 1)[0];
    if (run === undefined) throw new Error('no run');
    return run;
  }

  eventsOf<Type extends EngineEvent['type']>(type: Type): Extract<EngineEvent, { type: Type }>[] {
    return this.events.flatMap(({ event }) =>
      event.type === type ? [event as Extract<EngineEvent, { type: Type }>] : [],
    );
  }

  /** Times of the reads, counted from the first of them. */
  readTimes(): number[] {
    const first = this.venue.reads[0]?.atMs ?? 0;
    return this.venue.reads.map(({ atMs }) => atMs - first);
  }
}

export const times = <Value>(count: number, value: Value): Value[] =>
  Array.from({ length: count }, () => value);
