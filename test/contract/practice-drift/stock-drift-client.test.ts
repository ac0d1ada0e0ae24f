/** The proof that the practice network is real enough: the SDK's own client, unmodified, at work on it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sdk from '@drift-labs/sdk';
import type { DriftClient, DriftClientConfig, OrderParams } from '@drift-labs/sdk';
import { Connection, Keypair, LAMPORTS_PER_SOL, SendTransactionError } from '@solana/web3.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stateAddress } from '#main/drift/codec/addresses.ts';
import { decodeAccount } from '#main/drift/codec/drift-coder.ts';
import { startPracticeNetwork } from '#main/practice/index.ts';
import type { PracticeHandle } from '#main/practice/index.ts';

const { BN } = sdk;

const USDC = 0;
const SOL = 1;
const SOL_PERP = 0;
const SLOT_MS = 60;
const FULL_FILL = 2;
/** More than a deposit of this test earns while it runs, smallest units: on a busy machine it earns a few. */
const INTEREST = 100_000;

type SubscriptionType = 'polling' | 'websocket';

let practice: PracticeHandle;
let connection: Connection;
let folder: string;
const clients: DriftClient[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keel-practice-drift-'));
  practice = await startPracticeNetwork({ dataDir: folder, port: 0, seed: 7, slotMs: SLOT_MS });
  connection = new Connection(practice.network.httpUrl, 'confirmed');
});

afterEach(async () => {
  await practice.network.setExchangeStatus({ bits: 0 });
  // A stock client misses for good what changes between its first read and its subscription, so nothing may.
  await expect.poll(confirmedStatus, { timeout: 15_000, interval: 50 }).toBe(0);
  for (const client of clients.splice(0)) await client.unsubscribe();
});

afterAll(async () => {
  await practice.network.close();
  rmSync(folder, { recursive: true });
});

async function confirmedStatus(): Promise<number> {
  const account = await connection.getAccountInfo(stateAddress(practice.world.deployment));
  return account ? decodeAccount('State', account.data).exchangeStatus : -1;
}

function subscriptionOf(
  type: SubscriptionType,
): NonNullable<DriftClientConfig['accountSubscription']> {
  if (type === 'websocket') return { type };
  return { type, accountLoader: new sdk.BulkAccountLoader(connection, 'confirmed', 100) };
}

async function connect(keypair: Keypair, type: SubscriptionType): Promise<DriftClient> {
  const client = new sdk.DriftClient({
    connection,
    wallet: new sdk.Wallet(keypair),
    env: 'mainnet-beta',
    perpMarketIndexes: [0, 1, 2],
    spotMarketIndexes: [0, 1, 2],
    oracleInfos: [],
    accountSubscription: subscriptionOf(type),
    txVersion: 0,
  });
  clients.push(client);
  expect(await client.subscribe()).toBe(true);
  return client;
}

async function fundedTrader(): Promise<Keypair> {
  const keypair = Keypair.generate();
  const address = keypair.publicKey.toBase58();
  await practice.network.airdrop({ address, lamports: 50n * BigInt(LAMPORTS_PER_SOL) });
  await practice.network.mintTokens({ owner: address, token: 'USDC', amount: 20_000_000_000n });
  return keypair;
}

/** The client sees what it did by its own subscription. */
async function seen(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 15_000, interval: 50 }).toBe(true);
}

async function walletTokens(owner: Keypair, client: DriftClient): Promise<bigint> {
  const account = await client.getAssociatedTokenAccount(USDC);
  const { value } = await connection.getTokenAccountBalance(account);
  expect(owner.publicKey.equals(client.wallet.publicKey)).toBe(true);
  return BigInt(value.amount);
}

/** What the refused transaction says, in the SDK's own words. */
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const logs = error instanceof SendTransactionError ? (error.logs ?? []) : [];
    return [String(error), JSON.stringify(error), ...logs].join('\n');
  }
  throw new Error('The transaction was not refused');
}

