/** The whole main side without a window: practice network, reader, engine and database, over real sockets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import { address, PRACTICE_NETWORK, type VaultId } from '#domain/ids.ts';
import type { Network, RpcEndpoint } from '#domain/network.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { DEFAULT_SYNC_SETTINGS, type SyncSettings } from '#domain/sync-settings.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { openEngineHost, type EngineHost } from '#main/app/engine-host.ts';
import type { EngineEvent, Logger, LogFields, Signer } from '#main/engine/ports.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { startPracticeNetwork, type PracticeHandle } from '#main/practice/index.ts';
import type { DriftWorldOptions } from '#main/practice/drift/options.ts';
import { absentSigner } from './absent-signer.ts';
import { eventually } from './shell-profile.ts';
import { silentLogger } from './silent-logger.ts';

export interface KeelHost {
  readonly host: EngineHost;
  readonly practice: PracticeHandle;
  readonly events: readonly EngineEvent[];
  readonly databaseFile: string;
  /** Called at the end of each round of reads with what the engine logs of it; no read is under way then. */
  onRound(listener: (round: LogFields) => void): void;
  view(vaultId: VaultId): VaultView;
  vaultNamed(name: string): VaultView;
  /** Adds a sub-account of the practice network; throws where the engine refuses it. */
  addVault(name: string, authority: string, subAccountId: number): VaultId;
  eventuallyView(
    what: string,
    vaultId: VaultId,
    check: (view: VaultView) => boolean,
  ): Promise<void>;
  close(): Promise<void>;
}

export interface KeelHostOptions {
  readonly sync?: Partial<SyncSettings>;
  /** None unless given: nothing can be signed. */
  readonly signer?: Signer;
  readonly world?: Omit<DriftWorldOptions, 'seed'>;
  /** In place of the practice network's own endpoint; used in turn. */
  readonly endpointsOf?: (practice: PracticeHandle) => Promise<readonly RpcEndpoint[]>;
}

export async function startKeelHost(options: KeelHostOptions = {}): Promise<KeelHost> {
  const folder = await mkdtemp(join(tmpdir(), 'keel-host-'));
  const practice = await startPracticeNetwork({
    dataDir: join(folder, 'practice'),
    port: 0,
    seed: 7,
    ...(options.world === undefined ? {} : { world: options.world }),
  });
  const events: EngineEvent[] = [];
  const roundListeners: ((round: LogFields) => void)[] = [];
  const logger: Logger = {
    ...silentLogger,
    debug(event, fields = {}) {
      if (event === 'sync.round') roundListeners.forEach((listener) => listener(fields));
    },
  };
  const opened = openEngineHost({
    clock: systemClock(),
    logger,
    start: {
      type: 'start',
      dataDirectory: folder,
      logDirectory: folder,
      nativeBinding: null,
      liveNetworks: [],
      liveLockedBecause: null,
      sync: { ...DEFAULT_SYNC_SETTINGS, ...options.sync },
      capital: DEFAULT_CAPITAL_SETTINGS,
      watch: DEFAULT_WATCH_SETTINGS,
      logLevel: 'info',
      haltAll: null,
      restore: null,
      crashFile: null,
      revisionBase: 0,
      loopReportEveryMs: 60_000,
    },
    signer: options.signer ?? absentSigner,
    publish: (event) => void events.push(event),
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const host = opened.value;
  const used = await host.usePractice({
    type: 'practice',
    network: networkOf(practice, await options.endpointsOf?.(practice)),
    starter: {
      authority: address(practice.world.starter.authority.toBase58()),
      subAccountId: practice.world.starter.subAccountId,
    },
  });
  if (!used.ok) throw new Error(used.error.message);
  return keelHost(
    host,
    practice,
    { events, onRound: (listener) => void roundListeners.push(listener) },
    folder,
  );
}

/** The network as the engine is told of it. */
export function networkOf(practice: PracticeHandle, endpoints?: readonly RpcEndpoint[]): Network {
  const { network, world } = practice;
  return {
    id: PRACTICE_NETWORK,
    label: 'Practice',
    kind: 'practice',
    deployment: {
      program: address(world.deployment.program.toBase58()),
      stateSeed: world.deployment.stateSeed,
      quoteMint: address(world.deployment.quoteMint.toBase58()),
      quoteSymbol: 'USDC',
    },
    endpoints: endpoints ?? [
      { label: 'first', httpUrl: network.httpUrl, webSocketUrl: network.webSocketUrl },
    ],
    genesisHash: network.genesisHash,
  };
}

function keelHost(
  host: EngineHost,
  practice: PracticeHandle,
  seen: Pick<KeelHost, 'events' | 'onRound'>,
  folder: string,
): KeelHost {
  const find = (what: string, matches: (view: VaultView) => boolean): VaultView => {
    const view = host.engine.views().find(matches);
    if (view === undefined) throw new Error(`No vault ${what}`);
    return view;
  };
  const view = (vaultId: VaultId): VaultView => find(vaultId, ({ vault }) => vault.id === vaultId);
  return {
    host,
    practice,
    ...seen,
    databaseFile: join(folder, 'database', 'keel.db'),
    view,
    vaultNamed: (name) => find(name, ({ vault }) => vault.name === name),
    addVault(name, authority, subAccountId) {
      const added = host.engine.addOnChainVault({
        name,
        engine: 'test',
        network: PRACTICE_NETWORK,
        authority: address(authority),
        subAccountId,
      });
      if (!added.ok) throw new Error(added.error.message);
      return added.value.vaultId;
    },
    eventuallyView: (what, vaultId, check) => eventually(what, () => check(view(vaultId))),
    async close() {
      host.close();
      await practice.network.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
