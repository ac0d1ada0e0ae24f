/** Placing perp orders, resting or taken at once. */
import { stateAddress } from '#main/drift/codec/addresses.ts';
import { ensure, driftError } from '../errors.ts';
import type { InstructionFrame } from '../instruction-frame.ts';
import { followOracle, reservePrice } from '../math/amm.ts';
import { crosses, fillAgainstAmm, limitPriceOf, reducible } from '../math/fill.ts';
import { absolute } from '../math/integer.ts';
import { calculateMargin, meetsMargin, worstCaseBase } from '../math/margin.ts';
import type { MarginKind } from '../math/margin.ts';
import { isFillable, isMakingMarket } from '../math/market-gates.ts';
import { addOrder, cancelOrder, isOpen } from '../math/order-book.ts';
import { findPerpPosition, openPerpPosition } from '../math/perp-position.ts';
import type { OrderState, PerpMarket, State, User } from '../types.ts';
import { placeAndTakeArgs, placeOrderArgs, placeOrdersArgs } from './arguments.ts';
import type { OrderParameters } from './arguments.ts';
import {
  EXCHANGE,
  USER_STATUS,
  editStatsFor,
  refuseBankrupt,
  refuseIfAllPaused,
  refuseIfPaused,
  requireOwnerOrDelegate,
} from './guards.ts';

const IMMEDIATE_OR_CANCEL = 1;
const SUCCESS = { partialFill: 1, fullFill: 2 } as const;
/** Low byte: the condition; the next one concerns auctions. */
const CONDITION_MASK = 0xff;
const MAX_UNSIGNED = 0xffff_ffff_ffff_ffffn;

export function placePerpOrder(frame: InstructionFrame): void {
  placeAll(frame, [placeOrderArgs.parse(frame.args).params]);
}

export function placeOrders(frame: InstructionFrame): void {
  placeAll(frame, placeOrdersArgs.parse(frame.args).params);
}

export function placeAndTakePerpOrder(frame: InstructionFrame): void {
  const { params, successCondition } = placeAndTakeArgs.parse(frame.args);
  const { state, user } = openUser(frame);
  refuseIfPaused(state, EXCHANGE.fill);
  ensure(
    params.postOnly === 'none',
    'InvalidOrderPostOnly',
    'post_only cant be used in place_and_take',
  );
  const stats = editStatsFor(frame, user);
  const market = openMarket(frame, params.marketIndex);
  const order = place(frame, state, user, market, params);
  if (!order) return;
  ensure(isFillable(market), 'MarketFillOrderPaused', 'Market not active');
  const before = positionSize(user, params.marketIndex);
  const oracle = frame.perpPrice(params.marketIndex);
  const wanted = order.baseAssetAmount;
  const filled =
    (state.exchangeStatus & EXCHANGE.amm) === 0 && isMakingMarket(market, oracle, state)
      ? fillAgainstAmm({ user, stats, market, state, now: frame.now }, order, oracle.price)
      : 0n;
  if (filled > 0n)
    checkAfterFill(frame, state, user, before, positionSize(user, params.marketIndex));
  if (isImmediate(params) && isOpen(order) && user.orders.includes(order)) {
    cancelOrder(user, openPerpPosition(user, params.marketIndex), order);
  }
  checkSuccess((successCondition ?? 0) & CONDITION_MASK, filled, wanted);
}

function placeAll(frame: InstructionFrame, orders: readonly OrderParameters[]): void {
  const { state, user } = openUser(frame);
  refuseIfAllPaused(state);
  for (const params of orders) {
    ensure(
      !isImmediate(params),
      'InvalidOrderIOC',
      'immediate_or_cancel order must be in place_and_make or place_and_take',
    );
    place(frame, state, user, frame.perp(params.marketIndex), params);
  }
}

function openUser(frame: InstructionFrame): { state: State; user: User } {
  frame.atAddress('state', stateAddress(frame.deployment));
  const state = frame.read('state', 'State');
  const user = frame.edit('user', 'User');
  requireOwnerOrDelegate(user, frame.signer('authority'));
  return { state, user };
}

function openMarket(frame: InstructionFrame, marketIndex: number): PerpMarket {
  const market = frame.editPerp(marketIndex);
  followOracle(market, frame.perpPrice(marketIndex).price, frame.slot, frame.now);
  return market;
}

/** @returns null when a try-post-only order would have crossed: it is not placed, and that is no error. */
function place(
  frame: InstructionFrame,
  state: State,
  user: User,
  market: PerpMarket,
  params: OrderParameters,
): OrderState | null {
  ensure((user.status & USER_STATUS.liquidating) === 0, 'UserIsBeingLiquidated');
  refuseBankrupt(user);
  ensure(params.marketType === 'perp', 'InvalidOrderMarketType');
  ensure(
    !('initialized' in market.status),
    'MarketBeingInitialized',
    'Market is being initialized',
  );
  ensure(
    !('settlement' in market.status) && !('delisted' in market.status),
    'MarketPlaceOrderPaused',
    'Market is in settlement mode',
  );
  const used =
    params.userOrderId !== 0 &&
    user.orders.some((o) => isOpen(o) && o.userOrderId === params.userOrderId);
  ensure(!used, 'UserOrderIdAlreadyInUse', `user_order_id is already in use ${params.userOrderId}`);
  const position = openPerpPosition(user, market.marketIndex);
  const base = sizeOf(params, market, position.baseAssetAmount);
  const before = worstCaseBase(position);
  const order = addOrder(user, termsOf(frame, params, base, position.baseAssetAmount));
  checkPrices(order, params);
  if (order.postOnly && !checkPostOnly(frame, user, market, order, params)) return null;
  const risky = !order.reduceOnly && absolute(worstCaseBase(position)) > absolute(before);
  const forced = 'reduceOnly' in market.status || (user.status & USER_STATUS.reduceOnly) !== 0;
  ensure(!(forced && risky && !params.reduceOnly), 'InvalidOrderNotRiskReducing');
  requireMargin(frame, state, user, risky ? 'initial' : 'maintenance');
  user.lastActiveSlot = frame.slot;
  return order;
}

