import type { Expectation } from '#domain/capital-operation.ts';
import type { VaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { rawQuantitiesOf, type VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { Judgement, PaperLedger, PaperLine } from '#main/engine/ports.ts';
import type { PaperMessage } from './paper-message.ts';
import { snapshotOf } from './virtual-reader.ts';

/**
 * Exact to the unit: each line stands in its ledger as it was built, changes what was expected, and the vault shows
 * the cash after it with all that was added since.
 */
export function judgeOnPaper(
  ledger: PaperLedger,
  expectation: Expectation | null,
  { operationId, lines }: PaperMessage,
  after: ReadonlyMap<VaultId, VaultSnapshot>,
): Judgement {
  for (const line of lines) {
    const { vaultId, entry } = line;
    const stored = ledger.loadOperationEntry(vaultId, operationId);
    const expected = expectation?.changes.find((change) => change.vaultId === vaultId);
    if (stored === null) return differs(`the ledger of ${vaultId} has no line of it`);
    if (stored.change !== entry.change || stored.cashAfter !== entry.cashAfter) {
      return differs(`the line of ${vaultId} says ${stored.change} → ${stored.cashAfter}`);
    }
    if (expected?.change !== (entry.change as bigint)) {
      return differs(`${String(expected?.change)} was expected of ${vaultId}, not ${entry.change}`);
    }
    if (expected.scaledBefore !== entry.cashAfter - entry.change) {
      return differs(`${expected.scaledBefore} was expected before it in ${vaultId}`);
    }
    const problem = snapshotProblem(ledger, line, after.get(vaultId));
    if (problem !== null) return differs(problem);
  }
  return { kind: 'as-expected', words: 'Each ledger shows exactly the expected change.' };
}

function snapshotProblem(
  ledger: PaperLedger,
  { vaultId, entry }: PaperLine,
  snapshot: VaultSnapshot | undefined,
): string | null {
  if (snapshot === undefined) return `${vaultId} was not read afterwards`;
  const since = Number(snapshot.slot) - entry.revision;
  if (since < 0) return `${vaultId} was read at revision ${snapshot.slot}, before its line`;
  const head = ledger.loadAccount(vaultId)?.revision ?? entry.revision;
  const added = ledger
    .loadEntries(vaultId, Math.max(0, head - entry.revision))
    .filter(({ revision }) => revision > entry.revision && revision <= Number(snapshot.slot))
    .reduce((sum, { change }) => sum + change, 0n);
  const expected = entry.cashAfter + added;
  const shown = snapshot.figures.totalCollateral;
  if (shown !== expected) return `${vaultId} shows ${shown}, and ${expected} was expected`;
  const account = { cash: shown, revision: Number(snapshot.slot), changedAtMs: entry.atMs };
  const holdings = snapshotOf(account, snapshot.observedAtMs);
  return rawQuantitiesOf(snapshot) === rawQuantitiesOf(holdings) &&
    snapshot.spotPositions[0]?.amount === holdings.spotPositions[0]?.amount
    ? null
    : `${vaultId} holds something else than its ${expected} of cash`;
}

function differs(why: string): Judgement {
  return {
    kind: 'differs',
    error: keelError(
      'OPERATION_DISCREPANT',
      'stop',
      `The paper ledger does not show what was expected: ${why}.`,
      'Trading of the vault is stopped. Send the log and the database to the support.',
    ),
  };
}
