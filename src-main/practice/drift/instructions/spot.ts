/** Deposits, withdrawals and transfers between sub-accounts. */
import type { PublicKey } from '@solana/web3.js';
import { spotVaultAddress, stateAddress } from '#main/drift/codec/addresses.ts';
import { variantOf } from '#main/drift/codec/variant.ts';
import { anchorError, driftError, ensure } from '../errors.ts';
import type { InstructionFrame } from '../instruction-frame.ts';
import { smaller } from '../math/integer.ts';
import { accrueInterest } from '../math/interest.ts';
import { assetWeight, calculateMargin } from '../math/margin.ts';
import {
  moveSpotBalance,
  openSpotPosition,
  sideOf,
  signedTokenAmount,
  tokenAmount,
} from '../math/spot-balance.ts';
import { isWithinWithdrawGuard } from '../math/withdraw-guard.ts';
import { PRICE_PRECISION, WEIGHT_PRECISION } from '../precision.ts';
import type { SpotMarket, SpotPositionState, State, User } from '../types.ts';
import { moveArgs, transferArgs } from './arguments.ts';
import {
  EXCHANGE,
  SPOT_PAUSED,
  USER_STATUS,
  editStatsFor,
  refuseBankrupt,
  refuseIfPaused,
  requireOwner,
  requireOwnerOrDelegate,
  requireWithdrawMargin,
} from './guards.ts';
import { tokenAccountOf, transferTokens } from './token-calls.ts';

export function deposit(frame: InstructionFrame): void {
  const { marketIndex, amount, reduceOnly } = moveArgs.parse(frame.args);
  const state = readState(frame);
  refuseIfPaused(state, EXCHANGE.deposit);
  const user = frame.edit('user', 'User');
  const signer = frame.signer('authority');
  requireOwnerOrDelegate(user, signer);
  editStatsFor(frame, user);
  const vault = checkTokenAccounts(frame, marketIndex, signer);
  ensure(amount > 0n, 'InsufficientDeposit');
  refuseBankrupt(user);
  const market = openMarket(frame, marketIndex);
  ensure((market.pausedOperations & SPOT_PAUSED.deposit) === 0, 'MarketActionPaused');
  const position = openSpotPosition(user, marketIndex);
  const onlyReduce = (reduceOnly || isReduceOnly(market)) && sideOf(position) === 'borrow';
  const paid = onlyReduce ? smaller(-signedTokenAmount(position, market), amount) : amount;
  credit(frame, user, market, position, paid);
  if (sideOf(position) === 'deposit' && position.scaledBalance > 0n) {
    ensure('active' in market.status, 'MarketActionPaused', 'spot_market not active');
  }
  user.lastActiveSlot = frame.slot;
  const from = frame.key('userTokenAccount');
  transferTokens(frame.context, { from, to: vault, owner: signer, amount: paid }, []);
  market.nextDepositRecordId += 1n;
  const deposits = tokenAmount(market.depositBalance, market, 'deposit');
  ensure(
    market.maxTokenDeposits === 0n || deposits <= market.maxTokenDeposits,
    'MaxDeposit',
    `max token amount (${market.maxTokenDeposits}) < deposits (${deposits})`,
  );
}

export function withdraw(frame: InstructionFrame): void {
  const { marketIndex, amount, reduceOnly } = moveArgs.parse(frame.args);
  const state = readState(frame);
  refuseIfPaused(state, EXCHANGE.withdraw);
  const user = frame.edit('user', 'User');
  const signer = frame.signer('authority');
  requireOwner(user, signer);
  editStatsFor(frame, user);
  const vault = checkTokenAccounts(frame, marketIndex, null);
  if (!frame.key('driftSigner').equals(state.signer))
    throw anchorError('ConstraintRaw', 'drift_signer');
  refuseBankrupt(user);
  const market = openMarket(frame, marketIndex);
  const position = openSpotPosition(user, marketIndex);
  const paid =
    reduceOnly || isReduceOnly(market)
      ? reducibleAmount(frame, state, user, market, position, amount)
      : amount;
  debit(frame, user, market, position, paid);
  requireWithdrawMargin(frame, user, state);
  user.status &= ~USER_STATUS.liquidating;
  user.lastActiveSlot = frame.slot;
  market.nextDepositRecordId += 1n;
  const to = frame.key('userTokenAccount');
  transferTokens(frame.context, { from: vault, to, owner: state.signer, amount: paid }, [
    state.signer,
  ]);
  requireVaultCovers(frame, market);
}

export function transferDeposit(frame: InstructionFrame): void {
  const { marketIndex, amount } = transferArgs.parse(frame.args);
  const state = readState(frame);
  refuseIfPaused(state, EXCHANGE.deposit, EXCHANGE.withdraw);
  const signer = frame.signer('authority');
  ensure(
    !frame.key('fromUser').equals(frame.key('toUser')),
    'CantTransferBetweenSameUserAccount',
    'cant transfer between the same user account',
  );
  const from = frame.edit('fromUser', 'User');
  const to = frame.edit('toUser', 'User');
  requireOwner(from, signer, 'from_user');
  requireOwner(to, signer, 'to_user');
  editStatsFor(frame, from);
  frame.atAddress('spotMarketVault', spotVaultAddress(frame.deployment, marketIndex));
  refuseBankrupt(to);
  refuseBankrupt(from);
  const market = openMarket(frame, marketIndex);
  debit(frame, from, market, openSpotPosition(from, marketIndex), amount);
  requireWithdrawMargin(frame, from, state);
  credit(frame, to, market, openSpotPosition(to, marketIndex), amount);
  from.status &= ~USER_STATUS.liquidating;
  from.lastActiveSlot = frame.slot;
  to.lastActiveSlot = frame.slot;
  market.nextDepositRecordId += 2n;
  requireVaultCovers(frame, market);
}

