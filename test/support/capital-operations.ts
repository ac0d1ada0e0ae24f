/** Capital operations made up for tests, and one carried from its request to the verdict by hand. */
import { randomUUID } from 'node:crypto';
import { newOperation } from '#domain/advance-operation.ts';
import type { CapitalFacts, TokenFacts } from '#domain/capital-facts.ts';
import { vaultsOf, type CapitalIntent, type TokenRef } from '#domain/capital-intent.ts';
import type { CapitalOperation, OperationTransaction } from '#domain/capital-operation.ts';
import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import { operationId, type VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import { tokenAmount, unixMs, type Slot } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type {
  CapitalSubject,
  CapitalVenue,
  Judgement,
  TransactionStatus,
} from '#main/engine/ports.ts';

export const SETTINGS = DEFAULT_CAPITAL_SETTINGS;

/** Everything that moves has the vault, everything that arrives elsewhere the other one. */
export function subjectFor(
  intent: CapitalIntent,
  vault: EngineVault,
  toVault: EngineVault | null = null,
): CapitalSubject {
  const operation = newOperation({
    id: operationId(randomUUID()),
    network: vault.network,
    vaultType: vault.vaultType,
    intent,
    signerKey: null,
    value: null,
    atMs: unixMs(0),
    cause: 'Asked for.',
  });
  return { operation, vault, toVault };
}

export function withChanges(
  subject: CapitalSubject,
  changes: Partial<CapitalOperation>,
): CapitalSubject {
  return { ...subject, operation: { ...subject.operation, ...changes } };
}

export function depositOf(vault: EngineVault, token: TokenRef, amount: bigint): CapitalSubject {
  return subjectFor(
    { kind: 'deposit', vaultId: vault.id, token, amount: tokenAmount(amount) },
    vault,
  );
}

export function withdrawalOf(vault: EngineVault, token: TokenRef, amount: bigint): CapitalSubject {
  return subjectFor(
    { kind: 'withdraw', vaultId: vault.id, token, amount: tokenAmount(amount) },
    vault,
  );
}

export function transferOf(
  vault: EngineVault,
  toVault: EngineVault,
  token: TokenRef,
  amount: bigint,
): CapitalSubject {
  return subjectFor(
    {
      kind: 'transfer',
      vaultId: vault.id,
      toVaultId: toVault.id,
      token,
      amount: tokenAmount(amount),
    },
    vault,
    toVault,
  );
}

export function valueIn<Value>(result: Result<Value, KeelError>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

export async function factsIn(venue: CapitalVenue, vault: EngineVault): Promise<CapitalFacts> {
  return valueIn(await venue.readFacts(vault, SETTINGS));
}

export function tokenIn({ tokens }: CapitalFacts, symbol: string): TokenFacts {
  const found = tokens.find(({ token }) => token.symbol === symbol);
  if (found === undefined) throw new Error(`No token ${symbol}`);
  return found;
}

/** Up to the simulation. */
export async function prepare(venue: CapitalVenue, subject: CapitalSubject) {
  const facts = await factsIn(venue, subject.vault);
  const plan = valueIn(await venue.plan(subject, facts, SETTINGS));
  const { expectation, signerKey } = plan;
  const planned = withChanges(subject, { state: 'planned', expectation, signerKey });
  const simulation = valueIn(await venue.simulate(planned, plan));
  return { plan, subject: withChanges(planned, { state: 'simulated', simulation }) };
}

/** Up to the signature: the operation as the journal would have it before the first send. */
export async function makeSigned(
  venue: CapitalVenue,
  subject: CapitalSubject,
): Promise<{ readonly subject: CapitalSubject; readonly transaction: OperationTransaction }> {
  const prepared = await prepare(venue, subject);
  const approval = valueIn(await venue.approve(prepared.subject, prepared.plan));
  const built = valueIn(await venue.build(prepared.subject, prepared.plan));
  const approved = withChanges(prepared.subject, {
    state: 'approved',
    approval,
    transaction: built,
  });
  const transaction = { ...built, ...valueIn(await venue.sign(approved)) };
  return { subject: withChanges(approved, { state: 'signed', transaction }), transaction };
}

/** Asks until the transaction is known to have landed, failed or expired. */
export async function outcomeOf(
  venue: CapitalVenue,
  transaction: OperationTransaction,
): Promise<TransactionStatus> {
  for (;;) {
    const status = await venue.readStatus(transaction);
    if (status.ok && status.value.kind !== 'unknown') return status.value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Reads the vaults at or above a slot. */
export type ReadAfter = (
  vaults: readonly EngineVault[],
  minSlot: Slot,
) => Promise<ReadonlyMap<VaultId, VaultSnapshot>>;

/** From request to verdict, without a journal. */
export async function carryOut(
  venue: CapitalVenue,
  subject: CapitalSubject,
  read: ReadAfter,
): Promise<{
  readonly judgement: Judgement;
  readonly after: ReadonlyMap<VaultId, VaultSnapshot>;
  readonly subject: CapitalSubject;
}> {
  const signed = await makeSigned(venue, subject);
  valueIn(await venue.send(signed.transaction));
  const status = await outcomeOf(venue, signed.transaction);
  if (status.kind !== 'landed')
    throw new Error(`It has not landed: ${JSON.stringify(status.kind)}`);
  const landed = withChanges(signed.subject, { state: 'synced', landedAtSlot: status.slot });
  const { intent } = landed.operation;
  const changed = [landed.vault, landed.toVault].filter(
    (vault): vault is EngineVault => vault !== null && vaultsOf(intent).includes(vault.id),
  );
  const after = await read(changed, status.slot);
  return { judgement: valueIn(await venue.judge(landed, after)), after, subject: landed };
}
