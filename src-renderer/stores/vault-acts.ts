/** What a trader does to a vault's place in the desk, from wherever it is done; each can be taken back. */
import type { VaultId } from '#domain/ids.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { command, request } from './commands.ts';
import { inOrder } from './selectors.ts';
import { showToast } from './toast-store.ts';
import { offerUndo } from './undo-store.ts';
import { orderAfterMove } from './vault-order.ts';
import { useVaultStore } from './vault-store.ts';

const vaultNow = (id: VaultId): EngineVault | undefined =>
  useVaultStore.getState().views.get(id)?.vault;

/** Renames it; the failure stays with the caller, which shows it at the field. */
export async function renameVault(
  { id, name: before }: EngineVault,
  name: string,
): Promise<Result<unknown, KeelError>> {
  const answer = await request('vault.rename', { vaultId: id, name });
  if (answer.ok && name !== before) {
    offerUndo(
      `“${before}” renamed to “${name}”`,
      () => asked('The vault could not be renamed', 'vault.rename', { vaultId: id, name: before }),
      () => vaultNow(id)?.name === name,
    );
  }
  return answer;
}

/** Into the archive or back into use; the failure stays with the caller. */
export async function setArchived(
  { id, name }: EngineVault,
  archived: boolean,
): Promise<Result<unknown, KeelError>> {
  const answer = await request('vault.setArchived', { vaultId: id, archived });
  if (answer.ok) {
    offerUndo(
      archived ? `${name} archived` : `${name} is in use again`,
      () =>
        asked('It could not be undone', 'vault.setArchived', { vaultId: id, archived: !archived }),
      () => (vaultNow(id)?.archivedAtMs !== null) === archived,
    );
  }
  return answer;
}

/** Makes it the active one of its engine. */
export async function activateVault({ id, name, engine }: EngineVault): Promise<void> {
  const before = vaultsInOrder().find(({ vault }) => vault.engine === engine && vault.active);
  if (!(await asked('The badge could not be moved', 'vault.activate', { vaultId: id }))) return;
  if (before === undefined || before.vault.id === id) return;
  const vaultId = before.vault.id;
  offerUndo(
    `${name} is active for ${engine}`,
    () => asked('The badge could not be moved', 'vault.activate', { vaultId }),
    () => vaultNow(id)?.active === true && vaultNow(vaultId)?.archivedAtMs === null,
  );
}

/** One place up or down among those of its engine; nothing at an end of the list. */
export async function moveVault(
  { id, name }: EngineVault,
  direction: 'up' | 'down',
): Promise<void> {
  const ordered = vaultsInOrder();
  const order = orderAfterMove(ordered, id, direction);
  if (order === null) return;
  const before = ordered.map(({ vault }) => vault.id);
  if (!(await asked('The order could not be changed', 'vault.reorder', { order }))) return;
  offerUndo(
    `${name} moved ${direction}`,
    () => asked('The order could not be changed', 'vault.reorder', { order: before }),
    () => vaultsInOrder().length === before.length,
  );
}

/** Reads it now; null reads every vault. What came of it is told. */
export async function syncNow(vault: EngineVault | null): Promise<void> {
  const failed = `${vault === null ? 'The vaults' : vault.name} could not be synced`;
  const answer = await command(failed, 'vault.syncNow', { vaultId: vault?.id ?? null });
  if (answer === null) return;
  const told = vault === null ? `${answer.verified} verified` : `${vault.name} is verified`;
  if (answer.failed === 0) showToast('good', told);
  else if (vault === null) showToast('bad', `${answer.failed} failed, ${told}`);
  else showToast('bad', `${vault.name} could not be verified`, 'Its page says why.');
}

/** Stops trading on one vault at once. Enabling it again is an act of its own, with its reasons in view. */
export async function haltVault({ id, name }: EngineVault): Promise<void> {
  const done = await asked('Trading could not be halted', 'vault.haltTrading', { vaultId: id });
  if (done) showToast('info', `Trading is halted on ${name}`);
}

const vaultsInOrder = (): readonly VaultView[] => inOrder(useVaultStore.getState().views);

async function asked(...input: Parameters<typeof command>): Promise<boolean> {
  return (await command(...input)) !== null;
}
