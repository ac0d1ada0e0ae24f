/** Health in hundredths of a percent, on real accounts: it rounds to the venue's own, and is exact (M1). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DriftVenue } from '#main/drift/drift-venue.ts';
import { gatherAccounts } from '#main/drift/read/gather-accounts.ts';
import { networkAt, readerAt, vaultOf } from '#test/support/drift-reading.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { loadMainnetAccounts } from '#test/support/mainnet-accounts.ts';
import { RpcServer } from '#test/support/rpc-server.ts';

const { users, accounts } = loadMainnetAccounts();
let server: RpcServer;

beforeAll(async () => {
  server = await RpcServer.start();
  for (const [key, account] of accounts) server.accounts.set(key, account);
});

afterAll(() => server.close());

it('rounds to the venue’s own health on every account that can be valued', async () => {
  const reader = readerAt(networkAt(server), { rpcTimeoutMs: 20_000, clock: new FakeClock() });
  const vaults = users.map(({ authority, subAccountId, key }) =>
    vaultOf(authority, subAccountId, key),
  );
  const batch = await reader.read(vaults, new Map());
  if (!batch.ok) throw new Error(batch.error.message);
  const seen = [...batch.value.observations].flatMap(([id, each]) =>
    each.ok ? [[id, each.value.figures] as const] : [],
  );
  expect(seen.length).toBeGreaterThanOrEqual(56);
  const inDanger = seen.filter(([, { healthBps }]) => healthBps > 0 && healthBps < 10_000);
  expect(inDanger.length).toBeGreaterThan(10);
  for (const [, { health, healthBps }] of seen) {
    expect(Number.isInteger(healthBps)).toBe(true);
    expect(healthBps >= 0 && healthBps <= 10_000).toBe(true);
    // The venue rounds to the nearest percent, Keel down to the hundredth: half of one apart at most, and that hundredth.
    const apart = health * 100 - healthBps;
    expect(apart > -50 && apart <= 50).toBe(true);
  }
});

it('is the floor of the exact share, in integers', async () => {
  const network = networkAt(server);
  const venue = await DriftVenue.open(network);
  if (!venue.ok) throw new Error(venue.error.message);
  const reader = readerAt(network, { rpcTimeoutMs: 20_000, clock: new FakeClock() });
  const frame = {
    slot: 1_000n,
    accounts: new Map(
      [...server.accounts].map(([key, { owner, data }]) => [
        key,
        { owner, base64: data.toString('base64'), lamports: 1n },
      ]),
    ),
  };
  let compared = 0;
  for (const { authority, subAccountId, key } of users) {
    const vault = vaultOf(authority, subAccountId, key);
    const gathered = gatherAccounts(venue.value, vault, key, frame);
    if (gathered.kind !== 'complete') continue;
    const batch = await reader.read([vault], new Map());
    const read = batch.ok ? batch.value.observations.get(vault.id) : undefined;
    if (!read?.ok) continue;
    const user = venue.value.userOf(gathered.accounts);
    const collateral = BigInt(user.getTotalCollateral('Maintenance').toString());
    const required = BigInt(user.getMaintenanceMarginRequirement().toString());
    const { healthBps } = read.value.figures;
    compared += 1;
    if (collateral <= 0n || required <= 0n || required >= collateral) continue;
    const share = BigInt(healthBps);
    const free = collateral - required;
    expect(share * collateral <= free * 10_000n).toBe(true);
    expect((share + 1n) * collateral > free * 10_000n).toBe(true);
  }
  expect(compared).toBeGreaterThanOrEqual(56);
});
