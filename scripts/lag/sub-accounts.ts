/** Sub-accounts of the practice trader, each with play money: so many places where another client can change something. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as sdk from '@drift-labs/sdk';
import { Connection, Keypair } from '@solana/web3.js';
import { DRIFT_V2, userAddress } from '#main/drift/codec/addresses.ts';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { STARTER_KEYPAIR_FILE } from '#main/practice/index.ts';

const LAMPORTS = 100_000_000_000n;

/**
 * @param practiceFolder of the chain, where the trader's key of play money lies
 * @returns numbers of the sub-accounts, from 1; those that are there already are taken as they are
 */
export async function makeSubAccounts(
  rpcUrl: string,
  practiceFolder: string,
  count: number,
  firstDeposit: bigint,
): Promise<readonly number[]> {
  const text = await readFile(join(practiceFolder, STARTER_KEYPAIR_FILE), 'utf8');
  const keypair = Keypair.fromSecretKey(Uint8Array.from(JSON.parse(text) as number[]));
  const admin = createAdminClient(rpcUrl);
  await admin.airdrop({ address: keypair.publicKey.toBase58(), lamports: LAMPORTS });
  const wallet = new sdk.Wallet(keypair);
  const connection = new Connection(rpcUrl, 'confirmed');
  const client = new sdk.DriftClient({
    connection,
    wallet,
    env: 'mainnet-beta',
    perpMarketIndexes: [0],
    spotMarketIndexes: [0, 1],
    oracleInfos: [],
    accountSubscription: {
      type: 'polling',
      accountLoader: new sdk.BulkAccountLoader(connection, 'confirmed', 1_000),
    },
    txSender: new sdk.RetryTxSender({
      connection,
      wallet,
      confirmationStrategy: sdk.ConfirmationStrategy.Polling,
    }),
    txVersion: 0,
  });
  await client.subscribe();
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  for (const subAccountId of numbers) {
    const address = userAddress(DRIFT_V2, keypair.publicKey, subAccountId);
    if ((await connection.getAccountInfo(address)) === null) {
      await client.initializeUserAccount(subAccountId, `lag ${subAccountId}`);
    }
    await admin.depositAsOther({ subAccountId, token: 'USDC', amount: firstDeposit });
  }
  await client.unsubscribe();
  return numbers;
}
