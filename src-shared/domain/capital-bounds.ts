/**
 * What limits a move of capital (C2, C9, K1): rules that forbid it outright, and caps on its amount. The checks and the
 * form's limits are both made of these, so that they cannot disagree. Pure.
 */
import type { CapitalFacts, TokenFacts } from './capital-facts.ts';
import type { MoveKind } from './capital-intent.ts';
import type { CapitalSettings } from './capital-settings.ts';
import { address } from './ids.ts';
import { mostWorth, tokenText } from './token-amount.ts';
import { quoteAmount, SOL_DECIMALS, type Lamports, type QuoteAmount } from './units.ts';

/** Stable codes, in the order in which refusals are told. */
export const CAPITAL_RULES = [
  'nobody-can-sign',
  'delegate',
  'account-missing',
  'account-bankrupt',
  'account-being-liquidated',
  'same-sub-account',
  'authority-differs',
  'network-differs',
  'token-unknown',
  'amount-positive',
  'exchange-paused',
  'market-status',
  'market-paused',
  'network-fee',
  'sol-reserve',
  'wallet-balance',
  'market-reduce-only',
  'deposit-cap',
  'vault-balance',
  'withdrawable',
  'withdraw-guard',
  'health-after',
  'daily-cap',
  'account-name',
  'sub-accounts-used-up',
] as const;

export type CapitalRule = (typeof CAPITAL_RULES)[number];

export interface Prohibition {
  readonly rule: CapitalRule;
  readonly text: string;
  /** In words, what would lift it; null: nothing that the trader does here. */
  readonly wouldPass: string | null;
}

export interface Cap {
  readonly rule: CapitalRule;
  /** In the token's smallest unit, never negative; exactly this much passes. */
  readonly max: bigint;
  /** Goes on after “12 USDC is too much: ”. */
  readonly because: string;
}

export interface Bounds {
  readonly prohibitions: readonly Prohibition[];
  readonly caps: readonly Cap[];
}

export type LimitSettings = Pick<
  CapitalSettings,
  'solReserve' | 'minHealthAfterWithdrawal' | 'dailyCap'
>;

/** What the facts of one vault do not hold. */
export interface MoreFacts {
  /** What has left the vault in the last 24 hours, or may leave it still. */
  readonly outflowToday: QuoteAmount;
}

/** Mint under which every venue lists SOL. */
export const WRAPPED_SOL_MINT = address('So11111111111111111111111111111111111111112');

const SOL = { symbol: 'SOL', decimals: SOL_DECIMALS };
const QUOTE = { symbol: 'USD', decimals: 6 };
const atLeastZero = (units: bigint): bigint => (units > 0n ? units : 0n);
const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right);

export function boundsOf(
  kind: MoveKind,
  of: TokenFacts,
  facts: CapitalFacts,
  settings: LimitSettings,
  more: MoreFacts,
): Bounds {
  const prohibitions = [
    ...accountProhibitions(kind, facts),
    ...venueProhibitions(kind, of, facts),
    ...feeProhibitions(kind, of, facts),
  ];
  const caps =
    kind === 'deposit'
      ? depositCaps(of, facts, settings)
      : [...outgoingCaps(of, settings), ...dailyCaps(of, settings, more)];
  return kind === 'deposit' || settings.dailyCap === null || valuable(of)
    ? { prohibitions, caps }
    : { prohibitions: [...prohibitions, unknownValue(of)], caps };
}

function accountProhibitions(kind: MoveKind, facts: CapitalFacts): Prohibition[] {
  const found: Prohibition[] = [];
  const forbid = (rule: CapitalRule, text: string, wouldPass: string | null): void => {
    found.push({ rule, text, wouldPass });
  };
  if (facts.signerRole === 'none') {
    forbid(
      'nobody-can-sign',
      'The vault is watched only: Keel has no key that can sign for it.',
      'Import the key of the authority or of its delegate.',
    );
  }
  if (facts.signerRole === 'delegate' && kind !== 'deposit') {
    forbid(
      'delegate',
      'The key is a delegate of this account: it may deposit and trade, but not withdraw or transfer.',
      'Import the key of the authority.',
    );
  }
  if (!facts.accountExists) {
    forbid('account-missing', 'The sub-account does not exist on chain.', 'Create it first.');
  }
  if (facts.accountFlags.includes('bankrupt')) {
    forbid('account-bankrupt', 'The account is bankrupt: the venue moves nothing.', null);
  }
  if (facts.accountFlags.includes('beingLiquidated') && kind !== 'deposit') {
    forbid(
      'account-being-liquidated',
      'The account is being liquidated: nothing may leave it.',
      'A deposit may end the liquidation.',
    );
  }
  return found;
}

/** Statuses in which the market takes no deposit, or lets nothing out. */
const NO_DEPOSIT = ['initialized', 'settlement', 'delisted'];
const NO_WITHDRAWAL = ['initialized', 'withdrawPaused'];

