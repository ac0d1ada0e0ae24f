import { notionalOf, quoteAmount, type QuoteAmount } from './units.ts';
import type { VaultSnapshot } from './vault-snapshot.ts';

/** The engine-vault view of a snapshot (V2), in quote units of 10^-6. */
export interface VaultBalances {
  readonly USDC: QuoteAmount;
  readonly DRIFT_POS: QuoteAmount;
  /** Always 0: SOL on the venue is collateral and is shown in quote. */
  readonly SOL: QuoteAmount;
}

type BalanceInputs = Pick<VaultSnapshot, 'perpPositions'> & {
  readonly figures: Pick<VaultSnapshot['figures'], 'totalCollateral'>;
};

/** DRIFT_POS = Σ |base size| × mark price; USDC = max(0, total collateral − DRIFT_POS); SOL = 0. */
export function deriveBalances(snapshot: BalanceInputs): VaultBalances {
  const positions = snapshot.perpPositions.reduce((sum, perp) => sum + perp.notional, 0n);
  const rest = snapshot.figures.totalCollateral - positions;
  return {
    USDC: quoteAmount(rest > 0n ? rest : 0n),
    DRIFT_POS: quoteAmount(positions),
    SOL: quoteAmount(0n),
  };
}

/** True where leverage makes the positions exceed the collateral, so that the two views differ (V3). */
export function positionsExceedCollateral(snapshot: BalanceInputs): boolean {
  return deriveBalances(snapshot).DRIFT_POS > snapshot.figures.totalCollateral;
}

export function balancesEqual(left: VaultBalances, right: VaultBalances): boolean {
  return left.USDC === right.USDC && left.DRIFT_POS === right.DRIFT_POS && left.SOL === right.SOL;
}

/**
 * Whether an observation, as loaded back, still obeys the engine-vault formula to the last unit (V2, S6):
 * every notional is |base| × mark, and the balances are what the snapshot gives.
 */
export function satisfiesFormula(snapshot: VaultSnapshot, balances: VaultBalances): boolean {
  const notionalsHold = snapshot.perpPositions.every(
    ({ baseSize, markPrice, notional }) => notionalOf(baseSize, markPrice) === notional,
  );
  return notionalsHold && balancesEqual(deriveBalances(snapshot), balances);
}
