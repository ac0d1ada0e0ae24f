import type { UserAccount } from '@drift-labs/sdk';
import {
  SPOT_MARKET_STATUSES,
  type CapitalFacts,
  type SpotMarketStatus,
  type TokenFacts,
} from '#domain/capital-facts.ts';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import type { MarketOperation } from '#domain/exchange-state.ts';
import { exchangeStatusOf } from '#domain/exchange-status.ts';
import { address } from '#domain/ids.ts';
import { lamports, price, slot, tokenAmount, type Lamports, type Price } from '#domain/units.ts';
import { decodeName } from '../codec/names.ts';
import { variantOf } from '../codec/variant.ts';
import type { DriftVenue } from '../drift-venue.ts';
import { base58Of } from '../evaluate/base58.ts';
import { flagsOf } from '../evaluate/snapshot-of.ts';
import type { VaultAccounts } from '../evaluate/vault-accounts.ts';
import { pausedSpotOperations } from '../exchange/market-words.ts';
import { depositRoomOf, marketGuardRoomOf } from '../exchange/spot-rooms.ts';
import type { FactsReading, TokenReading } from './facts-reading.ts';
import { mostThat } from './most-that.ts';
import { principalRoomOf } from './principal-room.ts';
import { networkFeeOf } from './priority-fee.ts';
import { NATIVE_MINT } from './solana-programs.ts';

/** Rent-exempt minimum of the accounts that an operation may open, lamports. */
export interface Rents {
  readonly user: bigint;
  readonly userStats: bigint;
  readonly tokenAccount: bigint;
}

const STATUSES: ReadonlySet<string> = new Set(SPOT_MARKET_STATUSES);

/**
 * The facts in Keel's words, by the SDK's own mathematics.
 * Throws when the accounts hold something that the SDK cannot value.
 */
export function factsOf(
  venue: DriftVenue,
  reading: FactsReading,
  rents: Rents,
  settings: CapitalSettings,
): CapitalFacts {
  const { accounts, signingKey, walletLamports, stats } = reading;
  return {
    slot: slot(accounts.slot),
    observedAtMs: reading.observedAtMs,
    signerRole: signingKey.role,
    signerKey: signingKey.key,
    walletLamports: walletLamports === null ? null : lamports(walletLamports),
    exchangePaused: exchangeStatusOf(accounts.state.exchangeStatus).paused,
    accountFlags: flagsOf(venue.vendor, accounts.user),
    accountExists: reading.accountExists,
    nextSubAccountId: stats?.numberOfSubAccountsCreated ?? 0,
    createCost: lamports(
      rents.user + (stats === null ? rents.userStats : 0n) + openingFeeOf(venue, accounts),
    ),
    networkFee: networkFeeOf(settings) as Lamports,
    tokens: reading.tokens.map((token) => tokenFactsOf(venue, reading, token, rents, settings)),
  };
}

/** What the venue itself takes for a sub-account when there are many already; lamports. */
function openingFeeOf({ vendor }: DriftVenue, { state }: VaultAccounts): bigint {
  if (state.maxInitializeUserFee === 0 || state.maxNumberOfSubAccounts === 0) return 0n;
  return vendor.plain.toBigInt(vendor.sdk.calculateInitUserFee(state));
}

function tokenFactsOf(
  venue: DriftVenue,
  reading: FactsReading,
  tokenReading: TokenReading,
  rents: Rents,
  settings: CapitalSettings,
): TokenFacts {
  const { vendor } = venue;
  const { accounts, signingKey } = reading;
  const { market, oracle, walletAmount } = tokenReading;
  const held = heldOf(venue, accounts, market.marketIndex);
  const { withdrawable, atHealth } = withdrawableOf(
    venue,
    accounts,
    market.marketIndex,
    held,
    settings.minHealthAfterWithdrawal,
  );
  const status = variantOf(market.status);
  const needsAccount = signingKey.key !== null && (walletAmount === null || isNative(market.mint));
  return {
    token: {
      symbol: decodeName(market.name),
      marketIndex: market.marketIndex,
      mint: address(base58Of(market.mint)),
      decimals: market.decimals,
    },
    walletAmount: tokenAmount(walletAmount ?? 0n),
    vaultAmount: tokenAmount(held),
    oraclePrice: validPriceOf(venue, accounts, market, oracle),
    // A status that Keel does not know forbids everything, as the last one does.
    status: STATUSES.has(status) ? (status as SpotMarketStatus) : 'delisted',
    pausedOperations: pausedSpotOperations(vendor, market.pausedOperations).filter(movesCapital),
    depositRoom: depositRoomOf(vendor, market),
    withdrawable: tokenAmount(withdrawable),
    guardRoom: tokenAmount(guardRoomOf(venue, reading, tokenReading, held)),
    withdrawableAtHealth: tokenAmount(atHealth),
    tokenAccountRent: lamports(needsAccount ? rents.tokenAccount : 0n),
  };
}

