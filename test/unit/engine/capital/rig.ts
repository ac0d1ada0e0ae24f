import { DEFAULT_CAPITAL_SETTINGS, type CapitalSettings } from '#domain/capital-settings.ts';
import type { CapitalOperation, OperationView } from '#domain/capital-operation.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import { address, networkId, type OperationId, type VaultId } from '#domain/ids.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import type { SignerState } from '#domain/signer-state.ts';
import { tokenAmount } from '#domain/units.ts';
import type { VaultView } from '#domain/vault-state.ts';
import {
  createEngine,
  type CapitalRequest,
  type CrashPoint,
  type Engine,
  type EngineNetwork,
} from '#main/engine/index.ts';
import { createVirtualCapital, createVirtualReader } from '#main/virtual/index.ts';
import { FakeCapitalChain, USDC } from '#test/support/fake-capital-venue.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { FakeVenue } from '#test/support/fake-venue.ts';
import { memoryDeskRecords } from '#test/support/memory-desk-records.ts';
import { MemoryWatchStore } from '#test/support/memory-watch-store.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { MemoryJournal } from '#test/support/memory-journal.ts';
import { MemoryLedger, MemoryStore } from '#test/support/memory-store.ts';
import { unlockedWith } from '#test/support/signer-states.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

export const NETWORK = networkId('practice');
export const AUTHORITY = address('4Nd1mYvJQwVgqRV4p5yZq6bQ4hZ4kGxV4m3kQ5b9wXyz');
const PROGRAM = address('dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH');

interface Life {
  readonly engine: Engine;
  alive: boolean;
}

/** Engine processes, one after another, on one chain and one disk. */
export class Rig {
  readonly clock = new FakeClock();
  readonly accounts = new FakeVenue(this.clock);
  readonly journal = new MemoryJournal();
  readonly store = new MemoryStore();
  readonly ledger = new MemoryLedger();
  readonly chain = new FakeCapitalChain(this.clock, this.accounts, this.journal);
  readonly watchStore = new MemoryWatchStore();
  readonly deskRecords = memoryDeskRecords();
  readonly views: OperationView[] = [];
  readonly vaults: VaultId[] = [];
  readonly points: CrashPoint[] = [];
  /** What was told of the halt of everything, and what the disk said at that moment. */
  readonly halts: { readonly told: HaltAll | null; readonly onRecord: HaltAll | null }[] = [];
  networks: EngineNetwork[] = [
    { id: NETWORK, label: 'Practice', kind: 'practice', program: PROGRAM, lockedBecause: null },
  ];
  settings: CapitalSettings = DEFAULT_CAPITAL_SETTINGS;
  /** Ends the process where it answers true. */
  killAt: ((point: CrashPoint) => boolean) | null = null;
  /** Called around each write of the disk; may end the process, or throw as a full disk does. */
  onWrite: ((write: string, when: 'before' | 'after') => void) | null = null;
  kills = 0;
  /** Listeners that have left the signer. */
  signerLeft = 0;
  #tellSigner: (state: SignerState) => void = () => undefined;
  #ids = 0;
  #lives = 0;
  #life: Life | null = null;