function sizeOf(params: OrderParameters, market: PerpMarket, held: bigint): bigint {
  const { orderStepSize: step, minOrderSize: least } = market.amm;
  const asked = params.baseAssetAmount === MAX_UNSIGNED ? absolute(held) : params.baseAssetAmount;
  const wanted = params.reduceOnly ? reducible(held, params.direction, asked) : asked;
  const base = wanted - (wanted % step);
  ensure(base > 0n, 'InvalidOrderSizeTooSmall', 'Order base_asset_amount cant be 0');
  ensure(
    params.reduceOnly || base >= least,
    'InvalidOrderMinOrderSize',
    `Order base_asset_amount (${base}) < min_order_size (${least})`,
  );
  return base;
}

function termsOf(
  frame: InstructionFrame,
  params: OrderParameters,
  base: bigint,
  held: bigint,
): Omit<OrderState, 'orderId' | 'status'> & Record<string, unknown> {
  const timed = params.orderType === 'market' || params.orderType === 'oracle';
  const duration = params.auctionDuration ?? 0;
  return {
    slot: frame.slot,
    price: params.price,
    baseAssetAmount: base,
    baseAssetAmountFilled: 0n,
    quoteAssetAmountFilled: 0n,
    triggerPrice: params.triggerPrice ?? 0n,
    auctionStartPrice: params.auctionStartPrice ?? 0n,
    auctionEndPrice: params.auctionEndPrice ?? 0n,
    maxTs: params.maxTs ?? (timed ? frame.now + 60n : 0n),
    oraclePriceOffset: params.oraclePriceOffset ?? 0,
    marketIndex: params.marketIndex,
    orderType: { [params.orderType]: {} },
    marketType: { perp: {} },
    userOrderId: params.userOrderId,
    existingPositionDirection: held >= 0n ? { long: {} } : { short: {} },
    direction: { [params.direction]: {} },
    reduceOnly: params.reduceOnly,
    postOnly: params.postOnly !== 'none',
    immediateOrCancel: isImmediate(params),
    triggerCondition: { above: {} },
    auctionDuration: duration,
    postedSlotTail: Number(frame.slot & 0xffn),
    bitFlags: 0,
  } as unknown as Omit<OrderState, 'orderId' | 'status'> & Record<string, unknown>;
}

function checkPrices(order: OrderState, params: OrderParameters): void {
  switch (params.orderType) {
    case 'triggerMarket':
    case 'triggerLimit':
      throw driftError(
        'InvalidOrderTrigger',
        'The practice network does not simulate trigger orders',
      );
    case 'limit':
      ensure(
        order.price !== 0n || order.oraclePriceOffset !== 0,
        'InvalidOrderLimitPrice',
        'Limit order price == 0',
      );
      ensure(!(order.postOnly && order.immediateOrCancel), 'InvalidOrderIOCPostOnly');
      return;
    case 'market':
    case 'oracle':
      ensure(!order.postOnly, 'InvalidOrderPostOnly', 'Market order can not be post only');
  }
}

/** A maker's order must not cross; what happens when it would is the order's choice. */
function checkPostOnly(
  frame: InstructionFrame,
  user: User,
  market: PerpMarket,
  order: OrderState,
  params: OrderParameters,
): boolean {
  const limit = limitPriceOf(order, frame.perpPrice(params.marketIndex).price);
  if (limit === null || !crosses(market, params.direction, limit)) return true;
  const position = openPerpPosition(user, params.marketIndex);
  switch (params.postOnly) {
    case 'none':
      return true;
    case 'mustPostOnly':
      throw driftError('PlacePostOnlyLimitFailure');
    case 'tryPostOnly':
      cancelOrder(user, position, order);
      return false;
    case 'slide': {
      const tick = market.amm.orderTickSize;
      order.price = reservePrice(market.amm) + (params.direction === 'long' ? -tick : tick);
      order.oraclePriceOffset = 0;
      return true;
    }
  }
}

/** Filled: adding needs the initial margin's neighbour, reducing only the maintenance margin. */
function checkAfterFill(
  frame: InstructionFrame,
  state: State,
  user: User,
  before: bigint,
  after: bigint,
): void {
  const reduces =
    absolute(after) < absolute(before) && (after === 0n || after > 0n === before > 0n);
  if (!reduces) requireMargin(frame, state, user, 'fill');
}

function requireMargin(frame: InstructionFrame, state: State, user: User, kind: MarginKind): void {
  const margin = calculateMargin(user, frame, state, kind, true);
  ensure(
    meetsMargin(margin),
    'InsufficientCollateral',
    `total_collateral=${margin.totalCollateral}, margin_requirement=${margin.marginRequirement} margin type = ${kind}`,
  );
}

function checkSuccess(condition: number, filled: bigint, wanted: bigint): void {
  const met =
    condition === SUCCESS.partialFill
      ? filled > 0n
      : condition === SUCCESS.fullFill
        ? filled === wanted
        : true;
  ensure(met, 'PlaceAndTakeOrderSuccessConditionFailed', `filled ${filled} of ${wanted}`);
}

function positionSize(user: User, marketIndex: number): bigint {
  return findPerpPosition(user, marketIndex)?.baseAssetAmount ?? 0n;
}

function isImmediate(params: OrderParameters): boolean {
  return (params.bitFlags & IMMEDIATE_OR_CANCEL) !== 0;
}
