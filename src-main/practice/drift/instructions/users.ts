/** Opening, naming, delegating and closing accounts. */
import { PublicKey } from '@solana/web3.js';
import { z } from 'zod';
import { stateAddress, userAddress, userStatsAddress } from '#main/drift/codec/addresses.ts';
import {
  accountNameOf,
  accountSize,
  blankAccount,
  decodeAccount,
} from '#main/drift/codec/drift-coder.ts';
import { driftError, ensure } from '../errors.ts';
import type { InstructionFrame } from '../instruction-frame.ts';
import { isPerpAvailable } from '../math/perp-position.ts';
import { isAvailable } from '../math/spot-balance.ts';
import type { State, UserStats } from '../types.ts';
import { subAccountArgs } from './arguments.ts';
import { refuseBankrupt, requireOwner } from './guards.ts';
import { createProgramAccount } from './token-calls.ts';

/** The limit is stored in hundreds. */
const LIMIT_UNIT = 100n;
const REFERRED = 2;

export function initializeUserStats(frame: InstructionFrame): void {
  const authority = frame.key('authority');
  const payer = frame.signer('payer');
  const address = frame.atAddress('userStats', userStatsAddress(frame.deployment, authority));
  const state = editState(frame);
  createProgramAccount(frame.context, payer, address, accountSize('UserStats'));
  const stats = blankAccount('UserStats');
  stats.authority = authority;
  stats.lastTakerVolume30DTs = frame.now;
  stats.lastMakerVolume30DTs = frame.now;
  stats.lastFillerVolume30DTs = frame.now;
  frame.create('userStats', 'UserStats', stats);
  state.numberOfAuthorities += 1n;
  ensure(belowLimit(state, state.numberOfAuthorities), 'MaxNumberOfUsers');
}

export function initializeUser(frame: InstructionFrame): void {
  const { subAccountId, name } = subAccountArgs.parse(frame.args);
  const authority = frame.key('authority');
  const payer = frame.signer('payer');
  const address = frame.atAddress('user', userAddress(frame.deployment, authority, subAccountId));
  const stats = frame.edit('userStats', 'UserStats');
  const state = editState(frame);
  createProgramAccount(frame.context, payer, address, accountSize('User'));
  if (stats.numberOfSubAccountsCreated === 0) setReferrer(frame, stats);
  ensure(
    subAccountId === stats.numberOfSubAccountsCreated,
    'InvalidUserSubAccountId',
    `Invalid sub account id ${subAccountId}, must be ${stats.numberOfSubAccountsCreated}`,
  );
  const user = blankAccount('User');
  Object.assign(user, {
    authority,
    subAccountId,
    name,
    nextOrderId: 1,
    nextLiquidationId: 1,
    lastActiveSlot: frame.slot,
  });
  frame.create('user', 'User', user);
  stats.numberOfSubAccounts += 1;
  stats.numberOfSubAccountsCreated += 1;
  state.numberOfSubAccounts += 1n;
  ensure(belowLimit(state, state.numberOfSubAccounts), 'MaxNumberOfUsers');
}

export function updateUserDelegate(frame: InstructionFrame): void {
  const { delegate } = z.object({ delegate: z.instanceof(PublicKey) }).parse(frame.args);
  editOwnUser(frame).delegate = delegate;
}

export function updateUserName(frame: InstructionFrame): void {
  editOwnUser(frame).name = subAccountArgs.parse(frame.args).name;
}

export function updateUserMarginTradingEnabled(frame: InstructionFrame): void {
  const { marginTradingEnabled } = z
    .object({ marginTradingEnabled: z.boolean() })
    .parse(frame.args);
  editOwnUser(frame).isMarginTradingEnabled = marginTradingEnabled;
}

/** Closes an empty account; its rent goes back to the owner. */
export function deleteUser(frame: InstructionFrame): void {
  const user = frame.edit('user', 'User');
  const authority = frame.signer('authority');
  requireOwner(user, authority);
  refuseBankrupt(user);
  const stats = frame.edit('userStats', 'UserStats');
  const state = editState(frame);
  const isEmpty =
    user.spotPositions.every(isAvailable) &&
    user.perpPositions.every(isPerpAvailable) &&
    user.openOrders === 0;
  ensure(isEmpty, 'UserCantBeDeleted', 'user has open positions or orders');
  ensure(
    !(stats.referrerStatus & 1) || user.subAccountId !== 0,
    'UserCantBeDeleted',
    'user id 0 cant be deleted if user is a referrer',
  );
  stats.numberOfSubAccounts -= 1;
  state.numberOfSubAccounts -= 1n;
  closeAccount(frame, frame.key('user'), authority);
}

function editState(frame: InstructionFrame): State {
  frame.atAddress('state', stateAddress(frame.deployment));
  return frame.edit('state', 'State');
}

function editOwnUser(frame: InstructionFrame) {
  const { subAccountId } = z.object({ subAccountId: z.number() }).parse(frame.args);
  const authority = frame.signer('authority');
  frame.atAddress('user', userAddress(frame.deployment, authority, subAccountId));
  return frame.edit('user', 'User');
}

function belowLimit(state: State, count: bigint): boolean {
  const limit = BigInt(state.maxNumberOfSubAccounts) * LIMIT_UNIT;
  return limit === 0n || count <= limit;
}

/** A referrer's user and statistics may follow the named accounts of an owner's first sub-account. */
function setReferrer(frame: InstructionFrame, stats: UserStats): void {
  for (const { pubkey } of frame.remaining) {
    const data = frame.context.getAccount(pubkey)?.data;
    if (!data || accountNameOf(data) !== 'User') continue;
    const referrer = decodeAccount('User', data);
    ensure(referrer.subAccountId === 0, 'InvalidReferrer');
    if (referrer.authority.equals(stats.authority)) throw driftError('UserCantReferThemselves');
    stats.referrer = referrer.authority;
    stats.referrerStatus |= REFERRED;
    return;
  }
}

function closeAccount(frame: InstructionFrame, key: PublicKey, to: PublicKey): void {
  const { context } = frame;
  const account = context.getAccount(key);
  const receiver = context.getAccount(to);
  if (!account || !receiver) return;
  frame.forget(key);
  context.deleteAccount(key);
  context.setAccount(to, { ...receiver, lamports: receiver.lamports + account.lamports });
}