function readState(frame: InstructionFrame): State {
  frame.atAddress('state', stateAddress(frame.deployment));
  return frame.read('state', 'State');
}

function openMarket(frame: InstructionFrame, marketIndex: number): SpotMarket {
  const market = frame.editSpot(marketIndex);
  ensure(
    !('initialized' in market.status),
    'MarketBeingInitialized',
    'Market is being initialized',
  );
  const oracle = marketIndex === 0 ? null : frame.spotPrice(marketIndex).price;
  accrueInterest(market, oracle, frame.now);
  return market;
}

function isReduceOnly(market: SpotMarket): boolean {
  return variantOf(market.status) === 'reduceOnly';
}

/** @param payer the owner that the token account must have; null for anyone's. */
function checkTokenAccounts(
  frame: InstructionFrame,
  marketIndex: number,
  payer: PublicKey | null,
): PublicKey {
  const vault = frame.atAddress('spotMarketVault', spotVaultAddress(frame.deployment, marketIndex));
  frame.writable('spotMarketVault');
  frame.writable('userTokenAccount');
  const { mint } = tokenAccountOf(frame, 'spotMarketVault');
  const holding = tokenAccountOf(frame, 'userTokenAccount');
  const fits = holding.mint.equals(mint) && (payer === null || holding.owner.equals(payer));
  if (!fits) throw anchorError('ConstraintRaw', 'user_token_account');
  return vault;
}

function credit(
  frame: InstructionFrame,
  user: User,
  market: SpotMarket,
  position: SpotPositionState,
  amount: bigint,
): void {
  user.totalDeposits += valueOf(frame, market, amount);
  position.cumulativeDeposits += amount;
  moveSpotBalance(amount, 'deposit', market, position, false);
  requireNoDust(position, market);
}

/** @throws MarketWithdrawPaused, DailyWithdrawLimit */
function debit(
  frame: InstructionFrame,
  user: User,
  market: SpotMarket,
  position: SpotPositionState,
  amount: bigint,
): void {
  const open =
    variantOf(market.status) !== 'withdrawPaused' &&
    (market.pausedOperations & SPOT_PAUSED.withdraw) === 0;
  ensure(
    open,
    'MarketWithdrawPaused',
    `Spot Market ${market.marketIndex} withdraws are currently paused`,
  );
  user.totalWithdraws += valueOf(frame, market, amount);
  position.cumulativeDeposits -= amount;
  moveSpotBalance(amount, 'borrow', market, position, true);
  const borrowing = sideOf(position) === 'borrow' && position.scaledBalance > 0n;
  ensure(
    !borrowing || (user.status & USER_STATUS.reduceOnly) === 0,
    'UserReduceOnly',
    'user is reduce only and cannot borrow',
  );
  ensure(
    isWithinWithdrawGuard(market, user, position, amount),
    'DailyWithdrawLimit',
    `Spot Market ${market.marketIndex} has hit daily withdraw limit. Attempted withdraw amount of ${amount} by ${user.authority.toBase58()}`,
  );
}

function requireNoDust(position: SpotPositionState, market: SpotMarket): void {
  const empty = signedTokenAmount(position, market) === 0n;
  ensure(
    !empty || position.scaledBalance === 0n,
    'InvalidSpotPosition',
    'deposit left user with invalid position',
  );
}

/** 10^-6 quote. */
function valueOf(frame: InstructionFrame, market: SpotMarket, amount: bigint): bigint {
  return (amount * frame.spotPrice(market.marketIndex).price) / 10n ** BigInt(market.decimals);
}

/** What a reduce-only withdrawal takes: no more than is there and than the margin lets go. */
function reducibleAmount(
  frame: InstructionFrame,
  state: State,
  user: User,
  market: SpotMarket,
  position: SpotPositionState,
  amount: bigint,
): bigint {
  ensure(sideOf(position) === 'deposit', 'ReduceOnlyWithdrawIncreasedRisk');
  const held = tokenAmount(position.scaledBalance, market, 'deposit');
  const margin = calculateMargin(user, frame, state, 'initial', false);
  if (margin.liabilities === 0) return smaller(amount, held);
  const { price } = frame.spotPrice(market.marketIndex);
  const weight =
    market.marketIndex === 0 ? WEIGHT_PRECISION : assetWeight(held, price, market, user, 'initial');
  const free = margin.totalCollateral - margin.marginRequirement;
  if (weight === 0n) return smaller(amount, held);
  if (price <= 0n) throw driftError('InvalidOracle');
  const precision = 10n ** BigInt(market.decimals - 6);
  const movable =
    free <= 0n
      ? 0n
      : ((((free * WEIGHT_PRECISION) / weight) * PRICE_PRECISION) / price) * precision;
  return smaller(smaller(amount, movable), held);
}

/** The vault never holds less than depositors are owed after borrowers have paid. */
function requireVaultCovers(frame: InstructionFrame, market: SpotMarket): void {
  const { amount } = tokenAccountOf(frame, 'spotMarketVault');
  const claim =
    tokenAmount(market.depositBalance, market, 'deposit') -
    tokenAmount(market.borrowBalance, market, 'borrow');
  ensure(
    amount >= claim,
    'SpotMarketVaultInvariantViolated',
    `spot market vault =${amount} holds less than remaining depositor claims = ${claim}`,
  );
}
