import type {
  AMM,
  Order,
  PerpMarketAccount,
  PerpPosition,
  PoolBalance,
  SpotMarketAccount,
  SpotPosition,
  StateAccount,
  UserAccount,
  UserStatsAccount,
} from '@drift-labs/sdk';
import type { Plain } from '#main/drift/codec/plain.ts';
import type { PythLazerOracleAccount } from '#main/drift/codec/drift-coder.ts';

export type State = Plain<StateAccount>;
export type User = Plain<UserAccount>;
export type UserStats = Plain<UserStatsAccount>;
export type PerpMarket = Plain<PerpMarketAccount>;
export type SpotMarket = Plain<SpotMarketAccount>;
export type Oracle = Plain<PythLazerOracleAccount>;
export type Amm = Plain<AMM>;
export type PerpPositionState = Plain<PerpPosition>;
export type SpotPositionState = Plain<SpotPosition>;
export type OrderState = Plain<Order>;
export type Pool = Plain<PoolBalance>;
export type Direction = 'long' | 'short';
