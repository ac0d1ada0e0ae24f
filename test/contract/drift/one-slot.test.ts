/** Calls, rounds and slots: the fewest calls, and never figures of two slots in one vault (S10). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OnChainVault } from '#domain/engine-vault.ts';
import { decodeAccount, encodeAccount } from '#main/drift/codec/drift-coder.ts';
import type { DriftReader } from '#main/drift/index.ts';
import { networkAt, readerAt } from '#test/support/drift-reading.ts';
import { loadMainnetAccounts, type MainnetUser } from '#test/support/mainnet-accounts.ts';
import { serveVaults } from '#test/support/many-vaults.ts';
import { RpcServer } from '#test/support/rpc-server.ts';

const { users, accounts } = loadMainnetAccounts();
/** Those with a position in a moving market first. */
const models = users
  .filter(isPlain)
  .toSorted((left, right) => Number(hasSolPerp(right)) - Number(hasSolPerp(left)));

let server: RpcServer;
let reader: DriftReader;

beforeEach(async () => {
  server = await RpcServer.start();
  for (const [key, account] of accounts) server.accounts.set(key, account);
  reader = readerAt(networkAt(server), { rpcTimeoutMs: 20_000 });
});

afterEach(() => server.close());

/** Holds nothing but what all markets in the file can value. */
function isPlain({ data }: MainnetUser): boolean {
  const { perpPositions, spotPositions } = decodeAccount('User', data);
  const perps = perpPositions.filter(
    (perp) => perp.baseAssetAmount !== 0n || perp.quoteAssetAmount !== 0n || perp.openOrders !== 0,
  );
  const spots = spotPositions.filter((spot) => spot.scaledBalance !== 0n || spot.openOrders !== 0);
  return (
    perps.every(({ marketIndex }) => marketIndex < 3) &&
    spots.every(({ marketIndex }) => marketIndex < 2)
  );
}

function hasSolPerp({ data }: MainnetUser): boolean {
  return decodeAccount('User', data).perpPositions.some(
    (perp) => perp.marketIndex === 0 && perp.baseAssetAmount !== 0n,
  );
}

async function slotsOf(vaults: readonly OnChainVault[]): Promise<readonly bigint[]> {
  const batch = await reader.read(vaults, new Map());
  if (!batch.ok) throw new Error(batch.error.message);
  return vaults.map(({ id }) => {
    const observation = batch.value.observations.get(id);
    if (!observation?.ok) throw new Error(observation?.error.message ?? 'not observed');
    return observation.value.slot;
  });
}

function readCalls(): readonly (readonly string[])[] {
  return server.callsOf('getMultipleAccounts').map(({ params }) => params[0] as readonly string[]);
}

describe('many vaults', () => {
  it('of five authorities take ⌈keys/100⌉ calls once their markets are known', async () => {
    const vaults = serveVaults(server, models, 400, 5);
    await slotsOf(vaults);
    server.requests.length = 0;
    server.nextSlot();
    expect(new Set(await slotsOf(vaults))).toEqual(new Set([1_001n]));
    const unique = new Set(readCalls().flat());
    expect(readCalls()).toHaveLength(Math.ceil(unique.size / 100));
    for (const keys of readCalls()) expect(keys.length).toBeLessThanOrEqual(100);
    expect(server.requests).toHaveLength(readCalls().length);
  });

  it('report what a read cost', async () => {
    const vaults = serveVaults(server, models, 150, 3);
    await slotsOf(vaults);
    server.requests.length = 0;
    const batch = await reader.read(vaults, new Map());
    expect(batch).toMatchObject({ ok: true, value: { rpcCalls: server.requests.length } });
  });

  it('are known in three rounds from nothing', async () => {
    const [vault] = serveVaults(server, models, 1, 1);
    if (vault === undefined) throw new Error('No vault');
    await slotsOf([vault]);
    expect(readCalls().length).toBeLessThanOrEqual(3);
    server.requests.length = 0;
    await slotsOf([vault]);
    expect(readCalls()).toHaveLength(1);
  });
});

