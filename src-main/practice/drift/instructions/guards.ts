/** Conditions that several instructions share. */
import type { PublicKey } from '@solana/web3.js';
import { userStatsAddress } from '#main/drift/codec/addresses.ts';
import { anchorError, driftError, ensure } from '../errors.ts';
import type { InstructionFrame } from '../instruction-frame.ts';
import { calculateMargin, meetsMargin } from '../math/margin.ts';
import type { State, User, UserStats } from '../types.ts';

/** Bits of `State.exchangeStatus`: set means paused. */
export const EXCHANGE = {
  deposit: 1,
  withdraw: 2,
  amm: 4,
  fill: 8,
  settlePnl: 64,
  all: 255,
} as const;
export const SPOT_PAUSED = { deposit: 4, withdraw: 8 } as const;
export const PERP_PAUSED = { settlePnl: 8, settlePnlWithPosition: 16 } as const;
export const USER_STATUS = { liquidating: 1, bankrupt: 2, reduceOnly: 4 } as const;

export function refuseIfPaused(state: State, ...bits: number[]): void {
  ensure(
    bits.every((bit) => (state.exchangeStatus & bit) === 0),
    'ExchangePaused',
  );
}

export function refuseIfAllPaused(state: State): void {
  ensure(state.exchangeStatus !== EXCHANGE.all, 'ExchangePaused');
}

/** The owner, or the delegate that it named. @throws ConstraintRaw */
export function requireOwnerOrDelegate(user: User, signer: PublicKey): void {
  if (!user.authority.equals(signer) && !user.delegate.equals(signer))
    throw anchorError('ConstraintRaw', 'user');
}

/** The owner alone. @throws ConstraintHasOne */
export function requireOwner(user: User, signer: PublicKey, account = 'user'): void {
  if (!user.authority.equals(signer)) throw anchorError('ConstraintHasOne', account);
}

/** Statistics belong to the user's owner, whoever signs. */
export function editStatsFor(frame: InstructionFrame, user: User): UserStats {
  const stats = frame.edit('userStats', 'UserStats');
  const expected = userStatsAddress(frame.deployment, user.authority);
  if (!frame.key('userStats').equals(expected)) throw anchorError('ConstraintRaw', 'user_stats');
  return stats;
}

export function refuseBankrupt(user: User): void {
  ensure((user.status & USER_STATUS.bankrupt) === 0, 'UserBankrupt');
}

/** @throws InvalidOracle, InsufficientCollateral */
export function requireWithdrawMargin(frame: InstructionFrame, user: User, state: State): void {
  const margin = calculateMargin(user, frame, state, 'initial', true);
  if ((margin.marginRequirement > 0n || margin.liabilities > 0) && !margin.allOraclesValid) {
    throw driftError(
      'InvalidOracle',
      'User attempting to withdraw with outstanding liabilities when an oracle is invalid',
    );
  }
  ensure(
    meetsMargin(margin),
    'InsufficientCollateral',
    `User attempting to withdraw where total_collateral ${margin.totalCollateral} is below initial_margin_requirement ${margin.marginRequirement}`,
  );
}
