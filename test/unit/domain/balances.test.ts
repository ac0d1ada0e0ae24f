import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseAmount, notionalOf, price, quoteAmount } from '#domain/units.ts';
import {
  balancesEqual,
  deriveBalances,
  positionsExceedCollateral,
  satisfiesFormula,
} from '#domain/vault-balances.ts';
import { rawQuantitiesOf } from '#domain/vault-snapshot.ts';
import { perpOf, snapshotOf } from '#test/support/snapshots.ts';

const base = fc.bigInt(-(10n ** 18n), 10n ** 18n);
const mark = fc.bigInt(1n, 10n ** 13n);
const positions = fc.array(fc.tuple(base, mark), { maxLength: 8 });
const collateral = fc.bigInt(-(10n ** 16n), 10n ** 16n);

function snapshotWith(held: readonly (readonly [bigint, bigint])[], total: bigint) {
  const empty = snapshotOf({ usdc: 0n }, { slot: 1n, nowMs: 0 });
  return {
    ...empty,
    figures: { ...empty.figures, totalCollateral: quoteAmount(total) },
    perpPositions: held.map(([size, at], marketIndex) => ({ ...perpOf(size, at), marketIndex })),
  };
}

describe('the engine-vault formula (V2)', () => {
  it('DRIFT_POS is Σ |base| × mark, USDC the rest or zero, SOL zero: to the last unit', () => {
    fc.assert(
      fc.property(positions, collateral, (held, total) => {
        const expected = held.reduce(
          (sum, [size, at]) => sum + ((size < 0n ? -size : size) * at) / 1_000_000_000n,
          0n,
        );
        const balances = deriveBalances(snapshotWith(held, total));
        expect(balances.DRIFT_POS).toBe(expected);
        expect(balances.USDC).toBe(total > expected ? total - expected : 0n);
        expect(balances.SOL).toBe(0n);
      }),
    );
  });

  it('the two views differ exactly where positions exceed collateral (V3)', () => {
    fc.assert(
      fc.property(positions, collateral, (held, total) => {
        const snapshot = snapshotWith(held, total);
        const { USDC, DRIFT_POS } = deriveBalances(snapshot);
        expect(positionsExceedCollateral(snapshot)).toBe(USDC + DRIFT_POS > total);
      }),
    );
  });

  it('long and short count alike, and a unit is never made of rounding', () => {
    expect(notionalOf(baseAmount(-1_999_999_999n), price(1n))).toBe(1n);
    expect(notionalOf(baseAmount(1_999_999_999n), price(1n))).toBe(1n);
    expect(notionalOf(baseAmount(999_999_999n), price(1n))).toBe(0n);
  });

  it('sees one wrong unit in a stored row', () => {
    fc.assert(
      fc.property(positions, collateral, (held, total) => {
        const snapshot = snapshotWith(held, total);
        const balances = deriveBalances(snapshot);
        expect(satisfiesFormula(snapshot, balances)).toBe(true);
        const wrong = { ...balances, USDC: quoteAmount(balances.USDC + 1n) };
        expect(balancesEqual(balances, wrong)).toBe(false);
        expect(satisfiesFormula(snapshot, wrong)).toBe(false);
        const shifted = snapshot.perpPositions.map((perp) => ({
          ...perp,
          notional: quoteAmount(perp.notional + 1n),
        }));
        const moved = { ...snapshot, perpPositions: shifted };
        if (held.length > 0) expect(satisfiesFormula(moved, deriveBalances(moved))).toBe(false);
      }),
    );
  });
});

describe('raw quantities (S6)', () => {
  const snapshot = snapshotWith([[-2_000_000_000n, 150_000_000n]], 10n);

  it('no price is in them', () => {
    const dearer = snapshotWith([[-2_000_000_000n, 151_000_000n]], 99n);
    expect(rawQuantitiesOf(dearer)).toBe(rawQuantitiesOf(snapshot));
  });

  it.each([
    ['baseSize', -2_000_000_001n],
    ['quoteAssetAmount', 1n],
    ['quoteEntryAmount', 1n],
    ['quoteBreakEvenAmount', 1n],
    ['openOrders', 1],
    ['marketIndex', 1],
  ])('a change of %s shows', (field, value) => {
    const [perp] = snapshot.perpPositions;
    const changed = {
      ...snapshot,
      perpPositions: [{ ...perp, [field]: value }],
    } as typeof snapshot;
    expect(rawQuantitiesOf(changed)).not.toBe(rawQuantitiesOf(snapshot));
  });

  it('a change of a spot balance shows', () => {
    const [spot] = snapshot.spotPositions;
    const changed = { ...snapshot, spotPositions: [{ ...spot, scaledBalance: 1n }] };
    expect(rawQuantitiesOf(changed as typeof snapshot)).not.toBe(rawQuantitiesOf(snapshot));
  });
});
