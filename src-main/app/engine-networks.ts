import type { Address, NetworkId } from '#domain/ids.ts';
import { address, PRACTICE_NETWORK } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import type { TokenRef } from '#domain/capital-intent.ts';
import type { EndpointTest } from '#domain/endpoint-view.ts';
import type { Network, RpcEndpoint } from '#domain/network.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import { err, ok } from '#domain/result.ts';
import type { ResponseOf } from '#ipc/contract.ts';
import {
  createDriftCapital,
  createDriftReader,
  EndpointPool,
  testEndpoint,
  type DriftReader,
} from '#main/drift/index.ts';
import type { EngineNetwork, Outcome } from '#main/engine/index.ts';
import type { CapitalVenue, Clock, Logger, Signer } from '#main/engine/ports.ts';
import { PRACTICE_LABEL, PRACTICE_QUOTE } from './network-views.ts';

export interface EngineNetworksParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly live: readonly Network[];
  readonly liveLockedBecause: string | null;
  rpcTimeoutMs(): number;
  watch(): WatchSettings;
}

/** The networks of the engine process and the chain readers on them. */
export interface EngineNetworks {
  /** What the engine must know of each; the practice network is locked until it has told where it is. */
  list(): readonly EngineNetwork[];
  /** True when the practice network has moved or is new. */
  setPractice(network: Network): boolean;
  /** The live networks with their endpoints as the trader wants them now; answers with those that have changed. */
  setLive(networks: readonly Network[]): readonly NetworkId[];
  /**
   * Tries an endpoint as one of the network. A locked network's, too: what is read is public, no key and no vault is
   * named, and a trader wants to know that an endpoint serves before the network is opened.
   */
  testEndpoint(network: Network, endpoint: RpcEndpoint): Promise<EndpointTest>;
  readonly hasPractice: boolean;
  readonly liveIds: readonly NetworkId[];
  /** A fresh reader; throws for a network that is not there, which the engine turns into an error value. */
  openReader(id: NetworkId): DriftReader;
  /** Where capital moves on the chain; throws as `openReader` does. */
  openCapital(id: NetworkId, signer: Signer): CapitalVenue;
  /** What paper money counts as there. */
  quoteOf(id: NetworkId): Pick<TokenRef, 'symbol' | 'mint'>;
  /** The authority's sub-accounts, by a reader of its own: a scan never disturbs the sync. */
  scan(
    id: NetworkId,
    authority: Address,
    isAdded: (subAccountId: number) => boolean,
  ): Promise<Outcome<ResponseOf<'vault.scanAuthority'>>>;
  /** The computer was asleep, or its own network has changed: what was known of the endpoints is asked anew. */
  resume(cause: 'wake' | 'online'): void;
  close(): void;
}

/** The system program: an address that no venue has. */
const NOT_YET_KNOWN = address('11111111111111111111111111111111');

