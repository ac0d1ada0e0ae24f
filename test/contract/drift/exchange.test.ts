/** What the venue itself allows, told by the read that values the vaults anyway (M2). */
import type { PublicKey } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  MARKET_STATUSES,
  type ExchangeObservation,
  type MarketState,
  type SpotMarketState,
} from '#domain/exchange-state.ts';
import { EXCHANGE_OPERATIONS } from '#domain/exchange-status.ts';
import type { OnChainVault } from '#domain/engine-vault.ts';
import {
  DRIFT_V2,
  perpMarketAddress,
  spotMarketAddress,
  stateAddress,
} from '#main/drift/codec/addresses.ts';
import {
  decodeAccount,
  encodeAccount,
  type DriftAccountName,
  type DriftAccounts,
} from '#main/drift/codec/drift-coder.ts';
import type { Plain } from '#main/drift/codec/plain.ts';
import type { DriftReader } from '#main/drift/index.ts';
import { networkAt, readerAt, vaultOf } from '#test/support/drift-reading.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { loadMainnetAccounts, PROGRAM, type MainnetUser } from '#test/support/mainnet-accounts.ts';
import { serveVaults } from '#test/support/many-vaults.ts';
import { RpcServer } from '#test/support/rpc-server.ts';

const { users, accounts } = loadMainnetAccounts();
const CLOCK_KEY = 'SysvarC1ock11111111111111111111111111111111';
const USDC = spotMarketAddress(DRIFT_V2, 0);
const SOL = spotMarketAddress(DRIFT_V2, 1);
const SOL_PERP = perpMarketAddress(DRIFT_V2, 0);
const STATE = stateAddress(DRIFT_V2);

let server: RpcServer;
let reader: DriftReader;
let vault: OnChainVault;

beforeEach(async () => {
  server = await RpcServer.start();
  for (const [key, account] of accounts) server.accounts.set(key, account);
  setChainTime(1_790_000_000n);
  reader = readerAt(networkAt(server), { rpcTimeoutMs: 20_000, clock: new FakeClock() });
  vault = vaultOf(holder.authority, holder.subAccountId);
  // Fresh, and certain, unless a test says otherwise.
  for (const key of [SOL, SOL_PERP]) tuneOracle(key, ({ slot }) => ({ slot: slot + 99n }));
});

afterEach(async () => {
  reader.close();
  await server.close();
});

/** Holds SOL and a position in SOL-PERP, and nothing that could not be valued. */
const holder = users.find(({ data }) => {
  const { perpPositions, spotPositions } = decodeAccount('User', data);
  const perps = perpPositions.filter(
    (perp) => perp.baseAssetAmount !== 0n || perp.quoteAssetAmount !== 0n || perp.openOrders !== 0,
  );
  const spots = spotPositions.filter((spot) => spot.scaledBalance !== 0n || spot.openOrders !== 0);
  const has = (market: number) => spots.some(({ marketIndex }) => marketIndex === market);
  return (
    perps.length > 0 &&
    perps.every(({ marketIndex }) => marketIndex === 0) &&
    spots.every(({ marketIndex }) => marketIndex < 2) &&
    has(1)
  );
}) as MainnetUser;

function tune<Name extends DriftAccountName>(
  name: Name,
  key: PublicKey,
  change: (account: Plain<DriftAccounts[Name]>) => void,
): void {
  const served = server.accounts.get(key.toBase58());
  if (served === undefined) throw new Error(`No ${name} there`);
  const account = decodeAccount(name, served.data);
  change(account);
  server.accounts.set(key.toBase58(), { owner: PROGRAM, data: encodeAccount(name, account) });
}

interface Quote {
  /** 10^-6. */
  readonly price: bigint;
  readonly confidence: bigint;
  readonly slot: bigint;
}

