import { DEFAULT_ALLOCATION } from '#domain/engine-vault.ts';
import { PRACTICE_NETWORK } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { ok, type Result } from '#domain/result.ts';
import type { Engine } from '#main/engine/index.ts';
import type { PracticeHandover } from '#main/ipc/engine-protocol.ts';

const ENGINE_NAME = 'funding';

/**
 * What an empty desk starts with (D4): one vault on the practice network's own sub-account, which powers the
 * funding engine, and one paper vault. Does nothing where any vault exists, archived or not.
 */
export async function createFirstProfile(
  engine: Engine,
  starter: PracticeHandover['starter'],
): Promise<Result<null, KeelError>> {
  if (engine.views().length > 0) return ok(null);
  const onChain = engine.addOnChainVault({
    name: 'Funding',
    engine: ENGINE_NAME,
    network: PRACTICE_NETWORK,
    authority: starter.authority,
    subAccountId: starter.subAccountId,
  });
  if (!onChain.ok) return onChain;
  const active = engine.activate(onChain.value.vaultId);
  if (!active.ok) return active;
  const paper = await engine.createVirtualVault({
    name: 'Funding on paper',
    engine: ENGINE_NAME,
    network: PRACTICE_NETWORK,
    allocation: DEFAULT_ALLOCATION,
  });
  return paper.ok ? ok(null) : paper;
}
