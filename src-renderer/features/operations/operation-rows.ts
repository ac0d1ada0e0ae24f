/** An operation as a line of the journal's list. Pure. */
import { assertNever } from '#domain/assert-never.ts';
import { isFinal, type OperationView } from '#domain/capital-operation.ts';
import type { VaultId } from '#domain/ids.ts';
import type { OperationFilter, OperationOutcome, OperationRow } from '#domain/operation-query.ts';
import { shownSignature, formatToken } from './operation-words.ts';

/** As the store would give it. */
export function rowOfView({ operation }: OperationView): OperationRow {
  const { intent, transitions } = operation;
  const moves = intent.kind !== 'create-sub-account';
  return {
    id: operation.id,
    network: operation.network,
    vaultType: operation.vaultType,
    kind: intent.kind,
    vaultId: moves ? intent.vaultId : intent.vault.id,
    toVaultId: intent.kind === 'transfer' ? intent.toVaultId : null,
    symbol: moves ? intent.token.symbol : null,
    decimals: moves ? intent.token.decimals : null,
    amount: moves ? intent.amount : null,
    value: operation.value,
    state: operation.state,
    signature: shownSignature(operation),
    lastStep: operation.error?.message ?? transitions.at(-1)?.cause ?? '',
    createdAtMs: operation.createdAtMs,
    endedAtMs: isFinal(operation.state) ? (transitions.at(-1)?.atMs ?? null) : null,
  };
}

const KIND_VERBS: Readonly<Record<OperationRow['kind'], string>> = {
  deposit: 'Deposit',
  withdraw: 'Withdraw',
  transfer: 'Transfer',
  'create-sub-account': 'Open sub-account',
};

/** “Deposit 1,000.00 USDC” */
export function rowTitle({ kind, amount, decimals, symbol }: OperationRow): string {
  if (amount === null || decimals === null || symbol === null) return KIND_VERBS[kind];
  return `${KIND_VERBS[kind]} ${formatToken(amount, { decimals, symbol })}`;
}

/** “Alpha”, “Alpha → Beta” */
export function rowRoute(row: OperationRow, nameOf: (id: VaultId) => string): string {
  const from = nameOf(row.vaultId);
  return row.toVaultId === null ? from : `${from} → ${nameOf(row.toVaultId)}`;
}

export function outcomeOf({ state }: Pick<OperationRow, 'state'>): OperationOutcome {
  if (!isFinal(state)) return 'open';
  switch (state) {
    case 'verified':
    case 'discrepant':
      return state;
    case 'denied':
    case 'rejected':
    case 'expired':
      return 'not-done';
    default:
      return assertNever(state, 'final state');
  }
}

/** Whether the filter would let it through; its text is judged by the store alone. */
export function mayPass(row: OperationRow, filter: OperationFilter): boolean {
  const { vaultIds, kinds, outcomes, fromMs } = filter;
  const ofVault =
    vaultIds.length === 0 ||
    vaultIds.includes(row.vaultId) ||
    (row.toVaultId !== null && vaultIds.includes(row.toVaultId));
  return (
    ofVault &&
    (kinds.length === 0 || kinds.includes(row.kind)) &&
    (outcomes.length === 0 || outcomes.includes(outcomeOf(row))) &&
    (fromMs === null || row.createdAtMs >= fromMs)
  );
}