/** In the token's smallest unit; negative is a borrow. */
function heldOf({ vendor }: DriftVenue, accounts: VaultAccounts, marketIndex: number): bigint {
  const { sdk, plain } = vendor;
  const position = positionIn(accounts.user, marketIndex, sdk.isSpotPositionAvailable);
  const market = accounts.spotMarkets.get(marketIndex);
  if (position === undefined || market === undefined) return 0n;
  const { scaledBalance, balanceType } = position;
  const amount = sdk.getTokenAmount(scaledBalance, market, balanceType);
  return plain.toBigInt(sdk.getSignedTokenAmount(amount, balanceType));
}

function positionIn(
  user: UserAccount,
  marketIndex: number,
  isEmpty: (position: UserAccount['spotPositions'][number]) => boolean,
) {
  return user.spotPositions.find(
    (position) => position.marketIndex === marketIndex && !isEmpty(position),
  );
}

/** By the margin that the program asks of a withdrawal: initial, at the worse of oracle price and average. */
function withdrawableOf(
  venue: DriftVenue,
  accounts: VaultAccounts,
  marketIndex: number,
  held: bigint,
  minHealth: number,
): { readonly withdrawable: bigint; readonly atHealth: bigint } {
  if (held <= 0n) return { withdrawable: 0n, atHealth: 0n };
  const most = (limit: bigint, holds: (after: VaultAccounts) => boolean): bigint =>
    mostThat(venue.vendor, accounts, marketIndex, limit, holds);
  const withdrawable = most(held, (after) =>
    venue
      .userOf(after)
      .getMarginCalculation('Initial', { strict: true })
      .meetsCrossMarginRequirement(),
  );
  const atHealth = most(held, (after) => venue.userOf(after).getHealth() >= minHealth);
  return { withdrawable, atHealth: atHealth < withdrawable ? atHealth : withdrawable };
}

/** What the market-wide guard lets out; a small depositor may pass it with what they have paid in. */
function guardRoomOf(
  { vendor }: DriftVenue,
  { accounts: { user }, chainNow }: FactsReading,
  { market, oracle }: TokenReading,
  held: bigint,
): bigint {
  const { sdk, plain } = vendor;
  const room = marketGuardRoomOf(vendor, market, chainNow);
  const position = positionIn(user, market.marketIndex, sdk.isSpotPositionAvailable);
  if (position === undefined) return room;
  const principal = principalRoomOf(
    {
      held,
      cumulativeDeposits: plain.toBigInt(position.cumulativeDeposits),
      netDeposits: plain.toBigInt(user.totalDeposits) - plain.toBigInt(user.totalWithdraws),
      oraclePrice: oracle === null ? null : plain.toBigInt(oracle.price),
      decimals: market.decimals,
    },
    plain.toBigInt(market.withdrawGuardThreshold),
  );
  return principal > room ? principal : room;
}

/** Null when the price is none, or older than the program takes for margin. */
function validPriceOf(
  { vendor }: DriftVenue,
  { state, slot: seen }: VaultAccounts,
  { oracleSource }: TokenReading['market'],
  oracle: TokenReading['oracle'],
): Price | null {
  if (oracle === null) return null;
  const { toBigInt } = vendor.plain;
  const value = toBigInt(oracle.price);
  const tooOld = toBigInt(state.oracleGuardRails.validity.slotsBeforeStaleForMargin);
  const isQuote = 'quoteAsset' in oracleSource;
  const isStale = !isQuote && seen - toBigInt(oracle.slot) > tooOld;
  return value <= 0n || isStale ? null : price(value);
}

const movesCapital = (operation: MarketOperation): operation is 'deposit' | 'withdraw' =>
  operation === 'deposit' || operation === 'withdraw';

const isNative = (mint: TokenReading['market']['mint']): boolean => base58Of(mint) === NATIVE_MINT;
