import { stateAddress } from '#main/drift/codec/addresses.ts';
import { ensure } from '../errors.ts';
import type { InstructionFrame } from '../instruction-frame.ts';
import { cancelOrder as removeFromBook, directionOf, isOpen } from '../math/order-book.ts';
import { openPerpPosition } from '../math/perp-position.ts';
import type { OrderState, User } from '../types.ts';
import {
  cancelByIdsArgs,
  cancelByUserIdArgs,
  cancelOrderArgs,
  cancelOrdersArgs,
} from './arguments.ts';
import { refuseIfAllPaused, requireOwnerOrDelegate } from './guards.ts';

/** Without an id: the last order placed. */
export function cancelOrder(frame: InstructionFrame): void {
  const { orderId } = cancelOrderArgs.parse(frame.args);
  const user = openUser(frame);
  const id = orderId ?? user.nextOrderId - 1;
  cancelOne(user, (order) => order.orderId === id, `could not find order id ${id}`);
}

export function cancelOrderByUserId(frame: InstructionFrame): void {
  const { userOrderId } = cancelByUserIdArgs.parse(frame.args);
  const user = openUser(frame);
  cancelOne(
    user,
    (order) => order.userOrderId === userOrderId,
    `could not find user order id ${userOrderId}`,
  );
}

export function cancelOrdersByIds(frame: InstructionFrame): void {
  const { orderIds } = cancelByIdsArgs.parse(frame.args);
  const user = openUser(frame);
  for (const id of orderIds)
    cancelOne(user, (order) => order.orderId === id, `could not find order id ${id}`);
}

/** All that match; none is no error. */
export function cancelOrders(frame: InstructionFrame): void {
  const { marketType, marketIndex, direction } = cancelOrdersArgs.parse(frame.args);
  const user = openUser(frame);
  if (marketType === 'spot') return;
  for (const order of user.orders.filter(isOpen)) {
    const elsewhere =
      marketType !== null && marketIndex !== null && order.marketIndex !== marketIndex;
    const otherSide = direction !== null && directionOf(order) !== direction;
    if (!elsewhere && !otherSide) remove(user, order);
  }
}

function openUser(frame: InstructionFrame): User {
  frame.atAddress('state', stateAddress(frame.deployment));
  refuseIfAllPaused(frame.read('state', 'State'));
  const user = frame.edit('user', 'User');
  requireOwnerOrDelegate(user, frame.signer('authority'));
  user.lastActiveSlot = frame.slot;
  return user;
}

function cancelOne(user: User, matches: (order: OrderState) => boolean, missing: string): void {
  const order = user.orders.find((each) => isOpen(each) && matches(each));
  ensure(order !== undefined, 'OrderDoesNotExist', missing);
  if (order) remove(user, order);
}

function remove(user: User, order: OrderState): void {
  removeFromBook(user, openPerpPosition(user, order.marketIndex), order);
}
