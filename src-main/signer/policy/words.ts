/** What a message does, in words for the signer's own window. Everything comes from the message or was held against it. */
import type { SigningIntent } from '#domain/capital-intent.ts';
import { formatAmount } from '#domain/decimal.ts';
import type { Address } from '#domain/ids.ts';
import type { ConfirmationLine } from '#domain/signer-window.ts';
import { quoteAmount, QUOTE_DECIMALS, SOL_DECIMALS, type QuoteAmount } from '#domain/units.ts';
import { TOKEN_ACCOUNT_RENT } from './bindings.ts';
import type { CheckedInstruction } from './check-instruction.ts';
import type { CheckedIntent } from './check-intent.ts';
import type { MessageFee } from './fee.ts';
import type { RuleId } from './instruction-rules.ts';
import { NATIVE_MINT } from './programs.ts';
import { isDollarCoin } from './tokens.ts';

/** Rent of the venue's accounts of 4,376 and 240 bytes, lamports, as the chain counts it. */
const RENT_OF: Partial<Record<RuleId, bigint>> = {
  initializeUser: (128n + 4_376n) * 6_960n,
  initializeUserStats: (128n + 240n) * 6_960n,
  createWalletTokens: TOKEN_ACCOUNT_RENT,
};

export interface MessageWords {
  readonly title: string;
  readonly lines: readonly ConfirmationLine[];
  readonly warnings: readonly string[];
}

/** An amount with all of its digits and no zeros behind: `1,500.25`. */
export function exactAmount(units: bigint, decimals: number): string {
  const text = formatAmount(units, decimals, { shownDecimals: decimals });
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Name for a token: its symbol where the signer knows it, else the ends of its mint. */
export function tokenName(mint: Address, checked: CheckedIntent): string {
  return checked.pinned?.symbol ?? `unknown token ${mint.slice(0, 4)}…${mint.slice(-4)}`;
}

/** Of a pinned dollar coin, one for one, rounded up to 10^-6; null for everything else. */
export function ownValue(intent: SigningIntent, checked: CheckedIntent): QuoteAmount | null {
  const { pinned } = checked;
  if (intent.amount === null || !pinned || !isDollarCoin(pinned)) return null;
  const scale = 10n ** BigInt(Math.abs(pinned.decimals - QUOTE_DECIMALS));
  const units =
    pinned.decimals >= QUOTE_DECIMALS
      ? (intent.amount + scale - 1n) / scale
      : intent.amount * scale;
  return quoteAmount(units);
}

export function wordsOf(
  intent: SigningIntent,
  checked: CheckedIntent,
  instructions: readonly CheckedInstruction[],
  fee: MessageFee,
): MessageWords {
  return {
    title: titleOf(intent, checked),
    lines: [
      ...whatMoves(intent),
      ...whoSigns(intent),
      key('Program', `${checked.venue.name}: ${intent.program}`),
      plain('Network', networkText(intent)),
      amount('Network fee, at most', `${exactAmount(fee.total, SOL_DECIMALS)} SOL`),
      ...rentLine(instructions),
      key('Operation', intent.operationId),
    ],
    warnings: warningsOf(intent, checked),
  };
}

function titleOf(intent: SigningIntent, checked: CheckedIntent): string {
  const { token } = intent;
  if (token === null) return `Open sub-account ${intent.subAccountId}`;
  const what = `${exactAmount(intent.amount ?? 0n, token.decimals)} ${tokenName(token.mint, checked)}`;
  switch (intent.kind) {
    case 'deposit':
      return `Deposit ${what}`;
    case 'withdraw':
      return `Withdraw ${what}`;
    case 'transfer':
      return `Transfer ${what}`;
    case 'create-sub-account':
      return `Open sub-account ${intent.subAccountId}`;
  }
}

function whatMoves(intent: SigningIntent): readonly ConfirmationLine[] {
  const { kind, token, subAccountId, toSubAccountId, accountName } = intent;
  const account = `Sub-account ${subAccountId}`;
  if (token === null) {
    return [plain('Opens', account), key('Name on chain', `“${accountName ?? ''}”`)];
  }
  const wallet = token.mint === NATIVE_MINT ? 'SOL of the wallet' : 'Token account of the wallet';
  const ways = {
    deposit: [plain('From', wallet), plain('To', account)],
    withdraw: [plain('From', account), plain('To', wallet)],
    transfer: [plain('From', account), plain('To', `Sub-account ${toSubAccountId ?? ''}`)],
    'create-sub-account': [],
  } satisfies Record<typeof kind, readonly ConfirmationLine[]>;
  return [
    ...ways[kind],
    plain('Spot market', token.marketIndex.toString()),
    key('Token mint', token.mint),
    amount('In its smallest unit', (intent.amount ?? 0n).toString()),
  ];
}

function whoSigns(intent: SigningIntent): readonly ConfirmationLine[] {
  if (intent.signerKey === intent.authority) return [key('Wallet and owner', intent.authority)];
  return [
    key('Wallet, as delegate', intent.signerKey),
    key('Owner of the sub-account', intent.authority),
  ];
}

function rentLine(instructions: readonly CheckedInstruction[]): readonly ConfirmationLine[] {
  const rent = instructions.reduce((sum, { rule }) => sum + (RENT_OF[rule] ?? 0n), 0n);
  return rent === 0n
    ? []
    : [amount('Rent of new accounts, at most about', `${exactAmount(rent, SOL_DECIMALS)} SOL`)];
}

function networkText({ network, networkKind }: SigningIntent): string {
  return `${network} (${networkKind === 'practice' ? 'play money' : 'real money'})`;
}

function warningsOf(intent: SigningIntent, { pinned }: CheckedIntent): readonly string[] {
  const warnings: string[] = [];
  if (intent.signerKey !== intent.authority) {
    warnings.push(
      `The tokens leave this wallet for an account of another key. Only its owner ${intent.authority} can withdraw them.`,
    );
  }
  if (intent.token !== null && pinned === null) {
    warnings.push(
      'The signer does not know this token in this market. Compare its mint with a source that you trust; its decimals and value are what the engine says.',
    );
  }
  if (intent.kind === 'create-sub-account') {
    warnings.push('The venue may ask a fee of its own for a new account while it is nearly full.');
  }
  return warnings;
}

function plain(label: string, value: string): ConfirmationLine {
  return { label, value, kind: 'plain' };
}

function key(label: string, value: string): ConfirmationLine {
  return { label, value, kind: 'key' };
}

function amount(label: string, value: string): ConfirmationLine {
  return { label, value, kind: 'amount' };
}