/** The market's oracle in the layout that the program owns, at its last price. */
function tuneOracle(market: PublicKey, change: (usual: Quote) => Partial<Quote>): void {
  const isPerp = market.equals(SOL_PERP);
  const oracles: { oracle: PublicKey; price: bigint }[] = [];
  const source = { pythLazer: {} } as never;
  if (isPerp) {
    tune('PerpMarket', market, ({ amm }) => {
      amm.oracleSource = source;
      oracles.push({ oracle: amm.oracle, price: amm.historicalOracleData.lastOraclePriceTwap });
    });
  } else {
    tune('SpotMarket', market, (spot) => {
      spot.oracleSource = source;
      oracles.push({
        oracle: spot.oracle,
        price: spot.historicalOracleData.lastOraclePriceTwap,
      });
    });
  }
  const [found] = oracles;
  if (found === undefined) throw new Error('No market');
  const usual = { price: found.price, confidence: found.price / 10_000n, slot: 900n };
  const { price, confidence, slot } = { ...usual, ...change(usual) };
  const data = encodeAccount('PythLazerOracle', {
    price,
    publishTime: 1_700_000_000_000_000n,
    postedSlot: slot,
    exponent: -6,
    padding: [0, 0, 0, 0],
    conf: confidence,
  });
  server.accounts.set(found.oracle.toBase58(), { owner: PROGRAM, data });
}

function setChainTime(seconds: bigint): void {
  const data = Buffer.alloc(40);
  data.writeBigInt64LE(seconds, 32);
  server.accounts.set(CLOCK_KEY, {
    owner: 'Sysvar1111111111111111111111111111111111111',
    data,
  });
}

async function exchange(vaults: readonly OnChainVault[] = [vault]): Promise<ExchangeObservation> {
  const batch = await reader.read(vaults, new Map());
  if (!batch.ok) throw new Error(batch.error.message);
  const seen = batch.value.exchange;
  if (seen === null) throw new Error('The exchange was not seen');
  return seen;
}

async function market(kind: MarketState['kind'], index: number): Promise<MarketState> {
  const { markets } = await exchange();
  const found = markets.find((each) => each.kind === kind && each.marketIndex === index);
  if (found === undefined) throw new Error(`No ${kind} market ${index}`);
  return found;
}

async function spot(index: number): Promise<SpotMarketState> {
  const found = await market('spot', index);
  if (found.kind !== 'spot') throw new Error('Not spot');
  return found;
}

describe('the exchange, seen with the vaults', () => {
  it('is told with its markets in use at the slot of the figures, for no further call', async () => {
    await exchange();
    server.requests.length = 0;
    server.nextSlot();
    const seen = await exchange();
    expect(server.requests.map(({ method }) => method)).toEqual(['getMultipleAccounts']);
    expect(seen.slot).toBe(1_001n);
    expect(seen.status).toEqual({ bits: 5, paused: ['deposit', 'amm'] });
    expect(seen.markets.map(({ kind, marketIndex, name }) => [kind, marketIndex, name])).toEqual([
      ['spot', 0, 'USDC'],
      ['spot', 1, 'SOL'],
      ['perp', 0, 'SOL-PERP'],
    ]);
  });

  it('knows the quote market though no vault holds it', async () => {
    tune('User', userKeyOf(holder), (user) => {
      for (const perp of user.perpPositions) {
        Object.assign(perp, { baseAssetAmount: 0n, quoteAssetAmount: 0n, openOrders: 0 });
      }
      for (const each of user.spotPositions) each.scaledBalance = 0n;
    });
    await exchange();
    expect((await exchange()).markets.map(({ name }) => name)).toEqual(['USDC']);
  });

  it.each(EXCHANGE_OPERATIONS.map((operation, bit) => [operation, bit] as const))(
    'has paused %s',
    async (operation, bit) => {
      tune('State', STATE, (state) => {
        state.exchangeStatus = 1 << bit;
      });
      expect((await exchange()).status.paused).toEqual([operation]);
    },
  );

  it('has paused everything, and still every vault is read', async () => {
    tune('State', STATE, (state) => {
      state.exchangeStatus = 255;
    });
    const vaults = serveVaults(server, [holder], 40, 2);
    const batch = await reader.read(vaults, new Map());
    if (!batch.ok) throw new Error(batch.error.message);
    expect(batch.value.exchange?.status).toEqual({ bits: 255, paused: EXCHANGE_OPERATIONS });
    expect([...batch.value.observations.values()].filter(({ ok }) => ok)).toHaveLength(40);
  });

  it('is unknown where no vault was read', async () => {
    const absent = { ...vault, subAccountId: 999 };
    const batch = await reader.read([absent], new Map());
    expect(batch).toMatchObject({ ok: true, value: { exchange: null } });
  });

  it('is that of the newest slot where vaults were answered at several', async () => {
    const vaults = serveVaults(server, [holder], 150, 2);
    await exchange(vaults);
    let answered = 0;
    server.slotFor = () => 1_000 + (answered++ % 2);
    const seen = await exchange(vaults);
    expect(seen.slot).toBe(1_001n);
    expect(seen.markets).toHaveLength(3);
  });
});

