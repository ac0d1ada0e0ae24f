import type { CapitalIntent } from '#domain/capital-intent.ts';
import type { OnChainVault } from '#domain/engine-vault.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { CapitalSubject } from '#main/engine/ports.ts';

export interface OnChainSubject {
  readonly intent: CapitalIntent;
  readonly vault: OnChainVault;
  readonly toVault: OnChainVault | null;
}

/** `VAULT_WRONG_TYPE` for a paper vault, `CAPITAL_DENIED` for a transfer that is none. */
export function onChainSubject(subject: CapitalSubject): Result<OnChainSubject, KeelError> {
  const { operation, vault, toVault } = subject;
  const { intent } = operation;
  if (vault.vaultType !== 'onChain') return err(wrongType(vault.name));
  if (intent.kind !== 'transfer') return ok({ intent, vault, toVault: null });
  if (toVault?.vaultType !== 'onChain') return err(wrongType(toVault?.name ?? 'none'));
  if (toVault.authority !== vault.authority || toVault.network !== vault.network) {
    return err(
      keelError(
        'CAPITAL_DENIED',
        'fix-input',
        `The vaults ${vault.name} and ${toVault.name} belong to different owners or networks.`,
        'Transfer between sub-accounts of one owner on one network.',
      ),
    );
  }
  return ok({ intent, vault, toVault });
}

function wrongType(name: string): KeelError {
  return keelError(
    'VAULT_WRONG_TYPE',
    'stop',
    `The vault ${name} is not on chain.`,
    'Choose a live vault.',
  );
}
