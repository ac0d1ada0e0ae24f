import { assertNever } from './assert-never.ts';
import {
  boundsOf,
  feeProhibition,
  type Bounds,
  type Cap,
  type CapitalRule,
  type LimitSettings,
  type MoreFacts,
  type Prohibition,
} from './capital-bounds.ts';
import type { CapitalFacts } from './capital-facts.ts';
import type { MoveKind, TokenRef } from './capital-intent.ts';
import { identityOf, type EngineVault } from './engine-vault.ts';
import { tokenText } from './token-amount.ts';
import { tokenAmount, type TokenAmount } from './units.ts';

/** A request as far as the rules look at it. */
export type CheckedRequest =
  | {
      readonly kind: 'deposit' | 'withdraw';
      readonly vault: EngineVault;
      readonly marketIndex: number;
      readonly amount: TokenAmount;
    }
  | {
      readonly kind: 'transfer';
      readonly vault: EngineVault;
      readonly toVault: EngineVault;
      readonly marketIndex: number;
      readonly amount: TokenAmount;
    }
  | { readonly kind: 'create-sub-account'; readonly accountName: string };

export interface CapitalRefusal {
  readonly rule: CapitalRule;
  /** The rule and the number that broke it. */
  readonly text: string;
  /** What would pass, for instance “At most 12.34 USDC may go out now.”; null: nothing at this moment. */
  readonly wouldPass: string | null;
}

/**
 * Every rule that the request breaks, on the facts of the vault that it takes from or gives to (C2, C9, K1); empty: it
 * may be built. Exactly a limit passes, one unit more does not. Pure: the window and the engine get the same answer.
 */
export function checkCapital(
  request: CheckedRequest,
  facts: CapitalFacts,
  settings: LimitSettings,
  more: MoreFacts,
): readonly CapitalRefusal[] {
  if (request.kind === 'create-sub-account') return checkCreation(request.accountName, facts);
  const pair = request.kind === 'transfer' ? pairProblems(request.vault, request.toVault) : [];
  const of = facts.tokens.find(({ token }) => token.marketIndex === request.marketIndex);
  if (of === undefined) return [...pair, unknownToken(request.marketIndex)];
  const bounds = boundsOf(request.kind, of, facts, settings, more);
  return [...pair, ...bounds.prohibitions, ...amountRefusals(request, of.token, bounds, pair)];
}

function amountRefusals(
  { kind, amount }: { readonly kind: MoveKind; readonly amount: TokenAmount },
  token: TokenRef,
  bounds: Bounds,
  pair: readonly CapitalRefusal[],
): CapitalRefusal[] {
  const wouldPass = pair.length > 0 ? null : mostInWords(kind, token, bounds);
  if (amount <= 0n) {
    const text = `The amount ${tokenText(amount, token)} is not above 0.`;
    return [{ rule: 'amount-positive', text, wouldPass }];
  }
  const given = tokenText(amount, token);
  return bounds.caps
    .filter(({ max }) => amount > max)
    .map(({ rule, because }) => ({
      rule,
      text: `${given} is too much: ${because}.`,
      wouldPass,
    }));
}

function mostInWords(kind: MoveKind, token: TokenRef, bounds: Bounds): string | null {
  const most = lowest(bounds);
  if (bounds.prohibitions.length > 0 || most === null || most.max === 0n) return null;
  const text = tokenText(most.max, token);
  switch (kind) {
    case 'deposit':
      return `At most ${text} may go in now.`;
    case 'withdraw':
      return `At most ${text} may go out now.`;
    case 'transfer':
      return `At most ${text} may be moved now.`;
    default:
      return assertNever(kind);
  }
}

/** The first of the lowest caps. */
function lowest({ caps }: Bounds): Cap | null {
  return caps.reduce<Cap | null>(
    (least, cap) => (least === null || cap.max < least.max ? cap : least),
    null,
  );
}

export interface Limit {
  /** The most that may be moved now; zero: nothing. */
  readonly max: TokenAmount;
  /** The rule that sets it. */
  readonly rule: CapitalRule;
  /** A sentence with the figures. */
  readonly text: string;
}

export interface TokenLimits {
  readonly token: TokenRef;
  readonly deposit: Limit;
  readonly withdraw: Limit;
  readonly transfer: Limit;
}

