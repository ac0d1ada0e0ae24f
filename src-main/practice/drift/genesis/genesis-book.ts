/** The first accounts while they are being made up: every balance given out is backed by a vault. */
import type { PublicKey } from '@solana/web3.js';
import { userAddress } from '#main/drift/codec/addresses.ts';
import { blankAccount } from '#main/drift/codec/drift-coder.ts';
import { encodeName } from '#main/drift/codec/names.ts';
import { PERP_MARKETS, SPOT_MARKETS, feedOf } from '../market-catalogue.ts';
import { quoteFill, takeFromAmm } from '../math/amm.ts';
import { applyFill, openPerpPosition } from '../math/perp-position.ts';
import { utilization } from '../math/interest.ts';
import { moveSpotBalance, openSpotPosition, tokenAmount } from '../math/spot-balance.ts';
import type { WorldSettings } from '../options.ts';
import { PRICE_PRECISION } from '../precision.ts';
import type { PerpMarket, SpotMarket, State, User, UserStats } from '../types.ts';
import { createState } from './blank-state.ts';
import { createPerpMarket } from './perp-market.ts';
import { createSpotMarket } from './spot-market.ts';

export class GenesisBook {
  readonly state: State;
  readonly spotMarkets: readonly SpotMarket[];
  readonly perpMarkets: readonly PerpMarket[];
  /** Vault balances by spot market. */
  readonly vaults: bigint[];
  readonly users = new Map<string, { readonly address: PublicKey; readonly user: User }>();
  readonly stats = new Map<string, UserStats>();
  readonly #settings: WorldSettings;

  constructor(settings: WorldSettings, slot: bigint, now: bigint) {
    const { deployment, fundingPeriodSeconds } = settings;
    this.#settings = settings;
    this.state = createState(settings);
    this.spotMarkets = SPOT_MARKETS.map((entry) => createSpotMarket(deployment, entry, now));
    this.perpMarkets = PERP_MARKETS.map((entry) =>
      createPerpMarket(deployment, entry, { slot, now, fundingPeriodSeconds }),
    );
    this.vaults = SPOT_MARKETS.map(() => 0n);
  }

  /** Opens the authority's next sub-account. */
  openUser(authority: PublicKey, name: string): User {
    const stats = this.#statsOf(authority);
    const user = blankAccount('User');
    user.authority = authority;
    user.name = encodeName(name);
    user.subAccountId = stats.numberOfSubAccountsCreated;
    user.nextOrderId = 1;
    user.nextLiquidationId = 1;
    stats.numberOfSubAccounts += 1;
    stats.numberOfSubAccountsCreated += 1;
    this.state.numberOfSubAccounts += 1n;
    const address = userAddress(this.#settings.deployment, authority, user.subAccountId);
    this.users.set(address.toBase58(), { address, user });
    return user;
  }

  /** @param amount smallest units; negative borrows. */
  fund(user: User, marketIndex: number, amount: bigint): void {
    const market = this.#spot(marketIndex);
    const position = openSpotPosition(user, marketIndex);
    moveSpotBalance(
      amount < 0n ? -amount : amount,
      amount < 0n ? 'borrow' : 'deposit',
      market,
      position,
      amount < 0n,
    );
    position.cumulativeDeposits += amount;
    this.vaults[marketIndex] = (this.vaults[marketIndex] ?? 0n) + amount;
    const value = (amount * this.#price(marketIndex)) / 10n ** BigInt(market.decimals);
    if (amount > 0n) user.totalDeposits += value;
    else user.totalWithdraws -= value;
  }

  /** Opens a position against the AMM, without a fee. @param base signed, 10^-9. */
  trade(user: User, marketIndex: number, base: bigint): void {
    const market = this.perpMarkets[marketIndex];
    const direction = base > 0n ? 'long' : 'short';
    const fill = market && quoteFill(market, direction, base < 0n ? -base : base, null);
    if (!market || !fill)
      throw new Error(`The practice world cannot open ${base} in perp market ${marketIndex}`);
    takeFromAmm(market, direction, fill.base);
    applyFill(openPerpPosition(user, marketIndex), market, {
      base: direction === 'long' ? fill.base : -fill.base,
      quote: direction === 'long' ? -fill.quote : fill.quote,
    });
  }

  /** Gives a market the quote from which it pays profits. */
  fundPnlPool(marketIndex: number, amount: bigint): void {
    const market = this.perpMarkets[marketIndex];
    if (!market) throw new Error(`No perp market ${marketIndex}`);
    moveSpotBalance(amount, 'deposit', this.#spot(0), market.pnlPool, false);
    this.vaults[0] = (this.vaults[0] ?? 0n) + amount;
  }

  /** As if the balances had been what they are for a day: the withdraw guard compares with that. */
  settleAverages(): void {
    for (const market of this.spotMarkets) {
      market.depositTokenTwap = tokenAmount(market.depositBalance, market, 'deposit');
      market.borrowTokenTwap = tokenAmount(market.borrowBalance, market, 'borrow');
      market.utilizationTwap = utilization(market);
    }
  }

  #statsOf(authority: PublicKey): UserStats {
    const key = authority.toBase58();
    const present = this.stats.get(key);
    if (present) return present;
    const stats = blankAccount('UserStats');
    stats.authority = authority;
    this.stats.set(key, stats);
    this.state.numberOfAuthorities += 1n;
    return stats;
  }

  #spot(index: number): SpotMarket {
    const market = this.spotMarkets[index];
    if (!market) throw new Error(`No spot market ${index}`);
    return market;
  }

  #price(spotMarketIndex: number): bigint {
    const feedId = SPOT_MARKETS[spotMarketIndex]?.feedId ?? null;
    return feedId === null ? PRICE_PRECISION : feedOf(feedId).anchorPrice;
  }
}
