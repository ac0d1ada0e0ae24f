import type { CapitalIntent } from '#domain/capital-intent.ts';
import type { OperationView } from '#domain/capital-operation.ts';
import { formatAmount } from '#domain/decimal.ts';
import type { OperationId, VaultId } from '#domain/ids.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import type { Notice } from './notifications.ts';

export interface OperationNoticesParts {
  /** Whether the trader works in the desk. */
  deskFocused(): boolean;
  show(notice: Notice): void;
}

/**
 * Tells once of each time that an operation needs the trader, who does not look. How operations end is told by the
 * engine's alerts.
 */
export function createOperationNotices(parts: OperationNoticesParts): (event: DeskEvent) => void {
  const told = new Map<OperationId, string | null>();
  return (event) => {
    if (event.type !== 'OPERATION_CHANGED') return;
    const { view } = event;
    const { id, intent } = view.operation;
    const need = needOf(view);
    const before = told.get(id) ?? null;
    if (need === null) told.delete(id);
    else told.set(id, need);
    if (need === null || need === before || parts.deskFocused()) return;
    parts.show({
      kind: 'need',
      title: `${wordsOf(intent)} waits for you`,
      body:
        need === 'unlock'
          ? 'The keys are locked. Unlock them in Keel, and it goes on.'
          : "Confirm or decline it in the signer's window.",
      vaultId: vaultOf(intent),
      alertIds: [],
      act: null,
    });
  };
}

function needOf({ wait }: OperationView): 'unlock' | 'confirmation' | null {
  return wait?.kind === 'unlock' || wait?.kind === 'confirmation' ? wait.kind : null;
}

/** A vault that is not there before the operation has ended cannot be opened by a click. */
function vaultOf(intent: CapitalIntent): VaultId | null {
  return intent.kind === 'create-sub-account' ? null : intent.vaultId;
}

function wordsOf(intent: CapitalIntent): string {
  if (intent.kind === 'create-sub-account') return `Opening “${intent.accountName}”`;
  const { symbol, decimals } = intent.token;
  const exact = formatAmount(intent.amount, decimals, { shownDecimals: decimals });
  const amount = exact.includes('.') ? exact.replace(/\.?0+$/, '') : exact;
  const verb = { deposit: 'Deposit', withdraw: 'Withdrawal', transfer: 'Transfer' }[intent.kind];
  return `${verb} of ${amount} ${symbol}`;
}
