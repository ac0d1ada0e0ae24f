import type { EngineVault } from '#domain/engine-vault.ts';
import type { ExchangeObservation } from '#domain/exchange-state.ts';
import type { VaultId } from '#domain/ids.ts';
import { keelError, type ErrorCode, type KeelError } from '#domain/keel-error.ts';
import type { NetworkStatus } from '#domain/network.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { slot, type Slot } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { Clock, ReadBatch, Unsubscribe, VenueReader } from '#main/engine/ports.ts';
import { snapshotOf, type Holdings } from './snapshots.ts';

/** What happens to one read. `lag`: the answer is from so many slots ago. */
export type ReadFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'whole'; readonly code: ErrorCode }
  | { readonly kind: 'vault'; readonly vaultId: VaultId; readonly code: ErrorCode }
  | { readonly kind: 'lag'; readonly slots: bigint }
  | { readonly kind: 'throw' }
  /** The node falsifies a vault's USDC without the slot moving on. */
  | { readonly kind: 'falsify'; readonly vaultId: VaultId; readonly usdc: bigint }
  /** The reader fails to check `minSlots` and hands out old figures. */
  | { readonly kind: 'unchecked-lag'; readonly slots: bigint };

export interface ReadRecord {
  readonly atMs: number;
  readonly endpoint: number;
  readonly vaultIds: readonly VaultId[];
  readonly minSlots: ReadonlyMap<VaultId, Slot>;
}

const SLOT_MS = 400;

interface Change {
  readonly slot: bigint;
  readonly holdings: Holdings;
}

export const faultOf = (code: ErrorCode): KeelError =>
  keelError(code, 'retry', `Scripted ${code}.`, 'Nothing to do.');

/**
 * A chain in memory. Each account is the list of its changes by slot, so that any node, however far behind, answers what
 * was true at its slot. Faults are scripted per read, or hold until taken back.
 */
export class FakeVenue implements VenueReader {
  readonly #clock: Clock & { sleep(ms: number): Promise<void> };
  readonly #accounts = new Map<VaultId, Change[]>();
  readonly #listeners = new Set<(status: NetworkStatus) => void>();
  #onHint: (vault: VaultId) => void = () => undefined;
  /** The chain's present slot. */
  slot = 1_000n;
  /** Slots that pass with each read, beside those that time takes; none: the chain stands still. */
  slotsPerRead = 1n;
  #readMs = 0;
  latencyMs = 0;
  endpoint = 0;
  endpointCount = 1;
  closed = false;
  watched: readonly VaultId[] = [];
  readonly reads: ReadRecord[] = [];
  /** Used up one a read, before `standing`. */
  script: ReadFault[] = [];
  standing: ReadFault = { kind: 'none' };
  /** Faults of one endpoint: for nodes of which one is bad. */
  readonly ofEndpoint = new Map<number, ReadFault>();
  /** Called after each read: the account that moves between two reads. */
  afterRead: (() => void) | null = null;
  /** The venue's own state as each read tells it; null: it tells none. */
  exchangeAt: ((at: Slot, vaults: readonly EngineVault[]) => ExchangeObservation) | null = null;
  #status: NetworkStatus | null = null;

  constructor(clock: Clock & { sleep(ms: number): Promise<void> }) {
    this.#clock = clock;
  }

  /** The account's holdings from now on. */
  set(vaultId: VaultId, holdings: Holdings): void {
    this.slot += 1n;
    const changes = this.#accounts.get(vaultId) ?? [];
    changes.push({ slot: this.slot, holdings });
    this.#accounts.set(vaultId, changes);
  }

  /** What was true at the slot, for asserting that nothing else is ever shown. */
  truthAt(vaultId: VaultId, at: bigint): Holdings | null {
    return this.#accounts.get(vaultId)?.findLast((each) => each.slot <= at)?.holdings ?? null;
  }

  hint(vaultId: VaultId): void {
    this.#onHint(vaultId);
  }

  tellStatus(status: NetworkStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }

  async read(
    vaults: readonly EngineVault[],
    minSlots: ReadonlyMap<VaultId, Slot>,
  ): Promise<Result<ReadBatch, KeelError>> {
    this.#passSlots();
    const fault = this.script.shift() ?? this.ofEndpoint.get(this.endpoint) ?? this.standing;
    this.reads.push({
      atMs: this.#clock.monotonicMs(),
      endpoint: this.endpoint,
      vaultIds: vaults.map(({ id }) => id),
      minSlots,
    });
    if (this.latencyMs > 0) await this.#clock.sleep(this.latencyMs);
    if (fault.kind === 'throw') throw new Error('a bug in the reader');
    if (fault.kind === 'whole') return err(faultOf(fault.code));
    const observations = new Map(
      vaults.map(({ id }) => [id, this.#readOne(id, fault, minSlots.get(id))]),
    );
    this.afterRead?.();
    const exchange = this.exchangeAt?.(slot(this.slot), vaults) ?? null;
    return ok({ observations, rpcCalls: Math.ceil(vaults.length / 100), exchange });
  }

  watch(vaults: readonly EngineVault[], onHint: (vault: VaultId) => void): void {
    this.watched = vaults.map(({ id }) => id);
    this.#onHint = onHint;
  }

  useNextEndpoint(): void {
    this.endpoint = (this.endpoint + 1) % this.endpointCount;
  }

  status(): NetworkStatus | null {
    return this.#status;
  }

  onStatus(listener: (status: NetworkStatus) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.closed = true;
  }

  #passSlots(): void {
    const nowMs = this.#clock.monotonicMs();
    const passed = BigInt(Math.floor((nowMs - this.#readMs) / SLOT_MS));
    this.#readMs = nowMs;
    if (this.slotsPerRead > 0n) this.slot += this.slotsPerRead + passed;
  }

  #readOne(
    id: VaultId,
    fault: ReadFault,
    minSlot: Slot | undefined,
  ): Result<VaultSnapshot, KeelError> {
    if (fault.kind === 'vault' && fault.vaultId === id) return err(faultOf(fault.code));
    const lag = fault.kind === 'lag' || fault.kind === 'unchecked-lag' ? fault.slots : 0n;
    const at = this.slot - lag;
    if (fault.kind === 'lag' && minSlot !== undefined && at < minSlot) {
      return err(faultOf('NODE_BEHIND'));
    }
    const holdings = this.truthAt(id, at);
    if (holdings === null) return err(faultOf('SUB_ACCOUNT_MISSING'));
    const falsified = fault.kind === 'falsify' && fault.vaultId === id ? { usdc: fault.usdc } : {};
    return ok(snapshotOf({ ...holdings, ...falsified }, { slot: at, nowMs: this.#clock.nowMs() }));
  }
}
