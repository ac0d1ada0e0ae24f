import type { EngineVault } from '#domain/engine-vault.ts';
import type { Address, VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Network, NetworkStatus } from '#domain/network.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Slot } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { Clock, Logger, ReadBatch, Unsubscribe, VenueReader } from '#main/engine/ports.ts';
import { DriftVenue } from './drift-venue.ts';
import { exchangeOf } from './exchange/exchange-of.ts';
import { mismatch, readerFault } from './failures.ts';
import type { Commitment } from './read/account-frame.ts';
import { readOverEndpoints, resultOver, type AnswersOver } from './read-over-endpoints.ts';
import { readVaults, type ReadContext, type Target } from './read/read-vaults.ts';
import { Slices } from './read/slices.ts';
import { EndpointPool, UNSHARED_LIMITS, type PoolEvent } from './rpc/endpoint-pool.ts';
import type { EndpointSession } from './rpc/endpoint-session.ts';
import type { RpcCall } from './rpc/json-rpc-client.ts';
import { StatusBoard } from './status-board.ts';
import { scanAuthority, type FoundSubAccount } from './sub-account-scanner.ts';
import { VaultWatch } from './watch/vault-watch.ts';

export interface DriftReaderOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long one call may take. */
  readonly rpcTimeoutMs: number;
  /** [confirmed] */
  readonly commitment?: Commitment;
  /** Told of every HTTP call after it ended; of a shared pool, the pool's owner is told. */
  readonly onCall?: (call: RpcCall) => void;
  /** The network's endpoints where others use them too; without it the reader has its own, without a budget. */
  readonly pool?: EndpointPool;
}

export interface DriftReader extends VenueReader {
  status(): NetworkStatus;
  /** The sub-accounts that the authority has made, by number. Never rejects. */
  listSubAccounts(authority: Address): Promise<Result<readonly FoundSubAccount[], KeelError>>;
}

/** The on-chain venue's reader for one network. The SDK is loaded at the first read. */
export function createDriftReader(options: DriftReaderOptions): DriftReader {
  return new ChainReader(options);
}

class ChainReader implements DriftReader {
  readonly #options: DriftReaderOptions;
  readonly #board: StatusBoard;
  readonly #watch: VaultWatch;
  readonly #sharedKeys = new Map<string, readonly string[]>();
  #venue: Promise<Result<DriftVenue, KeelError>> | null = null;
  readonly #pool: EndpointPool;
  readonly #leavePool: Unsubscribe;
  #watchCount = 0;
  #socketWasLive = false;

