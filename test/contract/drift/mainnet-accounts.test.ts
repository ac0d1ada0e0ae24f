/** Real accounts through the whole way: HTTP, decoding, valuation, command line (V2, V3). */
import { Connection, Keypair, PublicKey } from '@solana/web3.js';
import sdk from '@drift-labs/sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { OnChainVault } from '#domain/engine-vault.ts';
import { runRead } from '#main/app/read/run-read.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { networkAt, readerAt, vaultOf } from '#test/support/drift-reading.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { loadMainnetAccounts, type MainnetUser } from '#test/support/mainnet-accounts.ts';
import { RpcServer } from '#test/support/rpc-server.ts';

const amount = z.string().regex(/^-?\d+$/);
const snapshotSchema = z.object({
  slot: z.number(),
  authority: z.string(),
  subAccountId: z.number(),
  totalCollateral: amount,
  freeCollateral: amount,
  initialMargin: amount,
  maintenanceMargin: amount,
  health: z.number().int().min(0).max(100),
  leverage: amount,
  unrealizedPnl: amount,
  balances: z.object({ USDC: amount, DRIFT_POS: amount, SOL: z.literal('0') }),
  perpPositions: z.array(
    z.object({
      market: z.string(),
      marketIndex: z.number(),
      baseSize: amount,
      entryPrice: amount,
      markPrice: amount,
      oraclePrice: amount,
      unrealizedPnl: amount,
      unsettledPnl: amount,
      unrealizedFunding: amount,
      liquidationPrice: amount.nullable(),
    }),
  ),
  spotPositions: z.array(
    z.object({
      token: z.string(),
      marketIndex: z.number(),
      amount,
      decimals: z.number(),
      value: amount,
      withdrawable: amount,
    }),
  ),
  exchangeStatus: z.object({
    bits: z.literal(5),
    paused: z.tuple([z.literal('deposit'), z.literal('amm')]),
  }),
});
const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string() }),
});

const { users, accounts } = loadMainnetAccounts();
let server: RpcServer;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2025, 5, 1) });
  server = await RpcServer.start();
  for (const [key, account] of accounts) server.accounts.set(key, account);
});

afterAll(async () => {
  vi.useRealTimers();
  await server.close();
});

async function readJson({ authority, subAccountId }: MainnetUser): Promise<unknown> {
  const { stdout, status } = await runRead(
    [
      '--rpc',
      server.url,
      '--authority',
      authority,
      '--sub-account',
      String(subAccountId),
      '--json',
    ],
    systemClock(),
  );
  const answer: unknown = JSON.parse(stdout);
  expect(status).toBe(errorSchema.safeParse(answer).success ? 1 : 0);
  return answer;
}

/** Base sizes straight from the bytes, by the program's published layout: independent of any coder. */
function baseSizesIn(data: Buffer): Map<number, bigint> {
  const sizes = new Map<number, bigint>();
  for (let start = 424; start < 424 + 8 * 96; start += 96) {
    const base = data.readBigInt64LE(start + 8);
    if (base !== 0n) sizes.set(data.readUInt16LE(start + 92), base);
  }
  return sizes;
}

/** The stock client with all markets, subscribed to the same server by polling. */
async function stockClient(): Promise<InstanceType<typeof sdk.DriftClient>> {
  const connection = new Connection(server.url, 'confirmed');
  const loader = new sdk.BulkAccountLoader(connection, 'confirmed', 0);
  const markets = [...accounts.values()].map(({ data }) => data);
  const coder = new sdk.CustomBorshCoder(
    new sdk.DriftClient({
      connection,
      wallet: new sdk.Wallet(Keypair.generate()),
      accountSubscription: { type: 'websocket' },
    }).program.idl,
  );
  const decodeAll = <Account>(name: string, size: number) =>
    markets
      .filter((data) => data.length === size)
      .map((data) => coder.accounts.decode<Account>(name, data));
  const perps = decodeAll<sdk.PerpMarketAccount>('PerpMarket', 1_216);
  const spots = decodeAll<sdk.SpotMarketAccount>('SpotMarket', 776).filter(({ oracle }) =>
    server.accounts.has(oracle.toBase58()),
  );
  const client = new sdk.DriftClient({
    connection,
    wallet: new sdk.Wallet(Keypair.generate()),
    skipLoadUsers: true,
    accountSubscription: { type: 'polling', accountLoader: loader },
    perpMarketIndexes: perps.map(({ marketIndex }) => marketIndex),
    spotMarketIndexes: spots.map(({ marketIndex }) => marketIndex),
    oracleInfos: [
      ...perps.map(({ amm }) => ({ publicKey: amm.oracle, source: amm.oracleSource })),
      ...spots.map(({ oracle, oracleSource }) => ({ publicKey: oracle, source: oracleSource })),
    ],
  });
  await client.subscribe();
  return client;
}

