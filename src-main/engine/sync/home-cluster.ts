import type { EngineVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import { wordsOf } from '../engine-errors.ts';
import type { Logger, VaultStore, VenueReader } from '../ports.ts';

export interface HomePorts {
  readonly label: string;
  readonly genesisHash: string;
  readonly store: VaultStore;
  readonly logger: Logger;
}

/**
 * A reader that reads a vault only on the cluster that its figures come from. A network can be begun anew under its
 * old name, as the practice network is when its folder is deleted: slots then start again from zero, so that the old
 * vaults would wait for ever for a node that is “behind”; and what has their address there is not their money.
 */
export function homeClusterReader(reader: VenueReader, ports: HomePorts): VenueReader {
  const homes = new Map<VaultId, string>();
  return {
    watch: (vaults, onHint) => reader.watch(vaults, onHint),
    useNextEndpoint: () => reader.useNextEndpoint(),
    status: () => reader.status(),
    onStatus: (listener) => reader.onStatus(listener),
    close: () => reader.close(),
    async read(vaults, minSlots) {
      const { strangers, natives } = partition(vaults, homes, ports);
      if (strangers.size > 0 && natives.length === 0) {
        return ok({ observations: strangers, rpcCalls: 0, exchange: null });
      }
      const read = await reader.read(natives, minSlots);
      if (!read.ok) return read;
      const settlers = [...read.value.observations].flatMap(([id, observation]) =>
        observation.ok && !homes.has(id) ? [id] : [],
      );
      if (settlers.length > 0) settleIn(settlers, homes, ports);
      if (strangers.size === 0) return read;
      return ok({
        ...read.value,
        observations: new Map([...read.value.observations, ...strangers]),
      });
    },
  };
}

function partition(
  vaults: readonly EngineVault[],
  homes: Map<VaultId, string>,
  { store, genesisHash, label }: HomePorts,
) {
  const strangers = new Map<VaultId, Result<VaultSnapshot, KeelError>>();
  const natives: EngineVault[] = [];
  for (const vault of vaults) {
    const home = homes.get(vault.id) ?? store.loadHome(vault.id);
    if (home !== null) homes.set(vault.id, home);
    if (home === null || home === genesisHash) natives.push(vault);
    else strangers.set(vault.id, err(begunAnew(vault.name, label, home, genesisHash)));
  }
  return { strangers, natives };
}

/** Homes that cannot be stored are stored by a later read. */
function settleIn(
  ids: readonly VaultId[],
  homes: Map<VaultId, string>,
  { store, genesisHash, logger }: HomePorts,
): void {
  try {
    store.saveHomes(ids, genesisHash);
    for (const id of ids) homes.set(id, genesisHash);
  } catch (thrown) {
    logger.warn('home.not-stored', { vaults: ids.length, fault: wordsOf(thrown) });
  }
}

function begunAnew(name: string, network: string, home: string, now: string): KeelError {
  return keelError(
    'WRONG_CLUSTER',
    'operator',
    `“${name}” is a vault of the chain ${home}, but the network “${network}” is the chain ${now} now: nothing was read.`,
    'Archive this vault and add one of the present chain. If the old chain’s folder was moved, put it back and restart Keel.',
    { home, now },
  );
}
