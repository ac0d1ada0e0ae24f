import type { EngineVault } from '#domain/engine-vault.ts';
import type { NetworkId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { NetworkStatus } from '#domain/network.ts';
import type { SyncCause } from '#domain/sync-run.ts';
import type { EngineNetwork, VaultType } from './engine.ts';
import { engineFault } from './engine-errors.ts';
import type { ReaderFor, VenueReader } from './ports.ts';
import { ClockWatch } from './sync/clock-watch.ts';
import { datedReader } from './sync/dated-reader.ts';
import { refusingReader } from './sync/guarded-reader.ts';
import { homeClusterReader } from './sync/home-cluster.ts';
import type { RunEnd } from './sync/open-run.ts';
import { SyncGroup, type GroupPorts } from './sync/sync-group.ts';

interface Entry {
  readonly network: NetworkId;
  readonly vaultType: VaultType;
  readonly group: SyncGroup;
}

/** One group per network and vault type, each with a reader of its own. */
export class SyncGroups {
  readonly #entries = new Map<string, Entry>();
  readonly #readerFor: ReaderFor;
  readonly #networks: () => readonly EngineNetwork[];
  readonly #ports: GroupPorts;
  readonly #clockWatch: ClockWatch;
  #started = false;

  constructor(readerFor: ReaderFor, networks: () => readonly EngineNetwork[], ports: GroupPorts) {
    this.#readerFor = readerFor;
    this.#networks = networks;
    this.#ports = ports;
    this.#clockWatch = new ClockWatch(ports.clock, () => this.#clockWasSet());
  }

  /** Calling again is harmless. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#clockWatch.start();
    for (const { group } of this.#entries.values()) group.start('start');
  }

  stop(): void {
    this.#clockWatch.stop();
    for (const { group } of this.#entries.values()) group.stop();
  }

  wake(): void {
    this.#clockWatch.settle();
    for (const { group } of this.#entries.values()) group.wake();
  }

  settingsChanged(): void {
    for (const { group } of this.#entries.values()) group.settingsChanged();
  }

  add({ id, network, vaultType }: EngineVault): void {
    const key = `${network}/${vaultType}`;
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.group.add(id);
      return;
    }
    const group = new SyncGroup(this.#readerOf(network, vaultType), this.#ports);
    this.#entries.set(key, { network, vaultType, group });
    group.add(id);
    if (this.#started) group.start(null);
  }

  remove(vault: EngineVault): void {
    this.#groupOf(vault)?.remove(vault.id);
  }

  sync(vault: EngineVault, cause: SyncCause): Promise<RunEnd> {
    const group = this.#groupOf(vault);
    if (group !== undefined) return group.sync(vault.id, cause);
    return Promise.resolve({ verified: false, error: engineFault('syncing', 'no group') });
  }

  async syncAll(cause: SyncCause): Promise<readonly RunEnd[]> {
    const ends = [...this.#entries.values()].map(({ group }) => group.syncAll(cause));
    return (await Promise.all(ends)).flat();
  }

  replaceReaders(network: NetworkId): void {
    for (const entry of this.#entries.values()) {
      if (entry.network !== network || entry.vaultType === 'virtual') continue;
      entry.group.useReader(this.#readerOf(network, entry.vaultType));
    }
  }

  statuses(): readonly NetworkStatus[] {
    return [...this.#entries.values()].flatMap(({ group }) => group.status() ?? []);
  }

  #clockWasSet(): void {
    this.#ports.logger.warn('clock.jumped');
    for (const { group } of this.#entries.values()) group.doubt();
  }

  #groupOf({ network, vaultType }: EngineVault): SyncGroup | undefined {
    return this.#entries.get(`${network}/${vaultType}`)?.group;
  }

  #atHome(id: NetworkId, reader: VenueReader): VenueReader {
    const network = this.#networks().find((each) => each.id === id);
    const genesisHash = network?.genesisHash ?? null;
    if (network === undefined || genesisHash === null) return reader;
    const { store, logger } = this.#ports;
    return homeClusterReader(reader, { label: network.label, genesisHash, store, logger });
  }

  #readerOf(id: NetworkId, vaultType: VaultType): VenueReader {
    const refusal = vaultType === 'onChain' ? networkRefusal(this.#networks(), id) : null;
    if (refusal !== null) return refusingReader(refusal);
    try {
      const reader = this.#readerFor(id, vaultType);
      return vaultType === 'virtual'
        ? reader
        : this.#atHome(id, datedReader(reader, this.#ports.clock));
    } catch (thrown) {
      return refusingReader(engineFault('opening the venue', thrown));
    }
  }
}

/** Why an on-chain vault may not use the network; null where it may. */
export function networkRefusal(
  networks: readonly EngineNetwork[],
  id: NetworkId,
): KeelError | null {
  const network = networks.find((each) => each.id === id);
  if (network === undefined) return networkUnknown(networks, id);
  if (network.lockedBecause === null) return null;
  return keelError(
    'NETWORK_LOCKED',
    'operator',
    `network: “${network.label}” is locked: ${network.lockedBecause}`,
    'Use the practice network, or remove what locks it and restart Keel.',
    { network: id },
  );
}

export function networkUnknown(networks: readonly EngineNetwork[], id: NetworkId): KeelError {
  const known = networks.map((each) => each.id).join(', ');
  return keelError(
    'NETWORK_UNKNOWN',
    'fix-input',
    `network: there is no network “${id}”.`,
    `Choose one of: ${known}.`,
    { network: id },
  );
}
