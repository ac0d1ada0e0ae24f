import { assertNever } from '#domain/assert-never.ts';
import type { VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { nextPaperEntry, type PaperChange, type PaperProblem } from '#domain/paper-ledger.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { tokenText } from '#domain/token-amount.ts';
import { QUOTE_DECIMALS, quoteAmount, type UnixMs } from '#domain/units.ts';
import type { CapitalSubject, PaperLedger, PaperLine } from '#main/engine/ports.ts';

/** One or two lines: never none. */
export type PaperLines = readonly [PaperLine, ...PaperLine[]];

interface Leg {
  readonly vaultId: VaultId;
  readonly kind: 'credit' | 'debit';
  readonly note: string;
}

/**
 * The lines that carry the operation out as the ledgers are now, without adding them. `CAPITAL_DENIED` names the
 * rule and the number; `SUB_ACCOUNT_MISSING` a vault without a ledger.
 */
export function linesOf(
  ledger: PaperLedger,
  subject: CapitalSubject,
  atMs: UnixMs,
): Result<PaperLines, KeelError> {
  const { intent, id } = subject.operation;
  if (intent.kind === 'create-sub-account') return err(notOnPaper());
  if (intent.token.marketIndex !== 0) return err(onlyQuote(intent.token.symbol));
  const legs = legsOf(subject);
  if (legs === null) return err(noTarget());
  const lines: PaperLine[] = [];
  for (const { vaultId, kind, note } of legs) {
    const account = ledger.loadAccount(vaultId);
    if (account === null) return err(missing(vaultId));
    const change: PaperChange = { kind, amount: quoteAmount(intent.amount) };
    const entry = nextPaperEntry(account, change, atMs);
    if (!entry.ok) return err(denied(entry.error, intent.token.symbol));
    lines.push({ vaultId, entry: { ...entry.value, note, operationId: id } });
  }
  const [first, ...others] = lines;
  return first === undefined ? err(noTarget()) : ok([first, ...others]);
}

function legsOf({ operation: { intent }, vault, toVault }: CapitalSubject): readonly Leg[] | null {
  switch (intent.kind) {
    case 'deposit':
      return [{ vaultId: intent.vaultId, kind: 'credit', note: 'Deposit' }];
    case 'withdraw':
      return [{ vaultId: intent.vaultId, kind: 'debit', note: 'Withdrawal' }];
    case 'transfer':
      if (toVault === null || intent.vaultId === intent.toVaultId) return null;
      return [
        { vaultId: intent.vaultId, kind: 'debit', note: `Transfer to ${toVault.name}` },
        { vaultId: intent.toVaultId, kind: 'credit', note: `Transfer from ${vault.name}` },
      ];
    case 'create-sub-account':
      return null;
    default:
      return assertNever(intent);
  }
}

function denied(problem: PaperProblem, symbol: string): KeelError {
  const text = (units: bigint) => tokenText(units, { symbol, decimals: QUOTE_DECIMALS });
  switch (problem.kind) {
    case 'amount-not-positive':
      return refusal(
        `The amount ${text(problem.amount)} is not above 0.`,
        'Enter an amount above 0.',
      );
    case 'balance-too-low':
      return refusal(
        `${text(problem.amount)} is more than the ${text(problem.cash)} that the paper vault holds.`,
        `At most ${text(problem.cash)} may go out now.`,
      );
    case 'balance-too-high':
      return refusal(
        `${text(problem.cashAfter)} would be more than a paper vault can hold.`,
        'Enter a smaller amount.',
      );
    case 'already-allocated':
      return refusal('The paper vault has its allocation already.', 'Credit or reset the vault.');
    default:
      return assertNever(problem);
  }
}

function notOnPaper(): KeelError {
  return refusal(
    'Sub-accounts are opened on the chain; a paper vault needs none.',
    'Add another paper vault instead.',
  );
}

function onlyQuote(symbol: string): KeelError {
  return refusal(
    `A paper vault holds no ${symbol}.`,
    'Move the quote token: paper vaults hold nothing else.',
  );
}

function noTarget(): KeelError {
  return refusal(
    'A transfer goes from one paper vault to another one.',
    'Choose two different paper vaults.',
  );
}

function missing(vault: VaultId): KeelError {
  return keelError(
    'SUB_ACCOUNT_MISSING',
    'operator',
    `The paper vault ${vault} has no ledger.`,
    'Reset the vault to its allocation.',
  );
}

function refusal(message: string, advice: string): KeelError {
  return keelError('CAPITAL_DENIED', 'fix-input', message, advice);
}
