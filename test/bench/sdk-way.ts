/**
 * How a program keeps users in step with the SDK alone: a polling DriftClient per authority, `fetchAccounts` of
 * each client and each user, then the getters for the figures that Keel shows of an account.
 */
import { createRequire } from 'node:module';
import type * as DriftSdk from '@drift-labs/sdk';
import type { DriftClient } from '@drift-labs/sdk';
import { Connection, Keypair, PublicKey } from '@solana/web3.js';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { medianMs, rounded } from './figures.ts';
import type { PracticePlace, SdkReport } from './orders.ts';
import { vaultsOfPlace } from './place.ts';

const sdk = createRequire(import.meta.url)('@drift-labs/sdk') as typeof DriftSdk;

/** Until all is subscribed; afterwards the measurement asks itself. */
const POLL_EVERY_MS = 200;

export async function measureSdk(
  place: PracticePlace,
  count: number,
  rounds: number,
): Promise<SdkReport> {
  const connection = new Connection(place.httpUrl, 'confirmed');
  const byAuthority = Map.groupBy(vaultsOfPlace(place, count), ({ authority }) => authority);
  const clients: DriftClient[] = [];
  for (const [authority, accounts] of byAuthority) {
    const ids = accounts.map(({ subAccountId }) => subAccountId);
    clients.push(await subscribed(connection, authority, ids));
  }
  const users = clients.flatMap((client) => client.getUsers());
  if (users.length !== count) throw new Error(`The SDK loaded ${users.length} of ${count} users`);
  const refresh = async (): Promise<void> => {
    await Promise.all(clients.map((client) => client.fetchAccounts()));
    await Promise.all(users.map((user) => user.fetchAccounts()));
    for (const user of users) figuresOf(user);
  };
  const refreshMs = await medianMs(rounds, refresh);
  const admin = createAdminClient(place.httpUrl);
  await admin.stats({ reset: true });
  await refresh();
  const { httpRequests } = await admin.stats();
  for (const client of clients) await client.unsubscribe();
  return { users: users.length, refreshMs: rounded(refreshMs), requests: httpRequests };
}

async function subscribed(
  connection: Connection,
  authority: string,
  subAccountIds: number[],
): Promise<DriftClient> {
  const accountLoader = new sdk.BulkAccountLoader(connection, 'confirmed', POLL_EVERY_MS);
  const client = new sdk.DriftClient({
    connection,
    wallet: new sdk.Wallet(Keypair.generate()),
    env: 'mainnet-beta',
    authority: new PublicKey(authority),
    subAccountIds,
    activeSubAccountId: subAccountIds[0] ?? 0,
    perpMarketIndexes: [0, 1, 2],
    spotMarketIndexes: [0, 1, 2],
    oracleInfos: [],
    accountSubscription: { type: 'polling', accountLoader },
    txVersion: 0,
  });
  await client.subscribe();
  accountLoader.stopPolling();
  return client;
}

function figuresOf(user: DriftSdk.User): void {
  user.getTotalCollateral();
  user.getFreeCollateral();
  user.getInitialMarginRequirement();
  user.getMaintenanceMarginRequirement();
  user.getHealth();
  user.getLeverage();
  user.getUnrealizedPNL();
  user.getUnrealizedFundingPNL();
  for (const { marketIndex } of user.getActivePerpPositions()) user.liquidationPrice(marketIndex);
}