  constructor(options: DriftReaderOptions) {
    this.#options = options;
    this.#pool = options.pool ?? unsharedPool(options);
    this.#board = new StatusBoard({ ...options, endpoints: () => this.#pool.health() });
    this.#watch = new VaultWatch({ ...options, board: this.#board, pool: this.#pool });
    this.#leavePool = this.#pool.on((event) => this.#follow(event));
    this.#showEndpoint();
    this.#board.onChange(({ socket }) => {
      // Behind the address there may be another node now, of another cluster.
      if (this.#socketWasLive && socket !== 'live') this.#pool.current?.forgetCluster();
      this.#socketWasLive = socket === 'live';
    });
  }

  async read(
    vaults: readonly EngineVault[],
    minSlots: ReadonlyMap<VaultId, Slot>,
  ): Promise<Result<ReadBatch, KeelError>> {
    // Loading the SDK holds the event loop: no call may be under way meanwhile, or it would time out.
    const venue = await this.#openVenue();
    if (!venue.ok) return venue;
    const answers = await readOverEndpoints(this.#pool, this.#options, (session, onCalls) =>
      this.#readFrom(this.#context(session, venue.value, onCalls), venue.value, vaults, minSlots),
    );
    this.#tell(answers);
    return resultOver(answers);
  }

  watch(vaults: readonly EngineVault[], onHint: (vault: VaultId) => void): void {
    this.#watchCount += 1;
    void this.#watchNow(vaults, onHint, this.#watchCount).catch((cause: unknown) => {
      this.#options.logger.error('watch.failed', { reason: String(cause) });
    });
  }

  useNextEndpoint(): void {
    this.#pool.useNext();
  }

  status(): NetworkStatus {
    return this.#board.status;
  }

  onStatus(listener: (status: NetworkStatus) => void): Unsubscribe {
    return this.#board.onChange(listener);
  }

  close(): void {
    this.#watchCount += 1;
    this.#leavePool();
    this.#watch.close();
    this.#board.close();
    if (this.#options.pool === undefined) this.#pool.close();
  }

  async listSubAccounts(
    authority: Address,
  ): Promise<Result<readonly FoundSubAccount[], KeelError>> {
    try {
      const venue = await this.#openVenue();
      if (!venue.ok) return venue;
      const found = await this.#pool.inCluster();
      if (!found.ok) return found;
      return await scanAuthority(
        this.#context(found.value.session, venue.value),
        authority,
        this.#options.network,
      );
    } catch (cause) {
      return readerFault(cause);
    }
  }

  async #readFrom(
    context: ReadContext,
    venue: DriftVenue,
    vaults: readonly EngineVault[],
    minSlots: ReadonlyMap<VaultId, Slot>,
  ): Promise<Result<ReadBatch, KeelError>> {
    const observations = new Map<VaultId, Result<VaultSnapshot, KeelError>>();
    const targets: Target[] = [];
    const slices = new Slices(this.#options.clock);
    for (const vault of vaults) {
      await slices.breathe();
      const target = this.#targetOf(venue, vault, minSlots.get(vault.id) ?? 0n);
      if (target.ok) targets.push(target.value);
      else observations.set(vault.id, target);
    }
    const read = await readVaults(context, targets);
    if (!read.ok) return read;
    for (const [id, observation] of read.value.observations) observations.set(id, observation);
    return ok({
      observations,
      rpcCalls: read.value.rpcCalls,
      exchange: exchangeOf(venue.vendor, read.value.venue),
    });
  }

  #targetOf(venue: DriftVenue, vault: EngineVault, minSlot: bigint): Result<Target, KeelError> {
    const { network } = this.#options;
    if (vault.vaultType !== 'onChain') {
      return err(mismatch('vault', 'type', vault.vaultType, 'onChain'));
    }
    if (vault.network !== network.id) {
      return err(mismatch('vault', 'network', vault.network, network.id));
    }
    const userKey = venue.userKey(vault);
    return userKey.ok ? ok({ vault, userKey: userKey.value, minSlot }) : userKey;
  }

  #context(
    session: EndpointSession,
    venue: DriftVenue,
    onCalls: (count: number) => void = () => undefined,
  ): ReadContext {
    const { clock, commitment = 'confirmed' } = this.#options;
    return {
      session,
      venue,
      clock,
      commitment,
      sharedKeys: this.#sharedKeys,
      valuate: venue.valuate,
      onCalls,
    };
  }

  /** A later call of `watch` makes this one void, however long its addresses take. */
  async #watchNow(
    vaults: readonly EngineVault[],
    onHint: (vault: VaultId) => void,
    count: number,
  ): Promise<void> {
    const venue = await this.#openVenue();
    if (!venue.ok) {
      this.#options.logger.error('watch.failed', { reason: venue.error.message });
      return;
    }
    const slices = new Slices(this.#options.clock);
    const vaultOf = new Map<string, VaultId>();
    for (const vault of vaults) {
      await slices.breathe();
      const target = this.#targetOf(venue.value, vault, 0n);
      // A vault without an address of its own has nothing to watch; its reads say why.
      if (target.ok) vaultOf.set(target.value.userKey, vault.id);
    }
    if (count !== this.#watchCount) return;
    this.#forgetOthers(venue.value, vaultOf);
    this.#watch.watch(vaultOf, onHint);
  }

  /** What is kept of accounts is bounded by the vaults watched. */
  #forgetOthers(venue: DriftVenue, watched: ReadonlyMap<string, VaultId>): void {
    const kept = new Set(watched.keys());
    for (const [user, shared] of this.#sharedKeys) {
      if (!watched.has(user)) this.#sharedKeys.delete(user);
      else for (const key of shared) kept.add(key);
    }
    venue.cache.keepOnly(kept);
  }

  /** Opened once; a failure is tried again by the next read. */
  async #openVenue(): Promise<Result<DriftVenue, KeelError>> {
    this.#venue ??= DriftVenue.open(this.#options.network);
    const venue = await this.#venue;
    if (!venue.ok) this.#venue = null;
    return venue;
  }

  #tell({ answers, rpcCalls }: AnswersOver): void {
    for (const { failure } of answers) {
      if (failure === null) continue;
      const { code, message } = failure;
      this.#options.logger.warn('read.failed', { code, message });
    }
    const [first] = answers;
    const good = answers.find(({ failure }) => failure === null) ?? first;
    // An endpoint that was left meanwhile says nothing about the one in use; one that stood in for it is all there is.
    const wasLeft = first.session !== null && first.session !== this.#pool.current;
    if (answers.length === 1 && wasLeft) return;
    if (good.failure !== null) this.#board.readFailed(good.failure);
    else if (good.result.ok) this.#succeeded(good.result.value, good.latencyMs, rpcCalls);
  }

  #succeeded(batch: ReadBatch, latencyMs: number, rpcCalls: number): void {
    for (const observation of batch.observations.values()) {
      if (observation.ok) this.#board.noteSlot(observation.value.slot);
    }
    if (rpcCalls === 0) return;
    this.#board.update({ connection: 'connected', latencyMs, nextAttemptAtMs: null });
  }

  #follow(event: PoolEvent): void {
    const endpoint = this.#pool.current?.endpoint;
    switch (event) {
      case 'health':
        this.#board.healthChanged();
        return;
      case 'moved':
        this.#showEndpoint();
        if (endpoint !== undefined) this.#watch.moveTo(endpoint);
        return;
      case 'woke':
        // Whether the socket has outlived it, nobody knows.
        if (endpoint !== undefined) this.#watch.moveTo(endpoint);
        return;
    }
  }

  /** The endpoint may have changed: nothing has been read from it yet. */
  #showEndpoint(): void {
    const { current, currentIndex } = this.#pool;
    if (current === null) return;
    this.#board.update({
      endpointLabel: current.endpoint.label,
      endpointIndex: currentIndex,
      connection: 'connecting',
      latencyMs: null,
    });
  }
}

/** The reader is the only one who asks there: only what the endpoints themselves ask for slows it. */
function unsharedPool({ rpcTimeoutMs, ...options }: DriftReaderOptions): EndpointPool {
  return new EndpointPool({
    ...options,
    rpcTimeoutMs: () => rpcTimeoutMs,
    limits: () => UNSHARED_LIMITS,
  });
}
