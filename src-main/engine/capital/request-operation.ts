/** From what the trader asks to an operation on record: the vaults, a fresh look, every rule, the row and its locks. */
import { newOperation } from '#domain/advance-operation.ts';
import type { CapitalFacts } from '#domain/capital-facts.ts';
import type { CapitalIntent } from '#domain/capital-intent.ts';
import type { CapitalOperation } from '#domain/capital-operation.ts';
import type { CheckedRequest } from '#domain/check-capital.ts';
import { identityOf, type EngineVault, type OnChainVault } from '#domain/engine-vault.ts';
import {
  vaultId,
  type Address,
  type NetworkId,
  type OperationId,
  type VaultId,
} from '#domain/ids.ts';
import { isTransient, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { CapitalRequest } from '../engine.ts';
import { inputInvalid, vaultNotFound } from '../engine-errors.ts';
import type { CapitalVenue } from '../ports.ts';
import { networkRefusal, networkUnknown } from '../sync-groups.ts';
import { checkAuthority, checkEngineName, checkName, firstProblem } from '../vaults/check-input.ts';
import type { VaultBook } from '../vault-book.ts';
import { Alarm } from './alarm.ts';
import { denialOf, lookAt, valueOfIntent, type Look } from './look.ts';
import type { RunPorts } from './operation-run.ts';
import { createLock, twinOf } from './subject.ts';

/** A request whose vaults are known and may be asked about; nothing of the venue is known yet. */
export interface Asked {
  readonly request: CapitalRequest;
  /** Whose facts are read; of a creation one that stands for the authority. */
  readonly vault: EngineVault;
  readonly toVault: EngineVault | null;
  /** What no other open operation may hold. */
  readonly locks: readonly string[];
}

export function askedOf(request: CapitalRequest, ports: RunPorts): Result<Asked, KeelError> {
  if (request.kind === 'create-sub-account') {
    const { network, authority } = request;
    const named = firstProblem(checkName(request.name), checkEngineName(request.engine));
    if (named !== null) return err(named);
    const vault = authorityVault(network, authority, ports);
    if (!vault.ok) return vault;
    return ok({ request, vault: vault.value, toVault: null, locks: [createLock(vault.value)] });
  }
  const vault = usableVault(request.vaultId, 'vaultId', ports.vaults);
  if (!vault.ok) return vault;
  if (request.kind !== 'transfer') {
    return ok({ request, vault: vault.value, toVault: null, locks: [identityOf(vault.value)] });
  }
  const toVault = usableVault(request.toVaultId, 'toVaultId', ports.vaults);
  if (!toVault.ok) return toVault;
  const locks = [identityOf(vault.value), identityOf(toVault.value)];
  return ok({ request, vault: vault.value, toVault: toVault.value, locks });
}

/** A halted vault may still move capital: taking it out is what the trader may want then. */
export function usableVault(
  id: VaultId,
  field: string,
  vaults: VaultBook,
): Result<EngineVault, KeelError> {
  const vault = vaults.get(id)?.vault;
  if (vault === undefined) return err(vaultNotFound(id));
  if (vault.archivedAtMs === null) return ok(vault);
  return err(inputInvalid(field, vault.name, 'is archived', 'Restore the vault first.'));
}

/** Stands for an authority that may have no account yet; it is in no book. */
export function authorityVault(
  network: NetworkId,
  authority: Address,
  { deps }: Pick<RunPorts, 'deps'>,
): Result<OnChainVault, KeelError> {
  const networks = deps.networks();
  const problem = firstProblem(networkRefusal(networks, network), checkAuthority(authority));
  const known = networks.find(({ id }) => id === network);
  if (problem !== null) return err(problem);
  if (known === undefined) return err(networkUnknown(networks, network));
  return ok({
    id: vaultId(deps.newId()),
    engine: 'none',
    name: authority,
    network,
    active: false,
    createdAtMs: deps.clock.nowMs(),
    archivedAtMs: null,
    sortIndex: 0,
    vaultType: 'onChain',
    program: known.program,
    authority,
    subAccountId: 0,
  });
}

/** Pauses before a read that failed by a fault that passes: the trader waits for the answer. */
const READ_RETRY_MS = [500, 1_000];

export async function readForRequest(
  venue: CapitalVenue,
  vault: EngineVault,
  ports: RunPorts,
): Promise<Result<Look, KeelError>> {
  let look = await lookAt(venue, vault, ports);
  for (const delayMs of READ_RETRY_MS) {
    if (look.ok || !isTransient(look.error)) return look;
    await new Alarm(ports.deps.clock).wait(delayMs);
    look = await lookAt(venue, vault, ports);
  }
  return look;
}

/** The operation in its first state, where no rule is broken on the facts. Not on record yet. */
export function operationFor(
  asked: Asked,
  id: OperationId,
  facts: CapitalFacts,
  ports: RunPorts,
): Result<CapitalOperation, KeelError> {
  const denial = denialOf(checkedOf(asked), facts, ports, 0n);
  if (!denial.ok) return denial;
  if (denial.value !== null) return err(denial.value);
  const intent = intentOf(asked, facts, ports);
  if (intent === null) return err(vaultNotFound(asked.vault.id));
  const archived = intent.kind === 'create-sub-account' ? archivedTwin(intent.vault, ports) : null;
  if (archived !== null) return err(archived);
  return ok(
    newOperation({
      id,
      network: asked.vault.network,
      vaultType: asked.vault.vaultType,
      intent,
      signerKey: facts.signerKey,
      value: valueOfIntent(intent, facts),
      atMs: ports.deps.clock.nowMs(),
      cause: 'The trader asked for it.',
    }),
  );
}

/** A vault that was added before its account exists is used; archived, it could not be synced. */
function archivedTwin(vault: OnChainVault, { vaults }: RunPorts): KeelError | null {
  const twin = twinOf(vault, vaults);
  return twin === null || twin.archivedAtMs === null
    ? null
    : inputInvalid('subAccountId', twin.name, 'is archived', 'Restore the vault first.');
}

function checkedOf({ request, vault, toVault }: Asked): CheckedRequest {
  if (request.kind === 'create-sub-account') {
    return { kind: request.kind, accountName: request.name.trim() };
  }
  const { marketIndex, amount } = request;
  return request.kind === 'transfer' && toVault !== null
    ? { kind: 'transfer', vault, toVault, marketIndex, amount }
    : { kind: request.kind === 'deposit' ? 'deposit' : 'withdraw', vault, marketIndex, amount };
}

/** Null: the token is not among the facts, which the checks have refused before. */
function intentOf({ request, vault }: Asked, facts: CapitalFacts, ports: RunPorts) {
  if (request.kind === 'create-sub-account') {
    return vault.vaultType === 'onChain' ? creationOf(request, vault, facts, ports) : null;
  }
  const of = facts.tokens.find(({ token }) => token.marketIndex === request.marketIndex);
  if (of === undefined) return null;
  const { token } = of;
  const { vaultId: from, amount } = request;
  const intent: CapitalIntent =
    request.kind === 'transfer'
      ? { kind: 'transfer', vaultId: from, toVaultId: request.toVaultId, token, amount }
      : { kind: request.kind, vaultId: from, token, amount };
  return intent;
}

function creationOf(
  request: Extract<CapitalRequest, { kind: 'create-sub-account' }>,
  vault: OnChainVault,
  facts: CapitalFacts,
  { vaults }: RunPorts,
): CapitalIntent {
  const others = vaults.views().map((view) => view.vault);
  const name = request.name.trim();
  return {
    kind: 'create-sub-account',
    accountName: name,
    vault: {
      ...vault,
      name,
      engine: request.engine,
      subAccountId: facts.nextSubAccountId,
      active: !others.some(({ engine, active }) => engine === request.engine && active),
      sortIndex: Math.max(-1, ...others.map(({ sortIndex }) => sortIndex)) + 1,
    },
  };
}
