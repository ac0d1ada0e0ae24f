import { signerAddress } from '#main/drift/codec/addresses.ts';
import { blankAccount } from '#main/drift/codec/drift-coder.ts';
import { PERP_MARKETS, SPOT_MARKETS } from '../market-catalogue.ts';
import type { WorldSettings } from '../options.ts';
import { practiceKeypair } from '../keys.ts';
import type { State } from '../types.ts';

/** Mainnet's fee tiers by thirty days' volume, hundredths of a basis point. */
const TAKER_FEES: readonly number[] = [100, 90, 80, 70, 60, 50, 50, 50, 50, 50];
const FEE_DENOMINATOR = 100_000;
const MAKER_REBATE = 20;
const SUB_ACCOUNT_LIMIT = 15_000;

/** The exchange's own account: open for everything. */
export function createState(settings: WorldSettings): State {
  const state = blankAccount('State');
  const signer = signerAddress(settings.deployment);
  Object.assign(state, {
    admin: practiceKeypair(settings.seed, 'admin').publicKey,
    signer: signer.address,
    signerNonce: signer.nonce,
    numberOfMarkets: PERP_MARKETS.length,
    numberOfSpotMarkets: SPOT_MARKETS.length,
    liquidationMarginBufferRatio: 200,
    settlementDuration: 60,
    minPerpAuctionDuration: 10,
    defaultMarketOrderTimeInForce: 60,
    defaultSpotAuctionDuration: 10,
    liquidationDuration: 150,
    initialPctToLiquidate: 1_000,
    maxNumberOfSubAccounts: SUB_ACCOUNT_LIMIT,
    lpCooldownTime: 3_600n,
  } satisfies Partial<State>);
  setFees(state);
  const { priceDivergence, validity } = state.oracleGuardRails;
  priceDivergence.markOraclePercentDivergence = 100_000n;
  priceDivergence.oracleTwap5MinPercentDivergence = 500_000n;
  validity.slotsBeforeStaleForAmm = 10n;
  validity.slotsBeforeStaleForMargin = 120n;
  validity.confidenceIntervalMaxSize = 20_000n;
  validity.tooVolatileRatio = 5n;
  return state;
}

function setFees(state: State): void {
  for (const structure of [state.perpFeeStructure, state.spotFeeStructure]) {
    structure.feeTiers.forEach((tier, i) => {
      tier.feeNumerator = TAKER_FEES[i] ?? 50;
      tier.feeDenominator = FEE_DENOMINATOR;
      tier.makerRebateNumerator = MAKER_REBATE;
      tier.makerRebateDenominator = FEE_DENOMINATOR;
      tier.referrerRewardNumerator = 15;
      tier.referrerRewardDenominator = 100;
      tier.refereeFeeNumerator = 5;
      tier.refereeFeeDenominator = 100;
    });
    // 32 bits on chain, though the SDK's type says otherwise.
    Object.assign(structure.fillerRewardStructure, { rewardNumerator: 10, rewardDenominator: 100 });
    structure.flatFillerFee = 10_000n;
    structure.referrerRewardEpochUpperBound = 2_000_000_000n;
  }
}