function userKeyOf({ key }: MainnetUser): PublicKey {
  return new (USDC.constructor as new (text: string) => PublicKey)(key);
}

describe('a market', () => {
  it.each(MARKET_STATUSES.filter((status) => status !== 'unknown'))('is %s', async (status) => {
    tune('SpotMarket', SOL, (each) => {
      each.status = { [status]: {} } as never;
    });
    tune('PerpMarket', SOL_PERP, (each) => {
      each.status = { [status]: {} } as never;
    });
    expect((await spot(1)).status).toBe(status);
    expect((await market('perp', 0)).status).toBe(status);
  });

  it('with a status that Keel does not know is told as such, and its vault is read', async () => {
    for (const [name, key] of [
      ['SpotMarket', SOL],
      ['PerpMarket', SOL_PERP],
    ] as const) {
      const served = server.accounts.get(key.toBase58());
      if (served === undefined) throw new Error('No market');
      const known = decodeAccount(name, served.data) as { status: object };
      const bytesWith = (status: string) =>
        encodeAccount(name, { ...known, status: { [status]: {} } } as never);
      const at = bytesWith('active').findIndex((byte, i) => byte !== bytesWith('delisted')[i]);
      const data = Buffer.from(served.data);
      data[at] = 9;
      server.accounts.set(key.toBase58(), { owner: PROGRAM, data });
    }
    expect((await spot(1)).status).toBe('unknown');
    expect((await market('perp', 0)).status).toBe('unknown');
    const batch = await reader.read([vault], new Map());
    expect(batch.ok && batch.value.observations.get(vault.id)).toMatchObject({ ok: true });
  });

  it.each([
    [1, 'updateInterest'],
    [2, 'fill'],
    [4, 'deposit'],
    [8, 'withdraw'],
    [16, 'liquidation'],
  ] as const)('of tokens with bit %i has paused %s', async (bit, operation) => {
    tune('SpotMarket', SOL, (each) => {
      each.pausedOperations = bit;
    });
    expect((await spot(1)).pausedOperations).toEqual([operation]);
  });

  it.each([
    [1, 'updateFunding'],
    [2, 'ammFill'],
    [4, 'fill'],
    [8, 'settlePnl'],
    [16, 'settlePnlWithPosition'],
    [32, 'liquidation'],
    [64, 'settleRevPool'],
  ] as const)('of perps with bit %i has paused %s', async (bit, operation) => {
    tune('PerpMarket', SOL_PERP, (each) => {
      each.pausedOperations = bit;
    });
    expect((await market('perp', 0)).pausedOperations).toEqual([operation]);
  });

  it('takes deposits up to its cap', async () => {
    const deposits = await depositsOf(SOL);
    const withCap = async (cap: bigint) => {
      tune('SpotMarket', SOL, (each) => {
        each.maxTokenDeposits = cap;
      });
      return (await spot(1)).depositRoom;
    };
    expect(await withCap(deposits + 7n)).toBe(7n);
    expect(await withCap(deposits)).toBe(0n);
    expect(await withCap(1n)).toBe(0n);
    expect(await withCap(0n)).toBeNull();
  });

  it('lets out what its guard allows by the time of the chain', async () => {
    const since = 1_790_000_000n;
    const deposits = await depositsOf(SOL);
    tune('SpotMarket', SOL, (each) => {
      each.withdrawGuardThreshold = 1n;
      each.borrowBalance = 0n;
      each.depositTokenTwap = deposits * 4n;
      each.lastTwapTs = since;
    });
    setChainTime(since);
    // Three quarters of the average are to stay: more than there is.
    expect((await spot(1)).guardRoom).toBe(0n);
    setChainTime(since + 86_400n);
    expect((await spot(1)).guardRoom).toBe(deposits / 4n);
  });
});

