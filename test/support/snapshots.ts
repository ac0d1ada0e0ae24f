import { exchangeStatusOf } from '#domain/exchange-status.ts';
import {
  baseAmount,
  leverageE4,
  notionalOf,
  price,
  quoteAmount,
  slot,
  tokenAmount,
  unixMs,
} from '#domain/units.ts';
import type { AccountFlag, PerpPosition, VaultSnapshot } from '#domain/vault-snapshot.ts';

export interface Holdings {
  /** Units of 10^-6. */
  readonly usdc: bigint;
  /** Units of 10^-9, signed. */
  readonly perpBase?: bigint;
  /** Units of 10^-6. */
  readonly markPrice?: bigint;
  /** Hundredths of a percent; 10,000 where it is left out. */
  readonly healthBps?: number;
  /** Units of 10^-6; none where it is left out. */
  readonly maintenanceMargin?: bigint;
  /** Of the perp position, units of 10^-6. */
  readonly liquidationPrice?: bigint;
  readonly accountFlags?: readonly AccountFlag[];
}

/** A coherent snapshot of an account that holds USDC and perhaps one perp position. */
export function snapshotOf(
  holdings: Holdings,
  at: { readonly slot: bigint; readonly nowMs: number },
): VaultSnapshot {
  const { usdc, perpBase = 0n, markPrice = 150_000_000n, healthBps = 10_000 } = holdings;
  const none = quoteAmount(0n);
  return {
    slot: slot(at.slot),
    observedAtMs: unixMs(at.nowMs),
    figures: {
      totalCollateral: quoteAmount(usdc),
      freeCollateral: quoteAmount(usdc),
      initialMargin: none,
      maintenanceMargin: quoteAmount(holdings.maintenanceMargin ?? 0n),
      health: Math.round(healthBps / 100),
      healthBps,
      leverage: leverageE4(0n),
      unrealizedPnl: none,
      unsettledPnl: none,
      unsettledFunding: none,
      cumulativeFunding: none,
    },
    perpPositions: perpBase === 0n ? [] : [perpOf(perpBase, markPrice, holdings.liquidationPrice)],
    spotPositions: [
      {
        token: 'USDC',
        marketIndex: 0,
        decimals: 6,
        scaledBalance: usdc * 1_000n,
        amount: tokenAmount(usdc),
        oraclePrice: price(1_000_000n),
        value: quoteAmount(usdc),
        withdrawable: tokenAmount(usdc > 0n ? usdc : 0n),
      },
    ],
    exchangeStatus: exchangeStatusOf(0),
    accountFlags: holdings.accountFlags ?? [],
    delegate: null,
  };
}

export function perpOf(base: bigint, mark: bigint, liquidation?: bigint): PerpPosition {
  const none = quoteAmount(0n);
  return {
    market: 'SOL-PERP',
    marketIndex: 0,
    baseSize: baseAmount(base),
    quoteAssetAmount: none,
    quoteEntryAmount: none,
    quoteBreakEvenAmount: none,
    openOrders: 0,
    entryPrice: price(mark),
    markPrice: price(mark),
    oraclePrice: price(mark),
    notional: notionalOf(baseAmount(base), price(mark)),
    unrealizedPnl: none,
    unsettledPnl: none,
    unrealizedFunding: none,
    liquidationPrice: liquidation === undefined ? null : price(liquidation),
  };
}
