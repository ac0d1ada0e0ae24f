/** Turning a position's profit or loss into USDC: profits come out of the market's pool, losses go into it. */
import { spotVaultAddress, stateAddress } from '#main/drift/codec/addresses.ts';
import { DriftError, driftError, ensure } from '../errors.ts';
import type { InstructionFrame } from '../instruction-frame.ts';
import { settleFunding } from '../math/funding.ts';
import { absolute, larger, smaller } from '../math/integer.ts';
import { accrueInterest } from '../math/interest.ts';
import { calculateMargin, meetsMargin, unrealizedPnl } from '../math/margin.ts';
import { findPerpPosition } from '../math/perp-position.ts';
import { moveBetween, openSpotPosition, poolAmount } from '../math/spot-balance.ts';
import { BASE_PRECISION } from '../precision.ts';
import type { PerpMarket, PerpPositionState, SpotMarket, State, User } from '../types.ts';
import { settlePnlArgs, settlePnlsArgs } from './arguments.ts';
import { EXCHANGE, PERP_PAUSED, refuseBankrupt, refuseIfPaused } from './guards.ts';

/** Of the fee pool, one part in so many stands behind the profit pool. */
const FEE_POOL_SHARE = 5n;

export function settlePnl(frame: InstructionFrame): void {
  const { marketIndex } = settlePnlArgs.parse(frame.args);
  const { state, user } = openUser(frame);
  settleMarket(frame, state, user, marketIndex);
}

/** In the trying mode a market that cannot be settled is passed over. */
export function settleMultiplePnls(frame: InstructionFrame): void {
  const { marketIndexes, mode } = settlePnlsArgs.parse(frame.args);
  const { state, user } = openUser(frame);
  for (const index of marketIndexes) {
    try {
      settleMarket(frame, state, user, index);
    } catch (error) {
      if (mode !== 'trySettle' || !(error instanceof DriftError)) throw error;
      frame.context.log(error.message);
    }
  }
}

function openUser(frame: InstructionFrame): { state: State; user: User } {
  frame.atAddress('state', stateAddress(frame.deployment));
  const state = frame.read('state', 'State');
  refuseIfPaused(state, EXCHANGE.settlePnl);
  frame.signer('authority');
  frame.atAddress('spotMarketVault', spotVaultAddress(frame.deployment, 0));
  const user = frame.edit('user', 'User');
  refuseBankrupt(user);
  return { state, user };
}

function settleMarket(
  frame: InstructionFrame,
  state: State,
  user: User,
  marketIndex: number,
): void {
  const market = frame.editPerp(marketIndex);
  const quote = frame.editSpot(0);
  accrueInterest(quote, null, frame.now);
  const position = findPerpPosition(user, marketIndex);
  ensure(
    position !== null,
    'UserHasNoPositionInMarket',
    `User has no position in market ${marketIndex}`,
  );
  if (!position) return;
  settleFunding(user, position, market);
  const { price } = frame.perpPrice(marketIndex);
  if (unrealizedPnl(position, price) < 0n) requireMaintenance(frame, state, user, marketIndex);
  refuseUnlessOpen(market, position);
  const available =
    poolAmount(market.pnlPool, quote) + poolAmount(market.amm.feePool, quote) / FEE_POOL_SHARE;
  const owed = claimablePnl(position, price, excessOf(market, price, available));
  ensure(owed !== 0n, 'NoUnsettledPnl', `User has no unsettled pnl for market ${marketIndex}`);
  const settled = owed > 0n ? smaller(owed, poolAmount(market.pnlPool, quote)) : owed;
  ensure(
    settled !== 0n,
    'PnlPoolCantSettleUser',
    `Pnl Pool cannot currently settle with user for market ${marketIndex}`,
  );
  refuseStranger(frame, user, settled, excessOf(market, price, available));
  pay(user, market, quote, settled);
  position.quoteAssetAmount -= settled;
  market.amm.quoteAssetAmount -= settled;
  position.settledPnl += settled;
  user.settledPerpPnl += settled;
}

/** Losses settle fully; profits only as far as they are realised, or as the pool has more than all users may claim. */
function claimablePnl(position: PerpPositionState, price: bigint, excess: bigint): bigint {
  const pnl = unrealizedPnl(position, price);
  if (pnl <= 0n) return pnl;
  return smaller(pnl, larger(0n, position.quoteAssetAmount - position.quoteEntryAmount) + excess);
}

function excessOf(market: PerpMarket, price: bigint, available: bigint): bigint {
  const { amm } = market;
  const net = amm.baseAssetAmountLong + amm.baseAssetAmountShort;
  const users = (net * price) / BASE_PRECISION + amm.quoteAssetAmount;
  return users < available ? available - larger(0n, users) : 0n;
}

function pay(user: User, market: PerpMarket, quote: SpotMarket, settled: bigint): void {
  const balance = openSpotPosition(user, 0);
  if (settled > 0n) moveBetween(settled, market.pnlPool, balance, quote);
  else moveBetween(absolute(settled), balance, market.pnlPool, quote);
}

function requireMaintenance(
  frame: InstructionFrame,
  state: State,
  user: User,
  marketIndex: number,
): void {
  ensure(
    meetsMargin(calculateMargin(user, frame, state, 'maintenance', true)),
    'InsufficientCollateralForSettlingPNL',
    `Does not meet margin requirement while settling Market = ${marketIndex}`,
  );
}

function refuseUnlessOpen(market: PerpMarket, position: PerpPositionState): void {
  const held = position.baseAssetAmount !== 0n;
  const paused =
    (market.pausedOperations & PERP_PAUSED.settlePnl) !== 0 ||
    (held && (market.pausedOperations & PERP_PAUSED.settlePnlWithPosition) !== 0);
  const open = 'active' in market.status || (!held && 'reduceOnly' in market.status);
  ensure(
    !paused && open,
    'InvalidMarketStatusToSettlePnl',
    `Cannot settle pnl under current market = ${market.marketIndex} status`,
  );
}

/** Others may settle a profit only out of a pool in excess. */
function refuseStranger(
  frame: InstructionFrame,
  user: User,
  settled: bigint,
  excess: bigint,
): void {
  const signer = frame.key('authority');
  const own = user.authority.equals(signer) || user.delegate.equals(signer);
  if (own || settled < 0n || excess > 0n) return;
  throw driftError('UserMustSettleTheirOwnPositiveUnsettledPNL');
}
