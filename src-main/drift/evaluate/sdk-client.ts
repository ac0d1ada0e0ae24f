import type { DriftClient } from '@drift-labs/sdk';
import type { Vendor } from '../vendor.ts';
import { MarketView } from './market-view.ts';

export interface OfflineClient {
  readonly client: DriftClient;
  /** What the client sees; set before each valuation. */
  readonly view: MarketView;
}

/**
 * The SDK's client for its mathematics alone: it holds no key, no subscription and no way to a network.
 * Throws when the program is no public key.
 */
export function createOfflineClient({ sdk, web3 }: Vendor, program: string): OfflineClient {
  const view = new MarketView();
  const programID = new web3.PublicKey(program);
  const refuse = (): Promise<never> => Promise.reject(new Error('This client does not sign'));
  const client = new sdk.DriftClient({
    connection: new web3.Connection('http://offline.invalid', 'confirmed'),
    wallet: { publicKey: programID, signTransaction: refuse, signAllTransactions: refuse },
    programID,
    txVersion: 0,
    skipLoadUsers: true,
    perpMarketIndexes: [],
    spotMarketIndexes: [],
    oracleInfos: [],
  });
  client.accountSubscriber = view;
  return { client, view };
}