/** A transfer is a withdrawal and a deposit in one: it needs both to be allowed. */
function venueProhibitions(
  kind: MoveKind,
  { token, status, pausedOperations }: TokenFacts,
  { exchangePaused }: CapitalFacts,
): Prohibition[] {
  const operations = (['deposit', 'withdraw'] as const).filter(
    (each) => kind === each || kind === 'transfer',
  );
  return operations.flatMap((operation): Prohibition[] => {
    const name = operation === 'deposit' ? 'deposits' : 'withdrawals';
    const barred = operation === 'deposit' ? NO_DEPOSIT : NO_WITHDRAWAL;
    return [
      ...when(exchangePaused.includes(operation), {
        rule: 'exchange-paused',
        text: `The exchange has paused ${name}.`,
      }),
      ...when(barred.includes(status), {
        rule: 'market-status',
        text: `The market of ${token.symbol} takes no ${name}: its status is “${status}”.`,
      }),
      ...when(pausedOperations.includes(operation), {
        rule: 'market-paused',
        text: `The market of ${token.symbol} has paused ${name}.`,
      }),
    ];
  });
}

function when(condition: boolean, found: Omit<Prohibition, 'wouldPass'>): Prohibition[] {
  return condition ? [{ ...found, wouldPass: null }] : [];
}

/** Fees and rent come out of the signer's wallet whatever is moved; the reserve exists for them. */
function feeProhibitions(
  kind: MoveKind,
  { tokenAccountRent }: TokenFacts,
  { walletLamports, networkFee }: CapitalFacts,
): Prohibition[] {
  const rent = kind === 'withdraw' ? tokenAccountRent : 0n;
  return feeProhibition(walletLamports, networkFee + rent, rent > 0n ? 'fee and rent' : 'fee');
}

/** @param needed lamports that the transaction takes from the wallet; exactly as much is enough. */
export function feeProhibition(
  walletLamports: Lamports | null,
  needed: bigint,
  what: string,
): Prohibition[] {
  if (walletLamports === null || walletLamports >= needed) return [];
  return [
    {
      rule: 'network-fee',
      text: `The wallet holds ${tokenText(walletLamports, SOL)}, but the transaction takes ${tokenText(needed, SOL)} for ${what}.`,
      wouldPass: `Put at least ${tokenText(needed - walletLamports, SOL)} into the wallet.`,
    },
  ];
}

function depositCaps(of: TokenFacts, facts: CapitalFacts, settings: LimitSettings): Cap[] {
  const { token, walletAmount, vaultAmount, depositRoom, status } = of;
  const caps: Cap[] = [
    {
      rule: 'wallet-balance',
      max: atLeastZero(walletAmount),
      because: `the wallet holds ${tokenText(walletAmount, token)}`,
    },
  ];
  if (token.mint === WRAPPED_SOL_MINT && facts.walletLamports !== null) {
    const kept = larger(settings.solReserve, facts.networkFee + of.tokenAccountRent);
    caps.push({
      rule: 'sol-reserve',
      max: atLeastZero(walletAmount - kept),
      because: `the wallet holds ${tokenText(walletAmount, token)}, of which ${tokenText(kept, SOL)} stay for fees and rent`,
    });
  }
  if (status === 'reduceOnly') {
    const borrowed = atLeastZero(0n - vaultAmount);
    caps.push({
      rule: 'market-reduce-only',
      max: borrowed,
      because: `the market is reduce-only, so that a deposit can only pay back a borrow, and ${tokenText(borrowed, token)} are borrowed`,
    });
  }
  if (depositRoom !== null) {
    caps.push({
      rule: 'deposit-cap',
      max: atLeastZero(depositRoom),
      because: `the market takes ${tokenText(atLeastZero(depositRoom), token)} more until its deposit cap`,
    });
  }
  return caps;
}

/** Withdrawals and transfers out. Keel never borrows by a withdrawal, so reduce-only accounts need no rule of their own. */
function outgoingCaps(of: TokenFacts, { minHealthAfterWithdrawal }: LimitSettings): Cap[] {
  const { token, vaultAmount, withdrawable, guardRoom, withdrawableAtHealth } = of;
  const cap = (rule: CapitalRule, room: bigint, words: (text: string) => string): Cap => {
    const max = atLeastZero(room);
    return { rule, max, because: words(tokenText(max, token)) };
  };
  return [
    cap('vault-balance', vaultAmount, (text) => `the vault holds ${text}`),
    cap('withdrawable', withdrawable, (text) => `balance and margin let ${text} out`),
    cap('withdraw-guard', guardRoom, (text) => `the market’s withdraw guard lets ${text} out now`),
    cap(
      'health-after',
      withdrawableAtHealth,
      (text) => `${text} may leave while health stays at ${minHealthAfterWithdrawal} or more`,
    ),
  ];
}

function valuable({ oraclePrice }: TokenFacts): boolean {
  return oraclePrice !== null && oraclePrice > 0n;
}

function dailyCaps(of: TokenFacts, { dailyCap }: LimitSettings, { outflowToday }: MoreFacts) {
  const { oraclePrice, token } = of;
  if (dailyCap === null || oraclePrice === null || oraclePrice <= 0n) return [];
  const room = quoteAmount(atLeastZero(dailyCap - outflowToday));
  const cap: Cap = {
    rule: 'daily-cap',
    max: mostWorth(room, oraclePrice, token.decimals),
    because: `of the daily cap of ${tokenText(dailyCap, QUOTE)} there are ${tokenText(room, QUOTE)} left`,
  };
  return [cap];
}

function unknownValue({ token }: TokenFacts): Prohibition {
  return {
    rule: 'daily-cap',
    text: `${token.symbol} has no valid price now, so that the daily cap cannot be checked.`,
    wouldPass: 'Wait for a valid price, or take the daily cap off in the settings.',
  };
}
