import type { CapitalIntent } from '#domain/capital-intent.ts';
import type { OperationView } from '#domain/capital-operation.ts';
import { formatAmount } from '#domain/decimal.ts';
import type { OperationId, VaultId } from '#domain/ids.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import type { Notice } from './notifications.ts';

export interface OperationNoticesParts {
  /** Whether the trader sees the desk: not minimized, not in the tray. */
  deskVisible(): boolean;
  /** Whether the trader works in it. */
  deskFocused(): boolean;
  nameOf(vault: VaultId): string;
  show(notice: Notice): void;
}

/**
 * Turns operations into notices: one when it needs the trader, one when it ends badly or stays unknown, one when
 * it is verified and nobody saw it. Never twice the same of one operation.
 */
export function createOperationNotices(parts: OperationNoticesParts): (event: DeskEvent) => void {
  const told = new Map<OperationId, string>();
  return (event) => {
    if (event.type !== 'OPERATION_CHANGED') return;
    const { view } = event;
    const { id, state } = view.operation;
    const needs = needOf(view);
    const news = needs ?? state;
    if (told.get(id) === news) return;
    told.set(id, news);
    const notice = needs === null ? endNotice(view, parts) : needNotice(view, needs, parts);
    if (notice !== null) parts.show(notice);
  };
}

function needOf({ wait }: OperationView): 'unlock' | 'confirmation' | null {
  return wait?.kind === 'unlock' || wait?.kind === 'confirmation' ? wait.kind : null;
}

function needNotice(
  view: OperationView,
  need: 'unlock' | 'confirmation',
  parts: OperationNoticesParts,
): Notice | null {
  if (parts.deskFocused()) return null;
  return {
    kind: 'operation',
    title: `${wordsOf(view.operation.intent)} waits for you`,
    body:
      need === 'unlock'
        ? 'The keys are locked. Unlock them in Keel, and it goes on.'
        : "Confirm or decline it in the signer's window.",
    vaultId: vaultOf(view.operation.intent),
  };
}

function endNotice({ operation }: OperationView, parts: OperationNoticesParts): Notice | null {
  const { intent, state, error } = operation;
  const vaultId = vaultOf(intent);
  const what = wordsOf(intent);
  const body = error === null ? `Look at it on ${nameOf(intent, parts)}.` : textOf(error);
  switch (state) {
    case 'discrepant':
    case 'unresolved':
      return { kind: 'operation-alarm', title: `${what} is ${state}`, body, vaultId };
    case 'rejected':
      return { kind: 'operation', title: `${what} was rejected`, body, vaultId };
    case 'expired':
      return { kind: 'operation', title: `${what} has expired`, body, vaultId };
    case 'verified':
      if (parts.deskVisible()) return null;
      return {
        kind: 'operation',
        title: `${what} is verified`,
        body: `${nameOf(intent, parts)} shows exactly what was expected.`,
        vaultId,
      };
    default:
      return null;
  }
}

const textOf = ({ message, advice }: { message: string; advice: string }): string =>
  `${message} ${advice}`;

/** A vault that is not there before the operation has ended cannot be opened by a click. */
function vaultOf(intent: CapitalIntent): VaultId | null {
  return intent.kind === 'create-sub-account' ? null : intent.vaultId;
}

function nameOf(intent: CapitalIntent, parts: OperationNoticesParts): string {
  return intent.kind === 'create-sub-account' ? intent.vault.name : parts.nameOf(intent.vaultId);
}

function wordsOf(intent: CapitalIntent): string {
  if (intent.kind === 'create-sub-account') return `Opening “${intent.accountName}”`;
  const { symbol, decimals } = intent.token;
  const exact = formatAmount(intent.amount, decimals, { shownDecimals: decimals });
  const amount = exact.includes('.') ? exact.replace(/\.?0+$/, '') : exact;
  const verb = { deposit: 'Deposit', withdraw: 'Withdrawal', transfer: 'Transfer' }[intent.kind];
  return `${verb} of ${amount} ${symbol}`;
}
