import type { PublicKey } from '@solana/web3.js';
import { DRIFT_V2 } from '#main/drift/codec/addresses.ts';
import type { DriftDeployment } from '#main/drift/codec/addresses.ts';

export interface DriftWorldOptions {
  /** Default: Drift v2's program. */
  readonly program?: PublicKey;
  /** Default: `drift_state`. */
  readonly stateSeed?: string;
  /** Determines every key and every price of the world. Two worlds with one seed are twins. Default: `practice`. */
  readonly seed?: string;
  /** Seconds between funding payments. Default: 3,600, as on mainnet. */
  readonly fundingPeriodSeconds?: number;
  /** Multiplies the volatility of every price; 0 holds them still. Default: 1. */
  readonly volatility?: number;
  /** Accounts for load: so many authorities with so many sub-accounts each. Default: none. */
  readonly population?: Population;
}

export interface Population {
  readonly authorities: number;
  readonly subAccounts: number;
}

export interface WorldSettings {
  readonly deployment: DriftDeployment;
  readonly seed: string;
  readonly fundingPeriodSeconds: bigint;
  readonly volatility: number;
  readonly population: Population;
}

export function settingsOf(options: DriftWorldOptions): WorldSettings {
  return {
    deployment: {
      program: options.program ?? DRIFT_V2.program,
      stateSeed: options.stateSeed ?? DRIFT_V2.stateSeed,
    },
    seed: options.seed ?? 'practice',
    fundingPeriodSeconds: BigInt(options.fundingPeriodSeconds ?? 3_600),
    volatility: options.volatility ?? 1,
    population: options.population ?? { authorities: 0, subAccounts: 0 },
  };
}
