/** What a trader does to several vaults at once: one act, one message, and one undo where it can be taken back. */
import type { AlertId } from '#domain/alert.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import { request } from './commands.ts';
import { showError, showToast } from './toast-store.ts';
import { offerUndo } from './undo-store.ts';

/** One message if some of them could not be acknowledged; the events that follow show the rest. */
export async function acknowledgeAlerts(ids: readonly AlertId[]): Promise<void> {
  const answers = await Promise.all(
    ids.map((alertId) => request('alert.acknowledge', { alertId })),
  );
  const failed = answers.find((answer) => !answer.ok);
  if (failed !== undefined && !failed.ok) {
    showError('Some alerts could not be acknowledged', failed.error);
  }
}

type Asked = Result<unknown, KeelError>;

/** Each by itself: one that fails keeps none of the others. Failures are told once, by the first. */
async function forEach(
  vaults: readonly EngineVault[],
  failed: (count: number) => string,
  ask: (vault: EngineVault) => Promise<Asked>,
): Promise<readonly EngineVault[]> {
  const answers = await Promise.all(vaults.map(ask));
  const errors = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]));
  const [first] = errors;
  if (first !== undefined) showError(failed(errors.length), first);
  return vaults.filter((_, index) => answers[index]?.ok === true);
}

const named = (vaults: readonly EngineVault[]): string =>
  vaults.length === 1 ? (vaults[0]?.name ?? '') : `${vaults.length} vaults`;

/** Reads them now. */
export async function syncVaults(vaults: readonly EngineVault[]): Promise<void> {
  const answers = await Promise.all(
    vaults.map(({ id }) => request('vault.syncNow', { vaultId: id })),
  );
  const verified = answers.filter((answer) => answer.ok && answer.value.failed === 0).length;
  const rest = answers.length - verified;
  if (rest === 0) showToast('good', `${named(vaults)} verified`);
  else
    showToast('bad', `${rest} of ${answers.length} could not be verified`, 'Their pages say why.');
}

/** Stops trading at once. Enabling it again is an act for each vault, with its reasons in view. */
export async function haltVaults(vaults: readonly EngineVault[]): Promise<void> {
  const done = await forEach(
    vaults,
    (count) => `Trading could not be halted on ${count} of ${vaults.length}`,
    ({ id }) => request('vault.haltTrading', { vaultId: id }),
  );
  if (done.length > 0) showToast('info', `Trading is halted on ${named(done)}`);
}

/** Into the archive, or back into use; Undo puts all of them back. */
export async function archiveVaults(
  vaults: readonly EngineVault[],
  archived: boolean,
): Promise<void> {
  const failed = (count: number) =>
    archived
      ? `${count} of ${vaults.length} could not be archived`
      : `${count} of ${vaults.length} could not be taken back into use`;
  const put = (some: readonly EngineVault[], into: boolean) =>
    forEach(some, failed, ({ id }) =>
      request('vault.setArchived', { vaultId: id, archived: into }),
    );
  const done = await put(vaults, archived);
  if (done.length === 0) return;
  offerUndo(
    archived ? `${named(done)} archived` : `${named(done)} in use again`,
    async () => (await put(done, !archived)).length === done.length,
  );
}
