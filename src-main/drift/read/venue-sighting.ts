import type { OraclePriceData, PerpMarketAccount, SpotMarketAccount } from '@drift-labs/sdk';
import type { UnixMs } from '#domain/units.ts';
import { oracleId, type VaultAccounts, type VenueAccounts } from '../evaluate/vault-accounts.ts';
import type { AccountFrame } from './account-frame.ts';
import { chainTimeIn, CLOCK_SYSVAR } from './chain-time.ts';
import type { QuoteMarket } from './gather-accounts.ts';

/** The venue itself as a read of vaults has seen it, all of one slot. */
export interface VenueSighting {
  readonly observedAtMs: UnixMs;
  /** Time of the chain, seconds; where the node gave none, that of this computer. */
  readonly chainNow: bigint;
  readonly accounts: VenueAccounts;
}

interface OpenSighting extends VenueSighting {
  readonly accounts: VenueAccounts & {
    readonly perpMarkets: Map<number, PerpMarketAccount>;
    readonly spotMarkets: Map<number, SpotMarketAccount>;
    readonly oracles: Map<string, OraclePriceData>;
  };
}

/** Gathers, from the vaults of one read, what they share at the newest slot that any of them was answered at. */
export class VenueSightings {
  #newest: OpenSighting | null = null;

  get newest(): VenueSighting | null {
    return this.#newest;
  }

  take(
    accounts: VaultAccounts,
    quote: QuoteMarket | null,
    frame: AccountFrame,
    observedAtMs: UnixMs,
  ): void {
    if (this.#newest !== null && accounts.slot < this.#newest.accounts.slot) return;
    if (this.#newest === null || accounts.slot > this.#newest.accounts.slot) {
      this.#newest = openSighting(accounts, frame, observedAtMs);
    }
    const { perpMarkets, spotMarkets, oracles } = this.#newest.accounts;
    for (const [index, market] of accounts.perpMarkets) perpMarkets.set(index, market);
    for (const [index, market] of accounts.spotMarkets) spotMarkets.set(index, market);
    for (const [id, oracle] of accounts.oracles) oracles.set(id, oracle);
    if (quote === null) return;
    const { market, price } = quote;
    spotMarkets.set(market.marketIndex, market);
    oracles.set(oracleId(market.oracle, market.oracleSource), price);
  }
}

function openSighting(
  { slot, state }: VaultAccounts,
  frame: AccountFrame,
  observedAtMs: UnixMs,
): OpenSighting {
  return {
    observedAtMs,
    chainNow:
      chainTimeIn(frame.accounts.get(CLOCK_SYSVAR) ?? null) ??
      BigInt(Math.floor(observedAtMs / 1_000)),
    accounts: { slot, state, perpMarkets: new Map(), spotMarkets: new Map(), oracles: new Map() },
  };
}
