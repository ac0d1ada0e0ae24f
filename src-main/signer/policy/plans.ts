/** Which instructions make up each kind of operation, in order: data, as the rules are. */
import type { SigningIntent } from '#domain/capital-intent.ts';
import { NATIVE_MINT } from './programs.ts';
import type { RuleId } from './instruction-rules.ts';

export interface PlanStep {
  /** One of these. */
  readonly oneOf: readonly RuleId[];
  readonly optional: boolean;
}

const must = (...oneOf: RuleId[]): PlanStep => ({ oneOf, optional: false });
const may = (...oneOf: RuleId[]): PlanStep => ({ oneOf, optional: true });

/** Anywhere in a message: the chain reads them without regard to their place. */
export const ANYWHERE: readonly PlanStep[] = [
  may('computeLimit'),
  may('computePrice'),
  must('memo'),
];

const OPEN_TEMP = [
  must('createTempAccount'),
  must('initializeTempAccount', 'initializeTempAccount3'),
];
const CLOSE_TEMP = must('closeTempAccount');

export const PLANS = {
  depositTokens: [must('deposit')],
  depositSol: [...OPEN_TEMP, must('deposit'), CLOSE_TEMP],
  // The opening also proves whose the account is: a token account can be given away, its address stays.
  withdrawTokens: [must('createWalletTokens'), must('withdraw')],
  withdrawSol: [...OPEN_TEMP, must('withdraw'), CLOSE_TEMP],
  transfer: [must('transferDeposit')],
  firstSubAccount: [may('initializeUserStats'), must('initializeUser')],
  nextSubAccount: [must('initializeUser')],
} satisfies Record<string, readonly PlanStep[]>;

export function planOf(intent: SigningIntent): readonly PlanStep[] {
  const isSol = intent.token?.mint === NATIVE_MINT;
  switch (intent.kind) {
    case 'deposit':
      return isSol ? PLANS.depositSol : PLANS.depositTokens;
    case 'withdraw':
      return isSol ? PLANS.withdrawSol : PLANS.withdrawTokens;
    case 'transfer':
      return PLANS.transfer;
    case 'create-sub-account':
      return intent.subAccountId === 0 ? PLANS.firstSubAccount : PLANS.nextSubAccount;
  }
}
