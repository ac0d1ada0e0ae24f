import type { EngineVault } from '#domain/engine-vault.ts';
import type { Address, VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { Network, NetworkStatus } from '#domain/network.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Slot } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { Clock, Logger, ReadBatch, Unsubscribe, VenueReader } from '#main/engine/ports.ts';
import { DriftVenue } from './drift-venue.ts';
import { exchangeOf } from './exchange/exchange-of.ts';
import { mismatch, noEndpoint } from './failures.ts';
import type { Commitment } from './read/account-frame.ts';
import { readVaults, type ReadContext, type Target } from './read/read-vaults.ts';
import { Slices } from './read/slices.ts';
import { EndpointSession } from './rpc/endpoint-session.ts';
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
  /** Told of every HTTP call after it ended. */
  readonly onCall?: (call: RpcCall) => void;
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
  #session: EndpointSession | null;
  #endpointIndex = 0;
  #watchCount = 0;
  #socketWasLive = false;

  constructor(options: DriftReaderOptions) {
    this.#options = options;
    this.#board = new StatusBoard(options.network);
    this.#session = this.#sessionAt(0);
    this.#watch = new VaultWatch({ ...options, board: this.#board });
    this.#board.onChange(({ socket }) => {
      // Behind the address there may be another node now, of another cluster.
      if (this.#socketWasLive && socket !== 'live') this.#session?.forgetCluster();
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
    const session = this.#session;
    const startedMs = this.#options.clock.monotonicMs();
    const result = await this.#readFrom(session, venue.value, vaults, minSlots).catch(faultOf);
    // An endpoint that was left meanwhile says nothing about the one in use.
    if (session === this.#session) this.#judge(result, startedMs);
    return result;
  }

  watch(vaults: readonly EngineVault[], onHint: (vault: VaultId) => void): void {
    this.#watchCount += 1;
    void this.#watchNow(vaults, onHint, this.#watchCount).catch((cause: unknown) => {
      this.#options.logger.error('watch.failed', { reason: String(cause) });
    });
  }

  useNextEndpoint(): void {
    const { endpoints } = this.#options.network;
    this.#session?.forgetCluster();
    if (endpoints.length < 2) return;
    this.#endpointIndex = (this.#endpointIndex + 1) % endpoints.length;
    this.#session = this.#sessionAt(this.#endpointIndex);
    const endpoint = endpoints[this.#endpointIndex];
    if (endpoint === undefined) return;
    this.#board.update({
      endpointLabel: endpoint.label,
      endpointIndex: this.#endpointIndex,
      connection: 'connecting',
      latencyMs: null,
    });
    this.#watch.moveTo(endpoint);
  }

  status(): NetworkStatus {
    return this.#board.status;
  }

  onStatus(listener: (status: NetworkStatus) => void): Unsubscribe {
    return this.#board.onChange(listener);
  }

  close(): void {
    this.#watchCount += 1;
    this.#watch.close();
  }

  async listSubAccounts(
    authority: Address,
  ): Promise<Result<readonly FoundSubAccount[], KeelError>> {
    const session = this.#session;
    if (session === null) return err(noEndpoint(this.#options.network.id));
    try {
      const venue = await this.#openVenue();
      if (!venue.ok) return venue;
      const cluster = await session.checkCluster();
      if (!cluster.ok) return cluster;
      return await scanAuthority(
        this.#context(session, venue.value),
        authority,
        this.#options.network,
      );
    } catch (cause) {
      return faultOf(cause);
    }
  }

  async #readFrom(
    session: EndpointSession | null,
    venue: DriftVenue,
    vaults: readonly EngineVault[],
    minSlots: ReadonlyMap<VaultId, Slot>,
  ): Promise<Result<ReadBatch, KeelError>> {
    if (session === null) return err(noEndpoint(this.#options.network.id));
    const cluster = await session.checkCluster();
    if (!cluster.ok) return cluster;
    const observations = new Map<VaultId, Result<VaultSnapshot, KeelError>>();
    const targets: Target[] = [];
    const slices = new Slices(this.#options.clock);
    for (const vault of vaults) {
      await slices.breathe();
      const target = this.#targetOf(venue, vault, minSlots.get(vault.id) ?? 0n);
      if (target.ok) targets.push(target.value);
      else observations.set(vault.id, target);
    }
    const read = await readVaults(this.#context(session, venue), targets);
    if (!read.ok) return read;
    for (const [id, observation] of read.value.observations) observations.set(id, observation);
    return ok({
      observations,
      rpcCalls: cluster.value + read.value.rpcCalls,
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

  #context(session: EndpointSession, venue: DriftVenue): ReadContext {
    const { clock, commitment = 'confirmed' } = this.#options;
    return {
      session,
      venue,
      clock,
      commitment,
      sharedKeys: this.#sharedKeys,
      valuate: venue.valuate,
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

  #judge(result: Result<ReadBatch, KeelError>, startedMs: number): void {
    const { clock, logger } = this.#options;
    if (!result.ok) {
      this.#session?.forgetCluster();
      this.#board.readFailed(result.error);
      logger.warn('read.failed', { code: result.error.code, message: result.error.message });
      return;
    }
    for (const observation of result.value.observations.values()) {
      if (observation.ok) this.#board.noteSlot(observation.value.slot);
    }
    if (result.value.rpcCalls === 0) return;
    const latencyMs = Math.round(clock.monotonicMs() - startedMs);
    this.#board.update({ connection: 'connected', latencyMs, nextAttemptAtMs: null });
  }

  #sessionAt(index: number): EndpointSession | null {
    const endpoint = this.#options.network.endpoints[index];
    return endpoint === undefined ? null : new EndpointSession(endpoint, this.#options);
  }
}

function faultOf(cause: unknown): Result<never, KeelError> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return err(
    keelError(
      'ENGINE_FAULT',
      'stop',
      `The reader failed by a fault of its own: ${reason}`,
      'Report it with the log; nothing was stored.',
    ),
  );
}
