import {
  identityOf,
  subAccountIdentity,
  type EngineVault,
  type OnChainVault,
} from '#domain/engine-vault.ts';
import type { CapitalIntent } from '#domain/capital-intent.ts';
import type { CapitalOperation } from '#domain/capital-operation.ts';
import type { VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { vaultNotFound } from '../engine-errors.ts';
import type { CapitalSubject } from '../ports.ts';
import type { VaultBook } from '../vault-book.ts';

/** The operation with its vaults as they are named now. */
export function subjectOf(
  operation: CapitalOperation,
  vaults: VaultBook,
): Result<CapitalSubject, KeelError> {
  const { intent } = operation;
  if (intent.kind === 'create-sub-account') {
    return ok({ operation, vault: intent.vault, toVault: null });
  }
  const vault = vaults.get(intent.vaultId)?.vault;
  if (vault === undefined) return err(vaultNotFound(intent.vaultId));
  if (intent.kind !== 'transfer') return ok({ operation, vault, toVault: null });
  const toVault = vaults.get(intent.toVaultId)?.vault;
  if (toVault === undefined) return err(vaultNotFound(intent.toVaultId));
  return ok({ operation, vault, toVault });
}

/** The vault of the book that is the same sub-account, whatever its id. */
export function twinOf(vault: OnChainVault, vaults: VaultBook): EngineVault | null {
  const identity = identityOf(vault);
  return vaults.views().find((view) => identityOf(view.vault) === identity)?.vault ?? null;
}

/** Names that an operation holds while it is open: a sub-account has at most one. */
export function locksOf(intent: CapitalIntent, vaults: VaultBook): readonly string[] {
  if (intent.kind === 'create-sub-account') {
    return [createLock(intent.vault), subAccountIdentity(intent.vault)];
  }
  const ids: readonly VaultId[] =
    intent.kind === 'transfer' ? [intent.vaultId, intent.toVaultId] : [intent.vaultId];
  return ids.flatMap((id) => {
    const vault = vaults.get(id)?.vault;
    return vault === undefined ? [] : [identityOf(vault)];
  });
}

/** The next sub-account's number is known only by order: an authority opens one at a time. */
export function createLock({
  network,
  program,
  authority,
}: Pick<OnChainVault, 'network' | 'program' | 'authority'>): string {
  return `create/${network}/${program}/${authority}`;
}
