/** What an intent must be before a message is held against it. */
import type { SigningIntent, TokenRef } from '#domain/capital-intent.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { ok, type Result } from '#domain/result.ts';
import { parseAddress } from '../decode/addresses.ts';
import { VENUES, type Venue } from './programs.ts';
import { refuse } from './refusal.ts';
import { pinnedByLiveMarket, pinnedByMint, pinnedBySymbol, type PinnedToken } from './tokens.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MAX_U64 = 2n ** 64n - 1n;
const MAX_DECIMALS = 18;

export interface CheckedIntent {
  readonly venue: Venue;
  /** The pinned entry; null where nothing moves, or where the signer does not know the token in this market. */
  readonly pinned: PinnedToken | null;
}

/** Refuses with the rule `venue`, `intent`, `role` or `token`. */
export function checkIntent(intent: SigningIntent): Result<CheckedIntent, KeelError> {
  const venue = VENUES.find(
    ({ program, stateSeed }) => program === intent.program && stateSeed === intent.stateSeed,
  );
  if (!venue) {
    return refuse(
      'venue',
      `The request is for the program ${intent.program} with the state “${intent.stateSeed}”, which Keel does not sign for.`,
    );
  }
  const problem = intentProblem(intent);
  if (problem !== null) return refuse('intent', problem);
  if (intent.signerKey !== intent.authority && intent.kind !== 'deposit') {
    return refuse(
      'role',
      `${intent.signerKey} is not the owner ${intent.authority}: a delegate may deposit, nothing else.`,
    );
  }
  if (intent.token === null) return ok({ venue, pinned: null });
  const pinned = checkToken(intent.token, intent.networkKind);
  return pinned.ok ? ok({ venue, pinned: pinned.value }) : pinned;
}

function intentProblem(intent: SigningIntent): string | null {
  const { kind, token, amount, accountName, toSubAccountId, subAccountId, operationId } = intent;
  if (!UUID.test(operationId)) return 'The operation id of the request is no UUID.';
  const keys = [intent.authority, intent.signerKey, ...(token === null ? [] : [token.mint])];
  const bad = keys.find((key) => parseAddress(key) === null);
  if (bad !== undefined) return `The request has “${bad}” for an address.`;
  if (!isU16(subAccountId)) return `The request has the sub-account ${subAccountId}.`;
  if (kind === 'create-sub-account') {
    if (token !== null || amount !== null || toSubAccountId !== null) {
      return 'The request opens a sub-account and moves something at once.';
    }
    return accountName === null ? 'The request opens a sub-account without a name.' : null;
  }
  if (accountName !== null) return 'The request moves a token and names an account at once.';
  if (token === null || amount === null) return 'The request says not what it moves.';
  if (amount <= 0n || amount > MAX_U64) return `The request moves the amount ${amount}.`;
  if (!isU16(token.marketIndex)) return `The request has the market ${token.marketIndex}.`;
  if (!Number.isInteger(token.decimals) || token.decimals < 0 || token.decimals > MAX_DECIMALS) {
    return `The request has a token with ${token.decimals} decimals.`;
  }
  return transferProblem(kind, subAccountId, toSubAccountId);
}

function transferProblem(
  kind: SigningIntent['kind'],
  from: number,
  to: number | null,
): string | null {
  if (kind !== 'transfer') return to === null ? null : 'The request names a second sub-account.';
  if (to === null || !isU16(to)) return 'The request is a transfer without a destination.';
  return to === from ? `The request is a transfer from sub-account ${from} to itself.` : null;
}

function checkToken(
  token: TokenRef,
  networkKind: SigningIntent['networkKind'],
): Result<PinnedToken | null, KeelError> {
  const { symbol, mint, decimals, marketIndex } = token;
  const byMint = pinnedByMint(mint);
  const bySymbol = pinnedBySymbol(symbol);
  if (byMint !== bySymbol) {
    const known = byMint ?? bySymbol;
    return refuse(
      'token',
      `The request calls the mint ${mint} “${symbol}”; ${known?.symbol ?? 'that name'} is the mint ${known?.mint ?? 'of another'}.`,
    );
  }
  if (byMint && byMint.decimals !== decimals) {
    return refuse('token', `${byMint.symbol} has ${byMint.decimals} decimals, not ${decimals}.`);
  }
  if (networkKind === 'practice') return ok(byMint);
  const listed = pinnedByLiveMarket(marketIndex);
  if (listed && listed.mint !== mint) {
    return refuse(
      'token',
      `Spot market ${marketIndex} holds ${listed.symbol} (${listed.mint}), not the mint ${mint}.`,
    );
  }
  // A market that the signer has not seen may hold any token: its amount cannot be told from the message.
  return ok(listed);
}

function isU16(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffff;
}
