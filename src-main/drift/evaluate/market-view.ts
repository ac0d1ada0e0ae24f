import { EventEmitter } from 'node:events';
import type {
  DataAndSlot,
  DriftClientAccountSubscriber,
  OraclePriceData,
  PerpMarketAccount,
  SpotMarketAccount,
  StateAccount,
} from '@drift-labs/sdk';
import { oracleId, type VaultAccounts } from './vault-accounts.ts';

/**
 * What the SDK's mathematics sees of the chain: the accounts of the one vault shown, and nothing else. So no
 * figure depends on which other vaults are read, and a market that is not there is an error, never a zero.
 */
export class MarketView implements DriftClientAccountSubscriber {
  readonly eventEmitter = new EventEmitter() as DriftClientAccountSubscriber['eventEmitter'];
  readonly isSubscribed = true;
  #shown: VaultAccounts | null = null;

  show(accounts: VaultAccounts): void {
    this.#shown = accounts;
  }

  getStateAccountAndSlot(): DataAndSlot<StateAccount> {
    return this.#withSlot(this.#accounts.state);
  }

  getMarketAccountAndSlot(marketIndex: number): DataAndSlot<PerpMarketAccount> | undefined {
    // The SDK also asks for the markets of empty slots, and takes undefined for them.
    const market = this.#accounts.perpMarkets.get(marketIndex);
    return market && this.#withSlot(market);
  }

  getMarketAccountsAndSlots(): DataAndSlot<PerpMarketAccount>[] {
    return [...this.#accounts.perpMarkets.values()].map((market) => this.#withSlot(market));
  }

  getSpotMarketAccountAndSlot(marketIndex: number): DataAndSlot<SpotMarketAccount> | undefined {
    return this.#withSlot(this.#spotMarket(marketIndex));
  }

  getSpotMarketAccountsAndSlots(): DataAndSlot<SpotMarketAccount>[] {
    return [...this.#accounts.spotMarkets.values()].map((market) => this.#withSlot(market));
  }

  /** The SDK's own oracle ids are not used by its mathematics. */
  getOraclePriceDataAndSlot(): undefined {
    return undefined;
  }

  getOraclePriceDataAndSlotForPerpMarket(marketIndex: number): DataAndSlot<OraclePriceData> {
    const { amm } = this.#perpMarket(marketIndex);
    return this.#oracle(oracleId(amm.oracle, amm.oracleSource));
  }

  getOraclePriceDataAndSlotForSpotMarket(marketIndex: number): DataAndSlot<OraclePriceData> {
    const { oracle, oracleSource } = this.#spotMarket(marketIndex);
    return this.#oracle(oracleId(oracle, oracleSource));
  }

  subscribe = (): Promise<boolean> => Promise.resolve(true);
  addPerpMarket = (): Promise<boolean> => Promise.resolve(true);
  addSpotMarket = (): Promise<boolean> => Promise.resolve(true);
  addOracle = (): Promise<boolean> => Promise.resolve(true);
  fetch = (): Promise<void> => Promise.resolve();
  unsubscribe = (): Promise<void> => Promise.resolve();
  setPerpOracleMap = (): Promise<void> => Promise.resolve();
  setSpotOracleMap = (): Promise<void> => Promise.resolve();

  get #accounts(): VaultAccounts {
    if (this.#shown === null) throw new Error('No vault is shown');
    return this.#shown;
  }

  #perpMarket(marketIndex: number): PerpMarketAccount {
    return present(this.#accounts.perpMarkets.get(marketIndex), `Perp market ${marketIndex}`);
  }

  #spotMarket(marketIndex: number): SpotMarketAccount {
    return present(this.#accounts.spotMarkets.get(marketIndex), `Spot market ${marketIndex}`);
  }

  #oracle(id: string): DataAndSlot<OraclePriceData> {
    return this.#withSlot(present(this.#accounts.oracles.get(id), `Oracle ${id}`));
  }

  #withSlot<Account>(data: Account): DataAndSlot<Account> {
    return { data, slot: Number(this.#accounts.slot) };
  }
}

function present<Account>(account: Account | undefined, what: string): Account {
  if (account === undefined) throw new Error(`${what} was not read`);
  return account;
}
