import type {
  OraclePriceData,
  OracleSource,
  PerpMarketAccount,
  SpotMarketAccount,
  StateAccount,
  UserAccount,
} from '@drift-labs/sdk';
import type { PublicKey } from '@solana/web3.js';
import type { OnChainVault } from '#domain/engine-vault.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { VenueDeployment } from '#domain/network.ts';
import type { Result } from '#domain/result.ts';
import type { DriftAccountName, DriftAccounts } from '../codec/drift-coder.ts';
import { decodeName } from '../codec/names.ts';
import { activePerpPositions, activeSpotPositions } from '../evaluate/active-positions.ts';
import { base58Of } from '../evaluate/base58.ts';
import { oracleId, type VaultAccounts } from '../evaluate/vault-accounts.ts';
import { marketMissing, mismatch, programStateMissing, subAccountMissing } from '../failures.ts';
import type { VenueAddresses } from '../venue-addresses.ts';
import type { AccountFrame, RawAccount } from './account-frame.ts';
import { CLOCK_SYSVAR } from './chain-time.ts';
import type { DecodeCache } from './decode-cache.ts';

const QUOTE_MARKET = 0;

export interface Venue {
  readonly deployment: VenueDeployment;
  readonly addresses: VenueAddresses;
  readonly cache: DecodeCache;
}

/** The venue's quote market, which is of concern to a vault that holds nothing in it too. */
export interface QuoteMarket {
  readonly market: SpotMarketAccount;
  readonly price: OraclePriceData;
}

/** One vault's accounts at a slot, or what is still to be read, or why the vault cannot be valued. */
export type Gathered =
  | {
      readonly kind: 'complete';
      readonly accounts: VaultAccounts;
      readonly shared: readonly string[];
      readonly quote: QuoteMarket | null;
    }
  | { readonly kind: 'incomplete'; readonly shared: readonly string[] }
  | { readonly kind: 'failed'; readonly error: KeelError };

/** Keys to read for a vault of which nothing is known yet. */
export function firstSharedKeys({ addresses }: Venue): readonly string[] {
  return [addresses.state, addresses.spotMarket(QUOTE_MARKET), CLOCK_SYSVAR];
}

/** What a gathering takes in beyond the vault's own positions. */
export interface Wants {
  /** Spot markets, with their oracles, whether the vault holds them or not. */
  readonly spotMarkets?: readonly number[];
  /** Taken where the sub-account does not exist; without it that is an error. */
  readonly absentUser?: UserAccount;
}

/**
 * Follows a vault's accounts from its user account to markets and oracles, in what was read at one slot.
 * Every account is checked to be the one that was asked for.
 */
export function gatherAccounts(
  venue: Venue,
  vault: OnChainVault,
  userKey: string,
  frame: AccountFrame,
  wants: Wants = {},
): Gathered {
  const gathering = new Gathering(venue, vault, userKey, frame, wants);
  try {
    return gathering.run();
  } catch (cause) {
    if (cause instanceof Failed) return { kind: 'failed', error: cause.error };
    throw cause;
  }
}

/** Ends a gathering early; never leaves this file. */
class Failed extends Error {
  readonly error: KeelError;
  constructor(error: KeelError) {
    super(error.message);
    this.error = error;
  }
}

class Gathering {
  readonly #venue: Venue;
  readonly #vault: OnChainVault;
  readonly #userKey: string;
  readonly #frame: AccountFrame;
  readonly #shared: Set<string>;
  readonly #wants: Wants;
  #incomplete = false;

  constructor(
    venue: Venue,
    vault: OnChainVault,
    userKey: string,
    frame: AccountFrame,
    wants: Wants,
  ) {
    this.#wants = wants;
    this.#venue = venue;
    this.#vault = vault;
    this.#userKey = userKey;
    this.#frame = frame;
    this.#shared = new Set(firstSharedKeys(venue));
  }