/** The most of each token that each verb may move now, and what sets it: for the form. */
export function limitsOf(
  facts: CapitalFacts,
  settings: LimitSettings,
  more: MoreFacts,
): readonly TokenLimits[] {
  return facts.tokens.map((of) => {
    const limit = (kind: MoveKind): Limit => limitOf(boundsOf(kind, of, facts, settings, more));
    return {
      token: of.token,
      deposit: limit('deposit'),
      withdraw: limit('withdraw'),
      transfer: limit('transfer'),
    };
  });
}

function limitOf(bounds: Bounds): Limit {
  const [prohibition] = bounds.prohibitions;
  if (prohibition !== undefined) {
    return { max: tokenAmount(0n), rule: prohibition.rule, text: prohibition.text };
  }
  const cap = lowest(bounds);
  if (cap === null)
    return { max: tokenAmount(0n), rule: 'vault-balance', text: 'Nothing is held.' };
  return { max: tokenAmount(cap.max), rule: cap.rule, text: `${sentence(cap.because)}.` };
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function pairProblems(from: EngineVault, to: EngineVault): CapitalRefusal[] {
  const found = (rule: CapitalRule, text: string, wouldPass: string): CapitalRefusal[] => [
    { rule, text, wouldPass },
  ];
  if (identityOf(from) === identityOf(to)) {
    return found(
      'same-sub-account',
      `“${from.name}” cannot be transferred to itself.`,
      'Choose another vault to transfer to.',
    );
  }
  if (from.vaultType !== to.vaultType || from.network !== to.network) {
    return found(
      'network-differs',
      `“${from.name}” and “${to.name}” are not on the same network.`,
      'Choose two vaults of one network, both live or both paper.',
    );
  }
  if (from.vaultType === 'virtual' || to.vaultType === 'virtual') return [];
  if (from.authority === to.authority && from.program === to.program) return [];
  return found(
    'authority-differs',
    `“${from.name}” belongs to ${from.authority}, “${to.name}” to ${to.authority}: the venue transfers between sub-accounts of one authority only.`,
    'Withdraw from the one and deposit into the other.',
  );
}

function unknownToken(marketIndex: number): CapitalRefusal {
  return {
    rule: 'token-unknown',
    text: `The venue has no token market ${marketIndex}.`,
    wouldPass: 'Choose a token of the list.',
  };
}

/** Bytes that the venue keeps for an account's name. */
const LONGEST_ACCOUNT_NAME = 32;
const LAST_SUB_ACCOUNT = 65_535;

function checkCreation(accountName: string, facts: CapitalFacts): readonly CapitalRefusal[] {
  const { signerRole, nextSubAccountId, walletLamports, networkFee, createCost } = facts;
  const found: Prohibition[] = [];
  if (signerRole !== 'owner') {
    found.push({
      rule: signerRole === 'none' ? 'nobody-can-sign' : 'delegate',
      text:
        signerRole === 'none'
          ? 'Keel has no key that can sign for this authority.'
          : 'A delegate cannot open a sub-account.',
      wouldPass: 'Import the key of the authority.',
    });
  }
  const bytes = utf8Length(accountName);
  if (bytes === 0 || bytes > LONGEST_ACCOUNT_NAME) {
    found.push({
      rule: 'account-name',
      text: `The name “${accountName}” takes ${bytes} bytes on chain; 1 to ${LONGEST_ACCOUNT_NAME} are allowed.`,
      wouldPass: 'Choose a shorter name; letters with accents take two bytes.',
    });
  }
  if (nextSubAccountId > LAST_SUB_ACCOUNT) {
    found.push({
      rule: 'sub-accounts-used-up',
      text: `The authority has used all ${LAST_SUB_ACCOUNT + 1} sub-accounts.`,
      wouldPass: 'Use one of its sub-accounts, or another authority.',
    });
  }
  return [...found, ...feeProhibition(walletLamports, networkFee + createCost, 'fee and rent')];
}

/** Bytes of the text in UTF-8; a lone surrogate counts as what it is replaced by. */
function utf8Length(text: string): number {
  return Array.from(text).reduce((bytes, character) => {
    const point = character.codePointAt(0) ?? 0;
    return bytes + (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
  }, 0);
}