async function depositsOf(key: PublicKey): Promise<bigint> {
  const served = server.accounts.get(key.toBase58());
  if (served === undefined) throw new Error('No market');
  const { depositBalance, cumulativeDepositInterest, decimals } = decodeAccount(
    'SpotMarket',
    served.data,
  );
  return (depositBalance * cumulativeDepositInterest) / 10n ** BigInt(19 - decimals);
}

describe('an oracle', () => {
  const both = async () => [(await spot(1)).oracle, (await market('perp', 0)).oracle] as const;
  const tuneBoth = (change: (usual: Quote) => Partial<Quote>) => {
    for (const key of [SOL, SOL_PERP]) tuneOracle(key, change);
  };

  it('is valid, with its age and its confidence rounded up', async () => {
    tuneBoth(({ price }) => ({ slot: 997n, confidence: price / 10_000n + 1n }));
    for (const oracle of await both()) {
      expect(oracle).toMatchObject({ ageSlots: 3, confidenceBps: 2, validity: 'valid' });
    }
  });

  it('of the quote is exact and never old', async () => {
    tune('SpotMarket', USDC, (each) => {
      each.oracleSource = { quoteAsset: {} } as never;
    });
    expect((await spot(0)).oracle).toEqual({
      price: 1_000_000n,
      ageSlots: 0,
      confidenceBps: 0,
      validity: 'valid',
    });
  });

  it('posted after the slot that was read has no negative age', async () => {
    tuneBoth(() => ({ slot: 5_000n }));
    for (const { ageSlots } of await both()) expect(ageSlots).toBe(0);
  });

  it('is too old for the market maker first, and for margin then', async () => {
    const setOverride = (slots: number) =>
      tune('PerpMarket', SOL_PERP, ({ amm }) => {
        amm.oracleLowRiskSlotDelayOverride = slots;
      });
    setOverride(0);
    tuneBoth(() => ({ slot: 990n }));
    expect((await both()).map(({ validity }) => validity)).toEqual(['valid', 'valid']);
    tuneBoth(() => ({ slot: 989n }));
    expect((await both()).map(({ validity }) => validity)).toEqual(['valid', 'old']);
    setOverride(11);
    expect((await both()).map(({ validity }) => validity)).toEqual(['valid', 'valid']);
    tuneBoth(() => ({ slot: 879n }));
    expect((await both()).map(({ validity }) => validity)).toEqual(['old', 'old']);
  });

  it('is too uncertain beyond the rail times what its tier allows', async () => {
    // The rail is two percent; both markets are of the strictest tier.
    tune('SpotMarket', SOL, (each) => {
      each.assetTier = { collateral: {} } as never;
    });
    tune('PerpMarket', SOL_PERP, (each) => {
      each.contractTier = { a: {} } as never;
    });
    const fresh = { slot: 1_000n };
    tuneBoth(({ price }) => ({ ...fresh, confidence: price / 50n }));
    expect((await both()).map(({ validity }) => validity)).toEqual(['valid', 'valid']);
    tuneBoth(({ price }) => ({ ...fresh, confidence: price / 49n }));
    for (const oracle of await both()) {
      expect(oracle).toMatchObject({ validity: 'uncertain', confidenceBps: 205 });
    }
    tune('SpotMarket', SOL, (each) => {
      each.assetTier = { cross: {} } as never;
    });
    tune('PerpMarket', SOL_PERP, (each) => {
      each.contractTier = { c: {} } as never;
    });
    expect((await both()).map(({ validity }) => validity)).toEqual(['valid', 'valid']);
  });

  it('is volatile at more than five times its average, or less than a fifth', async () => {
    const fresh = { slot: 1_000n };
    tuneBoth(({ price }) => ({ ...fresh, price: price * 6n, confidence: 0n }));
    for (const { validity } of await both()) expect(validity).toBe('volatile');
    tuneBoth(({ price }) => ({ ...fresh, price: price / 7n, confidence: 0n }));
    for (const { validity } of await both()) expect(validity).toBe('volatile');
  });

  it('without a price is invalid, and costs no other market its state', async () => {
    tuneOracle(SOL_PERP, () => ({ price: 0n, slot: 1_000n }));
    const seen = await exchange();
    const found = seen.markets.find(({ kind }) => kind === 'perp');
    expect(found?.oracle).toMatchObject({ validity: 'invalid', confidenceBps: null });
    expect(seen.markets.map(({ name }) => name)).toContain('USDC');
  });
});
