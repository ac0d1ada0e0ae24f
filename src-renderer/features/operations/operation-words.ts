/** An operation in words. Pure: the same in the list, the chip and the stepper. */
import { assertNever } from '#domain/assert-never.ts';
import type { CapitalIntent } from '#domain/capital-intent.ts';
import type {
  CapitalOperation,
  OperationState,
  OperationStep,
  OperationView,
  OperationWait,
} from '#domain/capital-operation.ts';
import type { VaultId } from '#domain/ids.ts';
import { formatCountdown, formatExact, formatInteger } from '#renderer/ui/format.ts';

/** `1,000.00 USDC`: every digit of the amount. */
export const formatToken = (
  amount: bigint,
  token: { readonly decimals: number; readonly symbol: string },
  signed = false,
): string => `${formatExact(amount, token.decimals, 2, signed)} ${token.symbol}`;

/** “Deposit 1,000.00 USDC” */
export function titleOf(intent: CapitalIntent): string {
  switch (intent.kind) {
    case 'deposit':
      return `Deposit ${formatToken(intent.amount, intent.token)}`;
    case 'withdraw':
      return `Withdraw ${formatToken(intent.amount, intent.token)}`;
    case 'transfer':
      return `Transfer ${formatToken(intent.amount, intent.token)}`;
    case 'create-sub-account':
      return `Open sub-account ${intent.vault.subAccountId}`;
    default:
      return assertNever(intent, 'capital intent');
  }
}

/** Where the money goes, for the line under the title. */
export function routeOf(intent: CapitalIntent, nameOf: (id: VaultId) => string): string {
  switch (intent.kind) {
    case 'deposit':
      return `into ${nameOf(intent.vaultId)}`;
    case 'withdraw':
      return `out of ${nameOf(intent.vaultId)}`;
    case 'transfer':
      return `${nameOf(intent.vaultId)} → ${nameOf(intent.toVaultId)}`;
    case 'create-sub-account':
      return `“${intent.accountName}”`;
    default:
      return assertNever(intent, 'capital intent');
  }
}

/** What a trader may look up on the chain; paper has none, only an entry of its ledger. */
export const shownSignature = ({ vaultType, transaction }: CapitalOperation): string | null =>
  vaultType === 'virtual' ? null : (transaction?.signature ?? null);

export type StateTone = 'good' | 'warn' | 'bad' | 'accent' | 'neutral';

export interface StateWords {
  readonly word: string;
  readonly tone: StateTone;
}

const STATE_WORDS: Readonly<Record<OperationState, StateWords>> = {
  requested: { word: 'Requested', tone: 'accent' },
  validated: { word: 'Checked', tone: 'accent' },
  planned: { word: 'Planned', tone: 'accent' },
  simulated: { word: 'Simulated', tone: 'accent' },
  approved: { word: 'Approved', tone: 'accent' },
  signed: { word: 'Signed', tone: 'accent' },
  submitted: { word: 'Sent', tone: 'accent' },
  confirmed: { word: 'Confirmed', tone: 'accent' },
  synced: { word: 'Vault read', tone: 'accent' },
  verified: { word: 'Verified', tone: 'good' },
  unresolved: { word: 'Unresolved', tone: 'warn' },
  denied: { word: 'Denied', tone: 'neutral' },
  rejected: { word: 'Rejected', tone: 'bad' },
  expired: { word: 'Expired', tone: 'neutral' },
  discrepant: { word: 'Discrepant', tone: 'bad' },
};

export const wordsOfState = (state: OperationState): StateWords => STATE_WORDS[state];

/** State and, where it waits for the trader, that instead: it is what matters then. */
export function stateWords({ operation, wait }: OperationView): StateWords {
  if (wait?.kind === 'unlock') return { word: 'Waits for unlock', tone: 'warn' };
  if (wait?.kind === 'confirmation') return { word: 'Waits for you', tone: 'warn' };
  return STATE_WORDS[operation.state];
}

interface StepWords {
  readonly done: string;
  readonly doing: string;
}

