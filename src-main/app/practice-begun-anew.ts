/** What becomes of the vaults of a practice network that the trader had begun anew. Runs in the engine process. */
import type { EngineVault, OnChainVault } from '#domain/engine-vault.ts';
import { PRACTICE_NETWORK, type VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { ok, type Result } from '#domain/result.ts';
import type { Engine } from '#main/engine/index.ts';
import type { Logger, VaultStore } from '#main/engine/ports.ts';
import type { PracticeHandover } from '#main/ipc/engine-protocol.ts';

const USUAL = { name: 'Funding', engine: 'funding' };

interface Parts {
  readonly engine: Pick<Engine, 'views' | 'addOnChainVault' | 'activate' | 'setArchived'>;
  readonly store: Pick<VaultStore, 'loadHome'>;
  readonly logger: Logger;
}

/**
 * Adds a vault of the new chain's trader, gives it the badge where an old one had it, and archives those whose figures come
 * from the chain before. Harmless to repeat. An old vault that powers an engine with other vaults stays: which of them
 * takes over is the trader's to say.
 */
export function beginPracticeAnew(
  { engine, store, logger }: Parts,
  { network, starter, begunAnewAtMs }: PracticeHandover,
): Result<null, KeelError> {
  if (begunAnewAtMs === undefined) return ok(null);
  const vaults = engine.views().flatMap(({ vault }) => (isOnPractice(vault) ? [vault] : []));
  const old = vaults.filter(
    (vault) =>
      vault.archivedAtMs === null &&
      vault.createdAtMs < begunAnewAtMs &&
      store.loadHome(vault.id) !== network.genesisHash,
  );
  const known = vaults.some(
    ({ authority, subAccountId }) =>
      authority === starter.authority && subAccountId === starter.subAccountId,
  );
  const before = old.find(({ active }) => active) ?? old[0];
  if (!known) {
    const { name, engine: engineName } = before ?? USUAL;
    const added = engine.addOnChainVault({
      ...{ name, engine: engineName },
      ...{ network: PRACTICE_NETWORK, ...starter },
    });
    if (!added.ok) return added;
    if (before?.active === true) handOn(engine, added.value.vaultId, logger);
  }
  for (const vault of old) {
    const archived = engine.setArchived(vault.id, true);
    if (!archived.ok) {
      const { code, message } = archived.error;
      logger.warn('practice.vault-stays', { vaultId: vault.id, code, message });
    }
  }
  return ok(null);
}

function handOn(engine: Parts['engine'], to: VaultId, logger: Logger): void {
  const activated = engine.activate(to);
  if (!activated.ok) logger.warn('practice.not-active', { code: activated.error.code });
}

function isOnPractice(vault: EngineVault): vault is OnChainVault {
  return vault.vaultType === 'onChain' && vault.network === PRACTICE_NETWORK;
}
