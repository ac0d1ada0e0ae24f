/** What the network's owner makes of a market: its status, what it pauses, its limits and its oracle. */
import type { MarketOperation } from '#domain/exchange-state.ts';
import type { PracticeMarketChange } from '#domain/practice.ts';
import {
  perpMarketAddress,
  pythLazerAddress,
  spotMarketAddress,
} from '#main/drift/codec/addresses.ts';
import type { Ledger } from '../chain/program.ts';
import { loadFrom, saveTo } from './ledger-accounts.ts';
import { PERP_MARKETS, SPOT_MARKETS } from './market-catalogue.ts';
import { tokenAmount } from './math/spot-balance.ts';
import { readOracle } from './math/price.ts';
import { notesOf, writeNotes } from './oracle-notes.ts';
import type { WorldSettings } from './options.ts';
import { refuse } from './refusal.ts';
import { postPrice } from './tick/prices.ts';
import { refreshAllMarkets } from './tick/upkeep.ts';
import type { SpotMarket } from './types.ts';

const SPOT_BITS: Readonly<Partial<Record<MarketOperation, number>>> = {
  updateInterest: 1,
  fill: 2,
  deposit: 4,
  withdraw: 8,
  liquidation: 16,
};
const PERP_BITS: Readonly<Partial<Record<MarketOperation, number>>> = {
  updateFunding: 1,
  ammFill: 2,
  fill: 4,
  settlePnl: 8,
  settlePnlWithPosition: 16,
  liquidation: 32,
  settleRevPool: 64,
};
/** An average so high that no deposits are left to let go. */
const EXHAUSTED = 10n ** 18n;

/** @throws ProgramError for a market, an operation or a limit that there is not, or a price not above zero. */
export function changeMarket(
  ledger: Ledger,
  settings: WorldSettings,
  change: PracticeMarketChange,
): void {
  const entries = change.kind === 'spot' ? SPOT_MARKETS : PERP_MARKETS;
  const entry = entries.find(({ index }) => index === change.marketIndex);
  if (!entry) throw refuse(`There is no ${change.kind} market ${change.marketIndex}`);
  const write = change.kind === 'spot' ? changeSpot(change) : changePerp(change);
  const turn = oracleChange(change, entry.feedId);
  write(ledger, settings);
  turn?.(ledger, settings);
}

type Write = (ledger: Ledger, settings: WorldSettings) => void;

function changeSpot(change: PracticeMarketChange): Write {
  const paused = bitsOf(change, SPOT_BITS);
  return (ledger, { deployment }) => {
    const address = spotMarketAddress(deployment, change.marketIndex);
    const market = loadFrom(ledger, 'SpotMarket', address);
    if (change.status !== undefined) market.status = statusOf(change.status);
    if (paused !== null) market.pausedOperations = paused;
    if (change.depositCap !== undefined) market.maxTokenDeposits = change.depositCap;
    if (change.withdrawGuard !== undefined) setGuard(market, change.withdrawGuard);
    saveTo(ledger, deployment.program, 'SpotMarket', address, market);
  };
}

function changePerp(change: PracticeMarketChange): Write {
  if (change.depositCap !== undefined || change.withdrawGuard !== undefined) {
    throw refuse('Only spot markets have a deposit cap and a withdraw guard');
  }
  const paused = bitsOf(change, PERP_BITS);
  return (ledger, { deployment }) => {
    const address = perpMarketAddress(deployment, change.marketIndex);
    const market = loadFrom(ledger, 'PerpMarket', address);
    if (change.status !== undefined) market.status = statusOf(change.status);
    if (paused !== null) market.pausedOperations = paused;
    saveTo(ledger, deployment.program, 'PerpMarket', address, market);
  };
}

const statusOf = (status: string) => ({ [status]: {} }) as unknown as SpotMarket['status'];

/** Null: nothing is said of them. */
function bitsOf(
  { kind, pausedOperations }: PracticeMarketChange,
  bits: Readonly<Partial<Record<MarketOperation, number>>>,
): number | null {
  if (pausedOperations === undefined) return null;
  return pausedOperations.reduce((sum, operation) => {
    const bit = bits[operation];
    if (bit === undefined) throw refuse(`A ${kind} market has no operation ${operation} to pause`);
    return sum | bit;
  }, 0);
}

function setGuard(market: SpotMarket, guard: 'usual' | 'shut'): void {
  market.depositTokenTwap =
    guard === 'shut' ? EXHAUSTED : tokenAmount(market.depositBalance, market, 'deposit');
}

/** Null: nothing is said of it. Posted at once, unless the oracle stops and no price is given. */
function oracleChange(
  { price, oracle, confidenceBps }: PracticeMarketChange,
  feedId: number | null,
): Write | null {
  if (price === undefined && oracle === undefined && confidenceBps === undefined) return null;
  if (feedId === null)
    throw refuse('The quote market has no oracle: it is worth one by definition');
  if (price !== undefined && price <= 0n) {
    throw refuse(`The price must be above zero, not ${price}`);
  }
  return (ledger, settings) => {
    const { deployment } = settings;
    const address = pythLazerAddress(deployment, feedId);
    const account = loadFrom(ledger, 'PythLazerOracle', address);
    const before = notesOf(account);
    writeNotes(account, {
      oracle: oracle ?? before.oracle,
      confidenceBps: confidenceBps ?? before.confidenceBps,
    });
    saveTo(ledger, deployment.program, 'PythLazerOracle', address, account);
    const silent = notesOf(account).oracle === 'stops' && price === undefined;
    if (!silent || confidenceBps !== undefined) {
      postPrice(ledger, deployment, feedId, price ?? readOracle(account, ledger.slot).price);
    }
    if (price !== undefined) refreshAllMarkets(ledger, settings);
  };
}