export const STEP_WORDS: Readonly<Record<OperationStep, StepWords>> = {
  requested: { done: 'On record', doing: 'Recording…' },
  validated: { done: 'Checked', doing: 'Checking limits and balances…' },
  planned: { done: 'Planned', doing: 'Planning the transaction…' },
  simulated: { done: 'Simulated', doing: 'Asking the node to simulate it…' },
  approved: { done: 'Approved', doing: 'Waiting for approval…' },
  signed: { done: 'Signed', doing: 'Signing…' },
  submitted: { done: 'Sent', doing: 'Sending…' },
  confirmed: { done: 'Confirmed by the chain', doing: 'Waiting for the chain…' },
  synced: { done: 'Vault read again', doing: 'Reading the vault again…' },
  verified: { done: 'Verified', doing: 'Comparing with what was expected…' },
};

/** What it waits for, in one sentence; null while it simply goes on. */
export function waitWords(wait: OperationWait | null, nowMs: number): string | null {
  if (wait === null) return null;
  switch (wait.kind) {
    case 'unlock':
      return 'The signer is locked. Unlock it and the operation goes on by itself.';
    case 'confirmation':
      return 'Confirm in the signer’s window. Read the amount and the address there.';
    case 'node':
      return `The node does not answer: next try in ${formatCountdown(wait.nextAttemptAtMs, nowMs)}.`;
    case 'sync':
      return 'Waiting for the vault to be read again.';
    default:
      return assertNever(wait, 'operation wait');
  }
}

/** While it goes on by itself: what has become of the money so far, and what Keel does next. Null at the end. */
export function goingWords(state: OperationState): { title: string; text: string } | null {
  switch (state) {
    case 'requested':
    case 'validated':
    case 'planned':
    case 'simulated':
    case 'approved':
    case 'signed':
      return {
        title: 'Under way: nothing has been sent yet',
        text: 'Keel checks, simulates and signs it before anything leaves this computer.',
      };
    case 'submitted':
      return {
        title: 'Sent: waiting for the chain',
        text: 'Until it lands or no longer can, Keel repeats the same signed bytes and nothing else.',
      };
    case 'confirmed':
    case 'synced':
      return {
        title: 'It landed: the money has moved',
        text: 'Keel reads the vault again to prove that exactly this changed.',
      };
    default:
      return null;
  }
}

export interface OutcomeWords {
  readonly tone: 'good' | 'warn' | 'bad' | 'neutral';
  readonly title: string;
  readonly text: string;
}

/** The end, or the not yet known end, in words; null while it goes its ordinary way. */
export function outcomeWords(view: OperationView): OutcomeWords | null {
  const { operation } = view;
  const cause = operation.error?.message ?? operation.transitions.at(-1)?.cause ?? '';
  const advice = operation.error?.advice ?? '';
  switch (operation.state) {
    case 'verified':
      return {
        tone: 'good',
        title: 'Done and verified',
        text: 'Two reads of the vault show exactly the expected change.',
      };
    case 'denied':
      return {
        tone: 'neutral',
        title: 'Denied: Keel did not go on',
        text: `${cause} ${advice} Nothing was sent.`,
      };
    case 'rejected':
      return { tone: 'bad', title: rejectedTitle(view), text: `${cause} ${advice}`.trim() };
    case 'expired':
      return {
        tone: 'neutral',
        title: 'Expired: proved never landed',
        text: 'Its last valid block has passed and the chain has no trace of it: no money moved. You may try again.',
      };
    case 'discrepant':
      return {
        tone: 'bad',
        title: 'Discrepant: it landed, but the figures differ',
        text: `${cause} ${advice}`.trim(),
      };
    case 'unresolved':
      return { tone: 'warn', title: unresolvedTitle(view), text: UNRESOLVED };
    default:
      return null;
  }
}

function rejectedTitle({ operation }: OperationView): string {
  return operation.transaction?.signature === null || operation.transaction === null
    ? 'Rejected by the simulation: nothing was sent'
    : 'Rejected by the chain: nothing moved but the fee';
}

const UNRESOLVED =
  'It was sent and the chain has not told its end yet. It may still land, so nothing else can be asked of this vault until then. Do not repeat it elsewhere.';

/** “Unresolved: watching until block 1,200 (now 1,042)” */
export function unresolvedTitle({ operation, finalizedBlockHeight }: OperationView): string {
  const last = operation.transaction?.lastValidBlockHeight;
  if (last === undefined) return 'Unresolved: watching the chain';
  const now =
    finalizedBlockHeight === null ? 'not asked yet' : `now ${formatInteger(finalizedBlockHeight)}`;
  return `Unresolved: watching until block ${formatInteger(last)} (${now})`;
}