describe.each<SubscriptionType>(['polling', 'websocket'])(
  'an unmodified DriftClient, %s subscription',
  (type) => {
    test('reads state, markets and oracles', async () => {
      const client = await connect(practice.starterKeypair, type);
      expect(client.getStateAccount().exchangeStatus).toBe(0);
      expect(client.getPerpMarketAccounts().map((m) => sdk.decodeName(m.name))).toEqual([
        'SOL-PERP',
        'BTC-PERP',
        'ETH-PERP',
      ]);
      expect(client.getSpotMarketAccounts().map((m) => sdk.decodeName(m.name))).toEqual([
        'USDC',
        'SOL',
        'wETH',
      ]);
      const price = client.getOracleDataForPerpMarket(SOL_PERP).price;
      const market = client.getPerpMarketAccount(SOL_PERP);
      if (!market) throw new Error('The client has no SOL-PERP');
      const reserve = sdk.calculateReservePrice(
        market,
        client.getMMOracleDataForPerpMarket(SOL_PERP),
      );
      expect(reserve.sub(price).abs().toNumber() / price.toNumber()).toBeLessThan(0.002);
    });

    test('sees the starter hedged and healthy', async () => {
      const client = await connect(practice.starterKeypair, type);
      const user = client.getUser(0);
      expect(sdk.decodeName(user.getUserAccount().name)).toBe('Main Account');
      expect(user.getPerpPosition(SOL_PERP)?.baseAssetAmount.toString()).toBe('-10000000000');
      expect(user.getTokenAmount(USDC).toNumber()).toBeGreaterThan(2_400_000_000);
      expect(user.getTokenAmount(SOL).toNumber()).toBeGreaterThan(11_900_000_000);
      expect(user.getHealth()).toBeGreaterThan(80);
    });

    test('opens an account, moves money, trades, settles, and sees each change', async () => {
      const keypair = await fundedTrader();
      const client = await connect(keypair, type);
      await client.initializeUserAccount(0, 'First');
      await client.addUser(0);
      const user = client.getUser(0);
      expect(sdk.decodeName(user.getUserAccount().name)).toBe('First');
      const account = await client.getAssociatedTokenAccount(USDC);

      await client.deposit(new BN(5_000_000_000), USDC, account);
      await seen(() => user.getTokenAmount(USDC).toNumber() >= 4_999_999_999);
      await client.deposit(new BN(3 * LAMPORTS_PER_SOL), SOL, keypair.publicKey);
      await seen(() => user.getTokenAmount(SOL).toNumber() >= 2_999_999_999);

      const before = await walletTokens(keypair, client);
      await client.withdraw(new BN(1_000_000_000), USDC, account);
      await seen(() => user.getTokenAmount(USDC).toNumber() <= 4_000_000_000 + INTEREST);
      expect((await walletTokens(keypair, client)) - before).toBe(1_000_000_000n);
      await client.withdraw(new BN(LAMPORTS_PER_SOL), SOL, keypair.publicKey);
      await seen(() => user.getTokenAmount(SOL).toNumber() <= 2_000_000_000 + INTEREST);

      await trade(client, { direction: sdk.PositionDirection.SHORT });
      await seen(
        () => user.getPerpPosition(SOL_PERP)?.baseAssetAmount.toNumber() === -2_000_000_000,
      );
      expect(
        sdk.calculateEntryPrice(user.getPerpPositionOrEmpty(SOL_PERP)).toNumber(),
      ).toBeGreaterThan(0);
      await trade(client, { direction: sdk.PositionDirection.LONG, reduceOnly: true });
      await seen(() => user.getPerpPosition(SOL_PERP)?.baseAssetAmount.toNumber() === 0);

      const usdc = user.getTokenAmount(USDC);
      const owed = user.getPerpPositionOrEmpty(SOL_PERP).quoteAssetAmount;
      expect(owed.isZero()).toBe(false);
      await client.settlePNL(user.getUserAccountPublicKey(), user.getUserAccount(), SOL_PERP);
      await seen(() => user.getPerpPositionOrEmpty(SOL_PERP).quoteAssetAmount.isZero());
      expect(user.getTokenAmount(USDC).sub(usdc).sub(owed).abs().toNumber()).toBeLessThan(5_000);
    });

    test('is refused too large a withdrawal with error 6003', async () => {
      const client = await connect(practice.starterKeypair, type);
      const account = await client.getAssociatedTokenAccount(USDC);
      const answer = await refusal(client.withdraw(new BN(90_000_000_000), USDC, account));
      expect(answer).toContain('0x1773');
      expect(answer).toContain('Error Code: InsufficientCollateral. Error Number: 6003');
    });

    test('is refused while the exchange is paused, and says so', async () => {
      const client = await connect(practice.starterKeypair, type);
      const account = await client.getAssociatedTokenAccount(USDC);
      await practice.network.setExchangeStatus({ bits: 1 });
      await seen(() => client.getStateAccount().exchangeStatus === 1);
      const answer = await refusal(client.deposit(new BN(1_000_000), USDC, account));
      expect(answer).toContain('Error Number: 6024');
    });
  },
);

async function trade(
  client: DriftClient,
  order: { direction: OrderParams['direction']; reduceOnly?: boolean },
): Promise<void> {
  await client.placeAndTakePerpOrder(
    sdk.getMarketOrderParams({
      marketIndex: SOL_PERP,
      direction: order.direction,
      baseAssetAmount: new BN(2_000_000_000),
      reduceOnly: order.reduceOnly ?? false,
    }),
    undefined,
    undefined,
    FULL_FILL,
  );
}