describe('calls that are answered at different slots', () => {
  it('are read again until each vault is of one slot', async () => {
    // So many that shared keys fit into only one of the calls.
    const vaults = serveVaults(server, models, 193, 5);
    await slotsOf(vaults);
    let next = 2_000;
    const slotOfKey = new Map<string, Set<number>>();
    server.slotFor = (keys) => {
      next += 1;
      for (const key of keys) slotOfKey.set(key, (slotOfKey.get(key) ?? new Set()).add(next));
      return next;
    };
    server.requests.length = 0;
    const slots = await slotsOf(vaults);
    expect(new Set(slots).size).toBeGreaterThan(1);
    const answered = new Map(
      readCalls().map((keys, index) => [BigInt(2_001 + index), new Set(keys)]),
    );
    for (const slot of slots) {
      const state = [...accounts.entries()].find(([, { data }]) => data.length === 992)?.[0] ?? '';
      expect(answered.get(slot)?.has(state)).toBe(true);
    }
  });

  it('never mix the prices of two slots', async () => {
    const vaults = serveVaults(server, models.slice(0, 1), 193, 5);
    await slotsOf(vaults);
    const base = new Map(server.accounts);
    let next = 2_000;
    server.slotFor = () => {
      next += 1;
      for (const [key, account] of base) {
        if (account.data.length !== 48) continue;
        const oracle = decodeAccount('PythLazerOracle', account.data);
        const moved = { ...oracle, price: oracle.price + BigInt(next) * 1_000n };
        server.accounts.set(key, { ...account, data: encodeAccount('PythLazerOracle', moved) });
      }
      return next;
    };
    const batch = await reader.read(vaults, new Map());
    if (!batch.ok) throw new Error(batch.error.message);
    const pricesAt = new Map<bigint, Set<string>>();
    for (const observation of batch.value.observations.values()) {
      if (!observation.ok) throw new Error(observation.error.message);
      const { slot, perpPositions, figures } = observation.value;
      const seen = `${perpPositions.map((perp) => perp.oraclePrice).join()} ${figures.unrealizedPnl}`;
      pricesAt.set(slot, (pricesAt.get(slot) ?? new Set()).add(seen));
    }
    expect(pricesAt.size).toBeGreaterThan(1);
    for (const seen of pricesAt.values()) expect(seen.size).toBe(1);
    expect(new Set([...pricesAt.values()].flatMap((seen) => [...seen])).size).toBe(pricesAt.size);
  });
});

describe('what changes between reads', () => {
  it('a position in a new market is read in the same call of the engine', async () => {
    const [model] = models;
    const [vault] = serveVaults(server, models, 1, 1);
    if (model === undefined || vault === undefined) throw new Error('No vault');
    await slotsOf([vault]);
    const key =
      readCalls()[0]?.find((candidate) => server.accounts.get(candidate)?.data.length === 4_376) ??
      '';
    const account = server.accounts.get(key);
    if (account === undefined) throw new Error('No account');
    const user = decodeAccount('User', account.data);
    const free = user.perpPositions.find(
      (perp) =>
        perp.baseAssetAmount === 0n && perp.quoteAssetAmount === 0n && perp.openOrders === 0,
    );
    if (free === undefined) throw new Error('No free slot');
    Object.assign(free, {
      marketIndex: 9,
      baseAssetAmount: 1_000_000_000n,
      quoteAssetAmount: -1_000_000n,
      positionFlag: 0,
    });
    server.accounts.set(key, { ...account, data: encodeAccount('User', user) });
    const batch = await reader.read([vault], new Map());
    const observation = batch.ok ? batch.value.observations.get(vault.id) : undefined;
    const markets = observation?.ok
      ? observation.value.perpPositions.map(({ market }) => market)
      : [];
    expect(markets).toContain('SUI-PERP');
  });

  it('a new price is not mistaken for an old one', async () => {
    const [vault] = serveVaults(server, models, 1, 1);
    if (vault === undefined) throw new Error('No vault');
    const before = await reader.read([vault], new Map());
    for (const [key, account] of server.accounts) {
      if (account.data.length !== 48) continue;
      const oracle = decodeAccount('PythLazerOracle', account.data);
      const data = encodeAccount('PythLazerOracle', { ...oracle, price: oracle.price * 2n });
      server.accounts.set(key, { ...account, data });
    }
    const after = await reader.read([vault], new Map());
    const priceOf = (batch: typeof before) => {
      const observation = batch.ok ? batch.value.observations.get(vault.id) : undefined;
      return observation?.ok ? observation.value.perpPositions.at(0)?.oraclePrice : undefined;
    };
    expect(priceOf(before)).toBeDefined();
    expect(priceOf(after)).toBe((priceOf(before) ?? 0n) * 2n);
  });
});