  run(): Gathered {
    const state = this.#state();
    const user = this.#user();
    const perpMarkets = new Map<number, PerpMarketAccount>();
    const spotMarkets = new Map<number, SpotMarketAccount>();
    const oracles = new Map<string, OraclePriceData>();
    for (const { marketIndex } of user ? activePerpPositions(user) : []) {
      const market = this.#perpMarket(marketIndex);
      if (market === null) continue;
      perpMarkets.set(marketIndex, market);
      this.#addSpotMarket(market.quoteSpotMarketIndex, spotMarkets, oracles);
      const { oracle, oracleSource } = market.amm;
      this.#addOracle(decodeName(market.name), oracle, oracleSource, oracles);
    }
    for (const { marketIndex } of user ? activeSpotPositions(user) : []) {
      this.#addSpotMarket(marketIndex, spotMarkets, oracles);
    }
    for (const marketIndex of this.#wants.spotMarkets ?? []) {
      this.#addSpotMarket(marketIndex, spotMarkets, oracles);
    }
    const quote = this.#quoteMarket();
    const shared = [...this.#shared];
    if (this.#incomplete || state === null || user === null) return { kind: 'incomplete', shared };
    const { slot } = this.#frame;
    const accounts = {
      slot,
      userKey: this.#userKey,
      state,
      user,
      perpMarkets,
      spotMarkets,
      oracles,
    };
    return { kind: 'complete', accounts, shared, quote };
  }

  #state(): StateAccount | null {
    const { deployment, addresses } = this.#venue;
    const missing = programStateMissing(deployment.program, deployment.stateSeed);
    return this.#decode('State', 'state account', addresses.state, missing);
  }

  #user(): UserAccount | null {
    const { authority, subAccountId } = this.#vault;
    const what = `sub-account ${subAccountId} of ${authority}`;
    const { absentUser } = this.#wants;
    if (absentUser !== undefined && this.#account(this.#userKey) === null) return absentUser;
    const user = this.#decode(
      'User',
      what,
      this.#userKey,
      subAccountMissing(subAccountId, authority),
    );
    if (user === null) return null;
    const found = base58Of(user.authority);
    if (found !== authority) throw new Failed(mismatch(what, 'authority', found, authority));
    if (user.subAccountId !== subAccountId) {
      throw new Failed(
        mismatch(what, 'sub-account', String(user.subAccountId), String(subAccountId)),
      );
    }
    return user;
  }

  /** Where it can be had: it makes no vault's read incomplete, and none fails by it. */
  #quoteMarket(): QuoteMarket | null {
    const { addresses, cache } = this.#venue;
    const key = addresses.spotMarket(QUOTE_MARKET);
    const account = this.#frame.accounts.get(key);
    if (!account) return null;
    const market = cache.decode('SpotMarket', 'quote market', key, account);
    if (!market.ok) return null;
    const { oracle, oracleSource } = market.value;
    const oracleKey = base58Of(oracle);
    const oracleAccount =
      'quoteAsset' in oracleSource ? NO_ACCOUNT : this.#frame.accounts.get(this.#need(oracleKey));
    if (!oracleAccount) return null;
    const price = cache.decodeOracle(oracleSource, 'quote oracle', oracleKey, oracleAccount);
    return price.ok ? { market: market.value, price: price.value } : null;
  }

  #perpMarket(index: number): PerpMarketAccount | null {
    const what = `perp market ${index}`;
    const key = this.#need(this.#venue.addresses.perpMarket(index));
    const market = this.#decode('PerpMarket', what, key, marketMissing(what));
    if (market !== null) requireIndex(what, market.marketIndex, index);
    return market;
  }

  #addSpotMarket(
    index: number,
    spotMarkets: Map<number, SpotMarketAccount>,
    oracles: Map<string, OraclePriceData>,
  ): void {
    if (spotMarkets.has(index)) return;
    const what = `spot market ${index}`;
    const key = this.#need(this.#venue.addresses.spotMarket(index));
    const market = this.#decode('SpotMarket', what, key, marketMissing(what));
    if (market === null) return;
    requireIndex(what, market.marketIndex, index);
    spotMarkets.set(index, market);
    this.#addOracle(decodeName(market.name), market.oracle, market.oracleSource, oracles);
  }

  #addOracle(
    marketName: string,
    oracle: PublicKey,
    source: OracleSource,
    oracles: Map<string, OraclePriceData>,
  ): void {
    const what = `oracle of ${marketName}`;
    const key = base58Of(oracle);
    // A quote asset is worth one by definition: its oracle is no account.
    const account = 'quoteAsset' in source ? NO_ACCOUNT : this.#account(this.#need(key));
    if (account === undefined) return;
    if (account === null) throw new Failed(marketMissing(`${what} (${key})`));
    const price = required(this.#venue.cache.decodeOracle(source, what, key, account));
    oracles.set(oracleId(oracle, source), price);
  }

  #need(key: string): string {
    this.#shared.add(key);
    return key;
  }

  /** Undefined and noted when the key was not read at this slot; null when the account does not exist. */
  #account(key: string): RawAccount | null | undefined {
    const account = this.#frame.accounts.get(key);
    if (account === undefined) this.#incomplete = true;
    return account;
  }

  #decode<Name extends DriftAccountName>(
    name: Name,
    what: string,
    key: string,
    missing: KeelError,
  ): DriftAccounts[Name] | null {
    const account = this.#account(key);
    if (account === undefined) return null;
    if (account === null) throw new Failed(missing);
    return required(this.#venue.cache.decode(name, what, key, account));
  }
}

const NO_ACCOUNT: RawAccount = { owner: '', base64: '', lamports: 0n };

function requireIndex(what: string, found: number, expected: number): void {
  if (found !== expected) {
    throw new Failed(mismatch(what, 'market index', String(found), String(expected)));
  }
}

function required<Value>(result: Result<Value, KeelError>): Value {
  if (!result.ok) throw new Failed(result.error);
  return result.value;
}
