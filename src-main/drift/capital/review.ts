import type { SigningIntent } from '#domain/capital-intent.ts';
import type { CapitalOperation } from '#domain/capital-operation.ts';
import type { Address } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { Network } from '#domain/network.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { ReviewRequest, SimulationLine } from '#domain/signing.ts';
import { SOL_DECIMALS } from '#domain/units.ts';
import type { CapitalSubject } from '#main/engine/ports.ts';
import { onChainSubject, type OnChainSubject } from './subject.ts';

/**
 * What the signer is asked, made of the operation alone: the same before and after a restart.
 * @param message compiled, base64
 */
export function reviewOf(
  network: Network,
  subject: CapitalSubject,
  signerKey: Address,
  message: string,
): Result<ReviewRequest, KeelError> {
  const chain = onChainSubject(subject);
  if (!chain.ok) return chain;
  const { operation } = subject;
  return ok({
    intent: signingIntentOf(network, operation, chain.value, signerKey),
    message,
    value: operation.value,
    simulation: linesOf(operation, chain.value),
  });
}

function signingIntentOf(
  network: Network,
  operation: CapitalOperation,
  { intent, vault, toVault }: OnChainSubject,
  signerKey: Address,
): SigningIntent {
  const moves = intent.kind !== 'create-sub-account';
  return {
    operationId: operation.id,
    kind: intent.kind,
    network: network.id,
    networkKind: network.kind,
    program: network.deployment.program,
    stateSeed: network.deployment.stateSeed,
    authority: vault.authority,
    signerKey,
    subAccountId: vault.subAccountId,
    toSubAccountId: toVault?.subAccountId ?? null,
    token: moves ? intent.token : null,
    amount: moves ? intent.amount : null,
    accountName: moves ? null : intent.accountName,
  };
}

/** The node's word of the simulation: what each vault would hold of the token, and what the wallet pays or gets. */
function linesOf(
  { expectation, simulation }: CapitalOperation,
  { vault, toVault }: OnChainSubject,
): readonly SimulationLine[] {
  if (simulation === null) return [];
  const vaults = (expectation?.changes ?? []).map((change): SimulationLine => {
    const { symbol, decimals, marketIndex } = change;
    const after = simulation.after.find(({ vaultId }) => vaultId === change.vaultId)?.snapshot;
    const held = after?.spotPositions.find((spot) => spot.marketIndex === marketIndex);
    const name = change.vaultId === toVault?.id ? toVault.name : vault.name;
    const amount = after === undefined ? null : (held?.amount ?? 0n);
    return {
      label: `${symbol} in ${name}`,
      before: amount === null ? null : amount - change.change,
      after: amount,
      decimals,
      unit: symbol,
    };
  });
  const lamports = simulation.walletLamportsChange;
  if (lamports === null) return vaults;
  const wallet: SimulationLine = {
    label: 'Change of the wallet, fee and rent included',
    before: null,
    after: lamports,
    decimals: SOL_DECIMALS,
    unit: 'SOL',
  };
  return [...vaults, wallet];
}

/** The operation's signing key; without one nothing can be asked of the signer. */
export function signerKeyOf({ operation }: CapitalSubject): Result<Address, KeelError> {
  return operation.signerKey === null
    ? err(
        keelError(
          'CAPITAL_DENIED',
          'fix-input',
          'The operation names no key that signs it.',
          'Ask for it again.',
        ),
      )
    : ok(operation.signerKey);
}
