import type { VirtualVault } from '#domain/engine-vault.ts';
import type { TradingAct } from '#domain/gate-reason.ts';
import type { VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { nextPaperEntry, type PaperChange, type PaperProblem } from '#domain/paper-ledger.ts';
import { err, ok } from '#domain/result.ts';
import { quoteAmount } from '#domain/units.ts';
import { syncHealth, type VaultView } from '#domain/vault-state.ts';
import { assertNever } from '#domain/assert-never.ts';
import type { Outcome, PaperRequest } from '../engine.ts';
import { inputInvalid, quoteText, vaultNotFound, writeFailed } from '../engine-errors.ts';
import type { CommandPorts } from './vault-commands.ts';

/** Changes a paper vault's money and syncs it before success is reported (V4, S3). */
export async function changePaper(
  ports: CommandPorts,
  vaultId: VaultId,
  request: PaperRequest,
  staleAfterMs: number,
): Promise<Outcome> {
  const found = findVirtual(ports, vaultId);
  if (!found.ok) return found;
  const refusal = refusalOf(ports, vaultId, request);
  if (refusal !== null) return err(refusal);
  const change = toChange(ports, found.value.vault, request, staleAfterMs);
  if (!change.ok) return change;
  const written = append(ports, vaultId, change.value);
  if (!written.ok) return written;
  const end = await ports.groups.sync(found.value.vault, 'operation');
  return end.verified ? ok({}) : err(end.error);
}

/** Money that is set anew goes out and comes in. */
const ACTS: Readonly<Record<PaperRequest['kind'], readonly TradingAct[]>> = {
  credit: ['deposit'],
  debit: ['withdraw'],
  reset: ['withdraw', 'deposit'],
  seed: ['withdraw', 'deposit'],
};

function refusalOf(
  { book, gate }: CommandPorts,
  vaultId: VaultId,
  { kind }: PaperRequest,
): KeelError | null {
  const view = book.get(vaultId);
  if (view === undefined) return vaultNotFound(vaultId);
  for (const act of ACTS[kind]) {
    const refusal = gate.refusal(view, act);
    if (refusal !== null) return refusal;
  }
  return null;
}

function append({ deps }: CommandPorts, vaultId: VaultId, change: PaperChange): Outcome {
  try {
    const entry = nextPaperEntry(deps.ledger.loadAccount(vaultId), change, deps.clock.nowMs());
    if (!entry.ok) return err(inWords(entry.error));
    deps.ledger.append(vaultId, entry.value);
    return ok({});
  } catch (thrown) {
    return err(writeFailed('The change of the paper vault', thrown));
  }
}

function findVirtual(
  { book }: CommandPorts,
  vaultId: VaultId,
): Outcome<{ readonly vault: VirtualVault }> {
  const view = book.get(vaultId);
  if (view === undefined) return err(vaultNotFound(vaultId));
  const { vault } = view;
  if (vault.vaultType !== 'virtual') {
    return err(
      keelError(
        'VAULT_WRONG_TYPE',
        'fix-input',
        `vaultId: “${vault.name}” is an on-chain vault.`,
        'Only a paper vault can be credited, debited, reset or seeded.',
      ),
    );
  }
  if (vault.archivedAtMs !== null) {
    return err(inputInvalid('vaultId', vault.name, 'is archived', 'Restore the vault first.'));
  }
  return ok({ vault });
}

function toChange(
  ports: CommandPorts,
  vault: VirtualVault,
  request: PaperRequest,
  staleAfterMs: number,
): Outcome<PaperChange> {
  switch (request.kind) {
    case 'credit':
    case 'debit':
      return ok(request);
    case 'reset':
      return ok({ kind: 'reset', allocation: vault.allocation });
    case 'seed': {
      const source = ports.book.get(request.from);
      if (source === undefined) return err(vaultNotFound(request.from));
      return seedFrom(ports, source, staleAfterMs);
    }
    default:
      return assertNever(request);
  }
}

/**
 * The live vault's equity: USDC + DRIFT_POS where that is what it is worth. Where leverage makes DRIFT_POS exceed
 * the collateral, their sum is more than the vault has, and paper money is not made of leverage.
 */
function seedFrom(
  { deps }: CommandPorts,
  { vault, state, synced }: VaultView,
  staleAfterMs: number,
): Outcome<PaperChange> {
  if (vault.vaultType !== 'onChain') {
    return err(
      keelError(
        'VAULT_WRONG_TYPE',
        'fix-input',
        `from: “${vault.name}” is a paper vault.`,
        'Choose an on-chain vault to seed from.',
      ),
    );
  }
  const health = syncHealth(state, synced, deps.clock.nowMs(), staleAfterMs);
  if (state.observation === null || health !== 'fresh') {
    return err(
      inputInvalid(
        'from',
        vault.name,
        `has no figures that can be vouched for (it is ${health})`,
        'Sync that vault first, or credit an amount by hand.',
      ),
    );
  }
  const { totalCollateral } = state.observation.snapshot.figures;
  const cash = quoteAmount(totalCollateral > 0n ? totalCollateral : 0n);
  return ok({ kind: 'seed', cash, from: vault.name });
}

function inWords(problem: PaperProblem): KeelError {
  switch (problem.kind) {
    case 'amount-not-positive':
      return inputInvalid(
        'amount',
        quoteText(problem.amount),
        'is not above 0',
        'Enter an amount above 0.',
      );
    case 'balance-too-low':
      return keelError(
        'PAPER_BALANCE_TOO_LOW',
        'fix-input',
        `amount: ${quoteText(problem.amount)} is more than the ${quoteText(problem.cash)} that the vault holds.`,
        `Debit at most ${quoteText(problem.cash)}.`,
        { amount: quoteText(problem.amount), balance: quoteText(problem.cash) },
      );
    case 'balance-too-high':
      return inputInvalid(
        'amount',
        quoteText(problem.cashAfter),
        'would be more than a paper vault can hold',
        'Enter a smaller amount.',
      );
    case 'already-allocated':
      return inputInvalid(
        'allocation',
        quoteText(problem.cash),
        'has been allocated already',
        'Credit or reset the vault.',
      );
    default:
      return assertNever(problem);
  }
}
