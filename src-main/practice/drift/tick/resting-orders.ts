/** What keepers do with orders that rest: fill them when the price comes, drop them when their time is over. */
import { PublicKey } from '@solana/web3.js';
import { perpMarketAddress, stateAddress, userStatsAddress } from '#main/drift/codec/addresses.ts';
import { decodeAccount } from '#main/drift/codec/drift-coder.ts';
import type { Ledger } from '../../chain/program.ts';
import { DriftError } from '../errors.ts';
import { loadFrom, saveTo } from '../ledger-accounts.ts';
import { fillAgainstAmm } from '../math/fill.ts';
import { calculateMargin, meetsMargin } from '../math/margin.ts';
import { cancelOrder, isOpen } from '../math/order-book.ts';
import { openPerpPosition } from '../math/perp-position.ts';
import { isFillable, isMakingMarket } from '../math/market-gates.ts';
import type { MarketView } from '../math/price.ts';
import type { WorldSettings } from '../options.ts';
import type { PerpMarket, State, User } from '../types.ts';
import { ledgerView } from './ledger-view.ts';
import type { OpenOrderIndex } from './open-order-index.ts';

const PAUSES_FILLS = 4 | 8;
const EVERY_SLOTS = 2n;

export function fillRestingOrders(
  ledger: Ledger,
  settings: WorldSettings,
  exchangeStatus: number,
  index: OpenOrderIndex,
): void {
  if (ledger.slot % EVERY_SLOTS !== 1n) return;
  for (const address of index.users(ledger)) {
    const key = new PublicKey(address);
    const account = ledger.getAccount(key);
    const user = account && decodeAccount('User', account.data);
    if (!user?.hasOpenOrder) {
      index.remove(address);
      continue;
    }
    for (const order of user.orders.filter(isOpen)) {
      keepOrder(ledger, settings, key, order.orderId, (exchangeStatus & PAUSES_FILLS) !== 0);
    }
  }
}

/** One order at a time, each on freshly read accounts, so that a refused fill leaves no trace. */
function keepOrder(
  ledger: Ledger,
  settings: WorldSettings,
  address: PublicKey,
  orderId: number,
  paused: boolean,
): void {
  const user = loadFrom(ledger, 'User', address);
  const order = user.orders.find((each) => isOpen(each) && each.orderId === orderId);
  if (!order) return;
  if (order.maxTs !== 0n && ledger.unixTimestamp > order.maxTs) {
    drop(ledger, settings, address, user, orderId);
    return;
  }
  if (paused) return;
  const { deployment } = settings;
  const state = loadFrom(ledger, 'State', stateAddress(deployment));
  const marketAddress = perpMarketAddress(deployment, order.marketIndex);
  const market = loadFrom(ledger, 'PerpMarket', marketAddress);
  const statsAddress = userStatsAddress(deployment, user.authority);
  const stats = loadFrom(ledger, 'UserStats', statsAddress);
  const view = viewOf(ledger, settings, market);
  const oracle = view.perpPrice(order.marketIndex);
  if (!isFillable(market) || !isMakingMarket(market, oracle, state)) return;
  const { price } = oracle;
  const parties = { user, stats, market, state, now: ledger.unixTimestamp };
  const outcome = attempt(() => fillAgainstAmm(parties, order, price));
  if (outcome === 0n) return;
  if (outcome === null || !isCovered(user, view, state, order.reduceOnly)) {
    drop(ledger, settings, address, loadFrom(ledger, 'User', address), orderId);
    return;
  }
  saveTo(ledger, deployment.program, 'User', address, user);
  saveTo(ledger, deployment.program, 'UserStats', statsAddress, stats);
  saveTo(ledger, deployment.program, 'PerpMarket', marketAddress, market);
}

function isCovered(user: User, view: MarketView, state: State, reduceOnly: boolean): boolean {
  return meetsMargin(calculateMargin(user, view, state, reduceOnly ? 'maintenance' : 'fill', true));
}

function attempt(fill: () => bigint): bigint | null {
  try {
    return fill();
  } catch (error) {
    if (error instanceof DriftError) return null;
    throw error;
  }
}

function drop(
  ledger: Ledger,
  settings: WorldSettings,
  address: PublicKey,
  user: User,
  orderId: number,
): void {
  const order = user.orders.find((each) => isOpen(each) && each.orderId === orderId);
  if (!order) return;
  cancelOrder(user, openPerpPosition(user, order.marketIndex), order);
  saveTo(ledger, settings.deployment.program, 'User', address, user);
}

/** All markets as they stand on the ledger, but for the one at work. */
function viewOf(ledger: Ledger, settings: WorldSettings, working: PerpMarket): MarketView {
  const view = ledgerView(ledger, settings);
  return {
    ...view,
    perp: (index) => (index === working.marketIndex ? working : view.perp(index)),
  };
}
