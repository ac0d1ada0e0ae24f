import type { Gatekeeper } from '../risk/gatekeeper.ts';
import { identityOf, type EngineVault } from '#domain/engine-vault.ts';
import { vaultId as toVaultId, type VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { nextPaperEntry } from '#domain/paper-ledger.ts';
import { err, ok } from '#domain/result.ts';
import { UNSYNCED } from '#domain/vault-state.ts';
import type { EngineDeps, NewOnChainVault, NewVirtualVault, Outcome } from '../engine.ts';
import { inputInvalid, vaultNotFound, writeFailed } from '../engine-errors.ts';
import { networkRefusal, networkUnknown, type SyncGroups } from '../sync-groups.ts';
import type { VaultBook } from '../vault-book.ts';
import {
  checkAllocation,
  checkAuthority,
  checkEngineName,
  checkName,
  checkSubAccountId,
  firstProblem,
} from './check-input.ts';

export interface CommandPorts {
  readonly deps: EngineDeps;
  readonly book: VaultBook;
  readonly groups: SyncGroups;
  readonly gate: Gatekeeper;
}

/** Runs a write of the store; what it throws becomes the command's error, and nothing else has happened. */
export function tryWrite(what: string, write: () => void): Outcome {
  try {
    write();
    return ok({});
  } catch (thrown) {
    return err(writeFailed(what, thrown));
  }
}

export async function createVirtualVault(
  ports: CommandPorts,
  request: NewVirtualVault,
): Promise<Outcome<{ readonly vaultId: VaultId }>> {
  const { deps } = ports;
  const networks = deps.networks();
  const problem = firstProblem(
    checkName(request.name),
    checkEngineName(request.engine),
    networks.some(({ id }) => id === request.network)
      ? null
      : networkUnknown(networks, request.network),
    checkAllocation(request.allocation),
  );
  if (problem !== null) return err(problem);
  const vault: EngineVault = {
    ...newBase(ports, request),
    vaultType: 'virtual',
    allocation: request.allocation,
  };
  const inserted = insert(ports, vault);
  if (!inserted.ok) return inserted;
  const entry = nextPaperEntry(
    null,
    { kind: 'allocate', amount: request.allocation },
    deps.clock.nowMs(),
  );
  const allocated = tryWrite('The allocation', () => {
    if (entry.ok) deps.ledger.append(vault.id, entry.value);
  });
  ports.groups.add(vault);
  await ports.groups.sync(vault, 'created');
  return allocated.ok ? ok({ vaultId: vault.id }) : allocated;
}

export function addOnChainVault(
  ports: CommandPorts,
  request: NewOnChainVault,
): Outcome<{ readonly vaultId: VaultId }> {
  const networks = ports.deps.networks();
  const network = networks.find(({ id }) => id === request.network);
  const problem = firstProblem(
    checkName(request.name),
    checkEngineName(request.engine),
    networkRefusal(networks, request.network),
    checkAuthority(request.authority),
    checkSubAccountId(request.subAccountId),
  );
  if (problem !== null) return err(problem);
  if (network === undefined) return err(networkUnknown(networks, request.network));
  const { authority, subAccountId } = request;
  const vault: EngineVault = {
    ...newBase(ports, request),
    vaultType: 'onChain',
    program: network.program,
    authority,
    subAccountId,
  };
  const twin = ports.book.views().find((view) => identityOf(view.vault) === identityOf(vault));
  if (twin !== undefined) return err(vaultExists(twin.vault, subAccountId));
  const inserted = insert(ports, vault);
  if (!inserted.ok) return inserted;
  ports.groups.add(vault);
  void ports.groups.sync(vault, 'created');
  return ok({ vaultId: vault.id });
}

function newBase({ deps, book }: CommandPorts, request: NewVirtualVault | NewOnChainVault) {
  const vaults = book.views().map(({ vault }) => vault);
  return {
    id: toVaultId(deps.newId()),
    engine: request.engine,
    name: request.name.trim(),
    network: request.network,
    /** The first vault of an engine powers it (V6). */
    active: !vaults.some((vault) => vault.engine === request.engine && vault.active),
    createdAtMs: deps.clock.nowMs(),
    archivedAtMs: null,
    sortIndex: Math.max(-1, ...vaults.map(({ sortIndex }) => sortIndex)) + 1,
  };
}

function insert({ deps, book }: CommandPorts, vault: EngineVault): Outcome {
  const written = tryWrite('The vault', () => deps.store.insertVault(vault));
  if (!written.ok) return written;
  book.add(vault, UNSYNCED);
  book.change(vault.id, {});
  return written;
}

function vaultExists(twin: EngineVault, subAccountId: number): KeelError {
  return keelError(
    'VAULT_EXISTS',
    'fix-input',
    `subAccountId: sub-account ${subAccountId} of this authority is the vault “${twin.name}” already.`,
    twin.archivedAtMs === null
      ? 'Open that vault, or choose another sub-account.'
      : 'That vault is archived: restore it.',
    { vaultId: twin.id },
  );
}

export function rename(ports: CommandPorts, vaultId: VaultId, name: string): Outcome {
  const view = ports.book.get(vaultId);
  if (view === undefined) return err(vaultNotFound(vaultId));
  const problem = checkName(name);
  if (problem !== null) return err(problem);
  return replaceVaults(ports, 'The name', [{ ...view.vault, name: name.trim() }]);
}

export function reorder(ports: CommandPorts, order: readonly VaultId[]): Outcome {
  const unknown = order.find((id) => ports.book.get(id) === undefined);
  if (unknown !== undefined) return err(vaultNotFound(unknown));
  const twice = order.find((id, index) => order.indexOf(id) !== index);
  if (twice !== undefined) {
    return err(inputInvalid('order', twice, 'is in it twice', 'Name each vault once.'));
  }
  const named = new Set(order);
  const rest = ports.book.views().map(({ vault }) => vault.id);
  const changed = [...order, ...rest.filter((id) => !named.has(id))].flatMap((id, sortIndex) => {
    const vault = ports.book.get(id)?.vault;
    return vault === undefined || vault.sortIndex === sortIndex ? [] : [{ ...vault, sortIndex }];
  });
  return replaceVaults(ports, 'The order', changed);
}

/** One transaction takes the badge from its holder and gives it to the vault: never two, never none (V6). */
export function activate(ports: CommandPorts, vaultId: VaultId): Outcome {
  const view = ports.book.get(vaultId);
  if (view === undefined) return err(vaultNotFound(vaultId));
  const { vault } = view;
  if (vault.archivedAtMs !== null) {
    return err(inputInvalid('vaultId', vault.name, 'is archived', 'Restore the vault first.'));
  }
  if (vault.active) return ok({});
  const holders = ports.book
    .views()
    .flatMap((each) => (each.vault.engine === vault.engine && each.vault.active ? each.vault : []));
  return replaceVaults(ports, 'The active vault', [
    ...holders.map((each) => ({ ...each, active: false })),
    { ...vault, active: true },
  ]);
}

export function setArchived(ports: CommandPorts, vaultId: VaultId, archived: boolean): Outcome {
  const view = ports.book.get(vaultId);
  if (view === undefined) return err(vaultNotFound(vaultId));
  if ((view.vault.archivedAtMs !== null) === archived) return ok({});
  return archived ? archive(ports, view.vault) : restore(ports, view.vault);
}

function archive(ports: CommandPorts, vault: EngineVault): Outcome {
  const othersOfEngine = inUseOf(ports, vault.engine).filter(({ id }) => id !== vault.id);
  if (vault.active && othersOfEngine.length > 0) {
    return err(
      inputInvalid(
        'vaultId',
        vault.name,
        `powers the engine “${vault.engine}” and cannot be archived`,
        'Make another vault of the engine the active one first.',
      ),
    );
  }
  const archivedAtMs = ports.deps.clock.nowMs();
  const written = tryWrite('The archived vault', () =>
    ports.deps.store.updateVault({ ...vault, active: false, archivedAtMs }),
  );
  if (!written.ok) return written;
  ports.groups.remove(vault);
  ports.book.change(vault.id, {
    vault: { ...vault, active: false, archivedAtMs },
    phase: { kind: 'idle' },
    synced: false,
  });
  return written;
}

function restore(ports: CommandPorts, vault: EngineVault): Outcome {
  const active = !inUseOf(ports, vault.engine).some((each) => each.active);
  const restored = { ...vault, active, archivedAtMs: null };
  const written = replaceVaults(ports, 'The restored vault', [restored]);
  if (!written.ok) return written;
  ports.groups.add(restored);
  void ports.groups.sync(restored, 'created');
  return written;
}

function inUseOf({ book }: CommandPorts, engine: string): EngineVault[] {
  return book
    .views()
    .map(({ vault }) => vault)
    .filter((vault) => vault.engine === engine && vault.archivedAtMs === null);
}

function replaceVaults(ports: CommandPorts, what: string, vaults: readonly EngineVault[]): Outcome {
  const written = tryWrite(what, () => ports.deps.store.updateVaults(vaults));
  if (!written.ok) return written;
  for (const vault of vaults) ports.book.change(vault.id, { vault });
  return written;
}