  get engine(): Engine {
    if (this.#life === null) throw new Error('no process');
    return this.#life.engine;
  }

  get alive(): boolean {
    return this.#life?.alive ?? false;
  }

  start(): void {
    this.#lives += 1;
    const isAlive = (): boolean => life.alive;
    const life: Life = { alive: true, engine: this.#createEngine(isAlive) };
    this.#life = life;
    const started = life.engine.start();
    if (!started.ok) throw new Error(started.error.message);
  }

  /** As SIGKILL does: nothing is written, sent or told afterwards. */
  kill(): void {
    const life = this.#life;
    if (life === null || !life.alive) return;
    life.alive = false;
    this.kills += 1;
    life.engine.stop();
  }

  /** A running engine with verified vaults that hold so much USDC each. */
  async begin(usdc: readonly bigint[] = [100_000_000n, 100_000_000n]): Promise<void> {
    this.start();
    usdc.forEach((units, subAccountId) => {
      const added = this.engine.addOnChainVault({
        name: `Vault ${subAccountId}`,
        engine: 'funding',
        network: NETWORK,
        authority: AUTHORITY,
        subAccountId,
      });
      if (!added.ok) throw new Error(added.error.message);
      this.accounts.set(added.value.vaultId, { usdc: units });
      this.vaults.push(added.value.vaultId);
    });
    await this.clock.advance(100);
  }

  vault(index: number): VaultId {
    const id = this.vaults[index];
    if (id === undefined) throw new Error(`no vault ${index}`);
    return id;
  }

  move(kind: 'deposit' | 'withdraw', amount: bigint, vault = 0): CapitalRequest {
    return { kind, vaultId: this.vault(vault), marketIndex: 0, amount: tokenAmount(amount) };
  }

  transfer(amount: bigint, from = 0, to = 1): CapitalRequest {
    const [vaultId, toVaultId] = [this.vault(from), this.vault(to)];
    return { kind: 'transfer', vaultId, toVaultId, marketIndex: 0, amount: tokenAmount(amount) };
  }

  readonly creation: CapitalRequest = {
    kind: 'create-sub-account',
    network: NETWORK,
    authority: AUTHORITY,
    engine: 'funding',
    name: 'Second',
  };

  /** The id once the operation is on record. */
  async request(request: CapitalRequest): Promise<OperationId> {
    const asked = this.engine.requestCapital(request);
    await this.clock.advance(50);
    const answer = await asked;
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value.operationId;
  }

  operation(id: OperationId): CapitalOperation {
    const found = this.journal.load(id);
    if (found === null) throw new Error(`no operation ${id}`);
    return found;
  }

  states(id: OperationId): string[] {
    return this.operation(id).transitions.map(({ state }) => state);
  }

  lastView(id: OperationId): OperationView {
    const view = this.views.findLast(({ operation }) => operation.id === id);
    if (view === undefined) throw new Error(`no view of ${id}`);
    return view;
  }

  vaultView(id: VaultId): VaultView {
    const view = this.engine.views().find(({ vault }) => vault.id === id);
    if (view === undefined) throw new Error(`no vault ${id}`);
    return view;
  }

  unlock(): void {
    this.chain.locked = false;
    this.#tellSigner(unlockedWith(AUTHORITY));
  }

  #createEngine(isAlive: () => boolean): Engine {
    const { clock, store, ledger, journal, chain } = this;
    return createEngine({
      clock,
      logger: silentLogger,
      store: this.#onDisk(store, isAlive),
      ledger,
      watchStore: this.#onDisk(this.watchStore, isAlive),
      deskRecords: {
        ...this.deskRecords,
        activity: this.#onDisk(this.deskRecords.activity, isAlive),
      },
      watchSettings: DEFAULT_WATCH_SETTINGS,
      journal: this.#onDisk(journal, isAlive),
      capitalVenueFor: (_network, vaultType) =>
        vaultType === 'virtual'
          ? createVirtualCapital({ ledger, clock, quote: USDC })
          : chain.venueOf(isAlive),
      capitalSettings: this.settings,
      onSignerState: (listener) => {
        const before = this.#tellSigner;
        this.#tellSigner = (state) => {
          before(state);
          listener(state);
        };
        listener(unlockedWith(AUTHORITY));
        return () => {
          this.signerLeft += 1;
        };
      },
      onPoint: (point) => {
        if (!isAlive()) return;
        this.points.push(point);
        if (this.killAt?.(point) === true) this.kill();
      },
      readerFor: (_network, vaultType) =>
        vaultType === 'virtual' ? createVirtualReader(ledger, clock) : this.accounts,
      networks: () => this.networks,
      publisher: {
        publish: (event) => {
          if (!isAlive()) return;
          if (event.type === 'OPERATION_CHANGED') this.views.push(event.view);
          if (event.type === 'HALT_ALL_CHANGED') {
            this.halts.push({ told: event.haltAll, onRecord: this.watchStore.loadHaltAll() });
          }
        },
      },
      settings: DEFAULT_SYNC_SETTINGS,
      newId: () => {
        this.#ids += 1;
        return `id-${this.#ids}`;
      },
      revisionBase: this.#lives * 1_000_000,
    });
  }

  /** A dead process reaches no disk. */
  #onDisk<Part extends object>(part: Part, isAlive: () => boolean): Part {
    return new Proxy(part, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]): unknown => {
          const write = WRITES.has(String(name)) && isAlive() ? this.onWrite : null;
          write?.(String(name), 'before');
          if (!isAlive()) throw new Error('the process is dead');
          const answer: unknown = Reflect.apply(member, target, given);
          write?.(String(name), 'after');
          return answer;
        };
      },
    });
  }
}

/** Writes that the halt of everything and an operation make. */
const WRITES: ReadonlySet<string> = new Set(['saveHaltAll', 'saveHalt', 'advance', 'open']);