export function createEngineNetworks(parts: EngineNetworksParts): EngineNetworks {
  const { clock, logger } = parts;
  let { live } = parts;
  let practice: Network | null = null;
  /** One for each network, so that whoever asks there shares its budget and what is known of its endpoints. */
  const pools = new Map<NetworkId, EndpointPool>();

  const find = (id: NetworkId): Network | undefined =>
    id === PRACTICE_NETWORK ? (practice ?? undefined) : live.find((each) => each.id === id);

  function lockOf(id: NetworkId): string | null {
    if (id !== PRACTICE_NETWORK) return parts.liveLockedBecause;
    return practice === null ? 'the practice network is still starting.' : null;
  }

  function known(id: NetworkId): Network {
    const network = find(id);
    if (network === undefined) throw new Error(`There is no network ${id}.`);
    return network;
  }

  function poolOf(network: Network): EndpointPool {
    const { rpcTimeoutMs, watch: limits } = parts;
    const pool =
      pools.get(network.id) ?? new EndpointPool({ network, clock, logger, rpcTimeoutMs, limits });
    pools.set(network.id, pool);
    return pool;
  }

  /** Its readers are replaced by the engine, and make another one. */
  function dropPool(id: NetworkId): void {
    pools.get(id)?.close();
    pools.delete(id);
  }

  function openReader(id: NetworkId): DriftReader {
    const [network, rpcTimeoutMs] = [known(id), parts.rpcTimeoutMs()];
    return createDriftReader({ network, clock, logger, rpcTimeoutMs, pool: poolOf(network) });
  }

  return {
    openReader,
    openCapital(id, signer) {
      const [network, rpcTimeoutMs] = [known(id), parts.rpcTimeoutMs()];
      const pool = poolOf(network);
      return createDriftCapital({ network, clock, logger, rpcTimeoutMs, signer, pool });
    },
    quoteOf(id) {
      const deployment = () => find(id)?.deployment;
      return {
        // Asked anew each time: the practice network tells its mint after it has started.
        get mint() {
          return deployment()?.quoteMint ?? NOT_YET_KNOWN;
        },
        get symbol() {
          return deployment()?.quoteSymbol ?? PRACTICE_QUOTE;
        },
      };
    },
    get hasPractice() {
      return practice !== null;
    },
    get liveIds() {
      return live.map(({ id }) => id);
    },
    list: () => [
      {
        id: PRACTICE_NETWORK,
        label: practice?.label ?? PRACTICE_LABEL,
        kind: 'practice' as const,
        program: practice?.deployment.program ?? NOT_YET_KNOWN,
        genesisHash: practice?.genesisHash ?? null,
        lockedBecause: lockOf(PRACTICE_NETWORK),
      },
      ...live.map(({ id, label, kind, deployment, genesisHash }) => ({
        id,
        label,
        kind,
        program: deployment.program,
        genesisHash,
        lockedBecause: lockOf(id),
      })),
    ],
    setPractice(network) {
      const moved = JSON.stringify(network) !== JSON.stringify(practice);
      practice = network;
      if (moved) dropPool(PRACTICE_NETWORK);
      return moved;
    },
    setLive(networks) {
      const changed = networks.filter(
        (network) => JSON.stringify(network) !== JSON.stringify(find(network.id)),
      );
      live = networks;
      for (const { id } of changed) dropPool(id);
      return changed.map(({ id }) => id);
    },
    testEndpoint: (network, endpoint) =>
      testEndpoint({
        network,
        endpoint,
        clock,
        slotInUse: () =>
          pools
            .get(network.id)
            ?.health()
            .find(({ inUse }) => inUse)?.slot ?? null,
        maxSlotLag: parts.watch().maxSlotLag,
      }),
    async scan(id, authority, isAdded) {
      const network = find(id);
      const lockedBecause = lockOf(id);
      if (lockedBecause !== null) return err(networkLocked(id, lockedBecause));
      if (network === undefined) return err(networkUnknown(id));
      const reader = openReader(id);
      const found = await reader.listSubAccounts(authority);
      reader.close();
      if (!found.ok) return found;
      return ok({
        subAccounts: found.value.map(({ subAccountId, name, totalCollateral }) => ({
          subAccountId,
          name,
          totalCollateral,
          alreadyAdded: isAdded(subAccountId),
        })),
      });
    },
    resume(cause) {
      for (const pool of pools.values()) {
        if (cause === 'wake') pool.wake();
        else pool.networkChanged();
      }
    },
    close() {
      for (const pool of pools.values()) pool.close();
      pools.clear();
    },
  };
}

function networkLocked(id: NetworkId, because: string) {
  return keelError(
    'NETWORK_LOCKED',
    'operator',
    `network: “${id}” is locked: ${because}`,
    'Use the practice network, or remove what locks it and restart Keel.',
  );
}

function networkUnknown(id: NetworkId) {
  return keelError(
    'NETWORK_UNKNOWN',
    'fix-input',
    `network: there is no network “${id}”.`,
    'Choose one of the networks in Settings.',
  );
}
