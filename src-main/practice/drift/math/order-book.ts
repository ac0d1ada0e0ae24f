/** A user's own list of orders, and what each does to the position's bids and asks. */
import { blankAccount } from '#main/drift/codec/drift-coder.ts';
import { variantOf } from '#main/drift/codec/variant.ts';
import { driftError } from '../errors.ts';
import type { Direction, OrderState, PerpPositionState, User } from '../types.ts';
import { openPerpPosition } from './perp-position.ts';

const BLANK_ORDER: OrderState | undefined = blankAccount('User').orders[0];

export function isOpen(order: OrderState): boolean {
  return 'open' in order.status;
}

export function directionOf(order: OrderState): Direction {
  return variantOf(order.direction) === 'long' ? 'long' : 'short';
}

/** Base that is still wanted. */
export function unfilled(order: OrderState): bigint {
  return order.baseAssetAmount - order.baseAssetAmountFilled;
}

/** Puts the order on the list and reserves its size on the position. @throws MaxNumberOfOrders */
export function addOrder(user: User, terms: Omit<OrderState, 'orderId' | 'status'>): OrderState {
  const index = user.orders.findIndex((order) => !isOpen(order));
  if (index < 0) throw driftError('MaxNumberOfOrders');
  const order: OrderState = {
    ...blankOrder(),
    ...terms,
    orderId: user.nextOrderId,
    status: { open: {} },
  };
  user.orders[index] = order;
  user.nextOrderId = user.nextOrderId === 0xffff_ffff ? 1 : user.nextOrderId + 1;
  const position = openPerpPosition(user, order.marketIndex);
  position.openOrders += 1;
  reserve(position, order, order.baseAssetAmount);
  countOpen(user);
  return order;
}

/** Records a fill; a filled order leaves the list. */
export function recordFill(
  user: User,
  position: PerpPositionState,
  order: OrderState,
  base: bigint,
  quote: bigint,
): void {
  order.baseAssetAmountFilled += base;
  order.quoteAssetAmountFilled += quote;
  reserve(position, order, -base);
  if (unfilled(order) === 0n) removeOrder(user, position, order);
}

export function cancelOrder(user: User, position: PerpPositionState, order: OrderState): void {
  reserve(position, order, -unfilled(order));
  removeOrder(user, position, order);
}

function removeOrder(user: User, position: PerpPositionState, order: OrderState): void {
  const index = user.orders.indexOf(order);
  if (index >= 0) user.orders[index] = blankOrder();
  position.openOrders -= 1;
  countOpen(user);
}

/** Reduce-only orders cannot add risk, and so reserve nothing. */
function reserve(position: PerpPositionState, order: OrderState, base: bigint): void {
  if (order.reduceOnly) return;
  if (directionOf(order) === 'long') position.openBids += base;
  else position.openAsks -= base;
}

function countOpen(user: User): void {
  user.openOrders = user.orders.filter(isOpen).length;
  user.hasOpenOrder = user.openOrders > 0;
  const auctions = user.orders.filter((order) => isOpen(order) && order.auctionDuration > 0).length;
  user.openAuctions = auctions;
  user.hasOpenAuction = auctions > 0;
}

function blankOrder(): OrderState {
  if (!BLANK_ORDER) throw new Error('The Drift IDL gives a user no orders');
  return { ...BLANK_ORDER, orderType: { limit: {} } };
}