describe('real accounts', () => {
  it('are each valued exactly or refused with their own error', { timeout: 120_000 }, async () => {
    const client = await stockClient();
    const refused: string[] = [];
    let valued = 0;
    for (const stored of users) {
      const answer = await readJson(stored);
      const failure = errorSchema.safeParse(answer);
      if (failure.success) {
        refused.push(failure.data.error.code);
        continue;
      }
      const found = snapshotSchema.parse(answer);
      expect([found.authority, found.subAccountId]).toEqual([
        stored.authority,
        stored.subAccountId,
      ]);
      expectFormula(found, stored);
      expectAsStock(found, client, stored);
      valued += 1;
    }
    await client.unsubscribe();
    expect(valued).toBeGreaterThanOrEqual(56);
    expect(new Set(refused)).toEqual(new Set(['MARKET_MISSING']));
    expect(valued + refused.length).toBe(users.length);
  });

  it('have the same figures alone as among all others (V1)', async () => {
    const vaults = users.map(({ authority, subAccountId, key }) =>
      vaultOf(authority, subAccountId, key),
    );
    const together = await observationsOf(vaults);
    const sample = vaults.filter((_, index) => index % 5 === 0);
    for (const vault of sample) {
      const alone = await observationsOf([vault]);
      expect(alone.get(vault.id)).toEqual(together.get(vault.id));
    }
    expect(sample.filter(({ id }) => together.get(id)?.ok).length).toBeGreaterThan(5);
  });

  it('are all found, each at its own address', () => {
    expect(new Set(users.map(({ key }) => key)).size).toBe(users.length);
  });
});

/** By a reader of its own, so that nothing of an earlier read helps. */
async function observationsOf(vaults: readonly OnChainVault[]) {
  const reader = readerAt(networkAt(server), { rpcTimeoutMs: 20_000, clock: new FakeClock() });
  const batch = await reader.read(vaults, new Map());
  if (!batch.ok) throw new Error(batch.error.message);
  return batch.value.observations;
}

type Found = z.infer<typeof snapshotSchema>;

function expectFormula(found: Found, { data }: MainnetUser): void {
  const sizes = baseSizesIn(data);
  const shown = found.perpPositions.filter(({ baseSize }) => baseSize !== '0');
  expect(new Map(shown.map((perp) => [perp.marketIndex, BigInt(perp.baseSize)]))).toEqual(
    new Map([...sizes].toSorted(([left], [right]) => left - right)),
  );
  const driftPos = shown.reduce((sum, { marketIndex, markPrice }) => {
    const base = sizes.get(marketIndex) ?? 0n;
    return sum + ((base < 0n ? -base : base) * BigInt(markPrice)) / 1_000_000_000n;
  }, 0n);
  const rest = BigInt(found.totalCollateral) - driftPos;
  expect(found.balances).toEqual({
    DRIFT_POS: driftPos.toString(),
    USDC: (rest > 0n ? rest : 0n).toString(),
    SOL: '0',
  });
}

function expectAsStock(
  found: Found,
  client: InstanceType<typeof sdk.DriftClient>,
  stored: MainnetUser,
): void {
  const key = new PublicKey(stored.key);
  const account = client.program.account.user?.coder.accounts.decode<sdk.UserAccount>(
    'User',
    stored.data,
  );
  if (account === undefined) throw new Error('The stock client has no user coder');
  // Slots without the flag hold old bytes here, and the stock getters then ask for markets that do not matter.
  const perpPositions = account.perpPositions.map((position) => ({
    ...position,
    ...((position.positionFlag & 1) === 0 ? { isolatedPositionScaledBalance: sdk.ZERO } : {}),
  }));
  const user = new sdk.User({
    driftClient: client,
    userAccountPublicKey: key,
    accountSubscription: {
      type: 'custom',
      userAccountSubscriber: new sdk.BasicUserAccountSubscriber(
        key,
        { ...account, perpPositions },
        1,
      ),
    },
  });
  expect(found).toMatchObject({
    totalCollateral: user.getTotalCollateral().toString(),
    freeCollateral: user.getFreeCollateral().toString(),
    initialMargin: user.getInitialMarginRequirement().toString(),
    maintenanceMargin: user.getMaintenanceMarginRequirement().toString(),
    health: user.getHealth(),
    leverage: user.getLeverage().toString(),
    unrealizedPnl: user.getUnrealizedPNL().toString(),
  });
  for (const perp of found.perpPositions) expectPerpAsStock(perp, user);
  for (const spot of found.spotPositions) {
    expect(spot).toMatchObject({
      amount: user.getTokenAmount(spot.marketIndex).toString(),
      withdrawable: user.getWithdrawalLimit(spot.marketIndex, true).toString(),
    });
  }
}

function expectPerpAsStock(perp: Found['perpPositions'][number], user: sdk.User): void {
  const { driftClient: client } = user;
  const market = client.getPerpMarketAccount(perp.marketIndex);
  const position = user.getPerpPosition(perp.marketIndex);
  if (market === undefined || position === undefined)
    throw new Error('The stock user has no such position');
  const liquidation = user.liquidationPrice(perp.marketIndex).toString();
  expect(perp).toMatchObject({
    baseSize: position.baseAssetAmount.toString(),
    markPrice: sdk
      .calculateReservePrice(market, client.getMMOracleDataForPerpMarket(perp.marketIndex))
      .toString(),
    oraclePrice: client.getOracleDataForPerpMarket(perp.marketIndex).price.toString(),
    entryPrice: sdk.calculateEntryPrice(position).toString(),
    unrealizedFunding: user.getUnrealizedFundingPNL(perp.marketIndex).toString(),
    liquidationPrice: liquidation === '-1' ? null : liquidation,
  });
}
