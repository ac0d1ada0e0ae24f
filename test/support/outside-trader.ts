/**
 * Another client than Keel: an unmodified DriftClient with a key of its own, on the practice network.
 * What it does reaches Keel only over the chain.
 */
import * as sdk from '@drift-labs/sdk';
import { base58 } from '@scure/base';
import { Connection, Keypair } from '@solana/web3.js';
import { createAdminClient } from '#main/practice/admin-client.ts';

const USDC_MARKET = 0;
const POLL_MS = 1_000;
const FUNDING_LAMPORTS = 20_000_000_000n;
const FUNDING_USDC = 100_000_000_000n;

export interface OutsideTrader {
  /** Base58. */
  readonly authority: string;
  /** Its key as text, for a Keel that is to sign for it. */
  readonly secretText: string;
  /** Deposits quote units of 10^-6 into sub-account 0 and waits for the confirmation. */
  depositUsdc(amount: bigint): Promise<string>;
  /** Withdraws quote units of 10^-6 from sub-account 0. */
  withdrawUsdc(amount: bigint): Promise<string>;
  close(): Promise<void>;
}

export interface OutsideTraderOptions {
  /** The other client polls for everything: its own confirmations do not wait for a broken socket. */
  readonly withoutSockets?: boolean;
}

/** A new key, funded by the faucet, with sub-account 0 that holds `firstDeposit` (quote units of 10^-6). */
export async function createOutsideTrader(
  rpcUrl: string,
  firstDeposit: bigint,
  options: OutsideTraderOptions = {},
): Promise<OutsideTrader> {
  const keypair = Keypair.generate();
  const wallet = new sdk.Wallet(keypair);
  const connection = new Connection(rpcUrl, 'confirmed');
  const polling = () => ({
    accountSubscription: {
      type: 'polling' as const,
      accountLoader: new sdk.BulkAccountLoader(connection, 'confirmed', POLL_MS),
    },
    txSender: new sdk.RetryTxSender({
      connection,
      wallet,
      confirmationStrategy: sdk.ConfirmationStrategy.Polling,
    }),
  });
  const admin = createAdminClient(rpcUrl);
  await admin.airdrop({ address: keypair.publicKey.toBase58(), lamports: FUNDING_LAMPORTS });
  await admin.mintTokens({
    owner: keypair.publicKey.toBase58(),
    token: 'USDC',
    amount: FUNDING_USDC,
  });
  const client = new sdk.DriftClient({
    connection,
    wallet,
    env: 'mainnet-beta',
    perpMarketIndexes: [0],
    spotMarketIndexes: [0, 1],
    oracleInfos: [],
    ...(options.withoutSockets === true
      ? polling()
      : { accountSubscription: { type: 'websocket' as const } }),
    txVersion: 0,
  });
  await client.subscribe();
  await client.initializeUserAccount(0, 'outside');
  await client.addUser(0);
  const account = await client.getAssociatedTokenAccount(USDC_MARKET);
  const amountOf = (units: bigint): sdk.BN => new sdk.BN(units.toString());
  const trader: OutsideTrader = {
    authority: keypair.publicKey.toBase58(),
    secretText: base58.encode(keypair.secretKey),
    depositUsdc: (amount) => client.deposit(amountOf(amount), USDC_MARKET, account, 0),
    withdrawUsdc: (amount) => client.withdraw(amountOf(amount), USDC_MARKET, account),
    close: () => client.unsubscribe(),
  };
  await trader.depositUsdc(firstDeposit);
  return trader;
}
