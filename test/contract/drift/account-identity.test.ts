/** An account that is not exactly the one asked for is an error of its vault alone, and never a figure. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OnChainVault } from '#domain/engine-vault.ts';
import { address } from '#domain/ids.ts';
import type { ErrorCode } from '#domain/keel-error.ts';
import {
  DRIFT_V2,
  perpMarketAddress,
  spotMarketAddress,
  stateAddress,
} from '#main/drift/codec/addresses.ts';
import type { DriftReader } from '#main/drift/index.ts';
import { networkAt, readerAt, vaultOf } from '#test/support/drift-reading.ts';
import { loadMainnetAccounts, PROGRAM } from '#test/support/mainnet-accounts.ts';
import { RpcServer } from '#test/support/rpc-server.ts';

const AUTHORITY_OFFSET = 8;
const SUB_ACCOUNT_OFFSET = 4_346;

const { users, accounts } = loadMainnetAccounts();
const [good, bad] = users.slice(3);
if (good === undefined || bad === undefined) throw new Error('Too few users');
const goodVault = vaultOf(good.authority, good.subAccountId, 'good');
const badVault = vaultOf(bad.authority, bad.subAccountId, 'bad');

let server: RpcServer;
let reader: DriftReader;

beforeAll(async () => {
  server = await RpcServer.start();
  reader = readerAt(networkAt(server));
});
beforeEach(() => {
  server.accounts.clear();
  for (const [key, account] of accounts) server.accounts.set(key, account);
});
afterAll(() => server.close());

type Verdict = ErrorCode | 'valued';

async function verdicts(...vaults: readonly OnChainVault[]): Promise<readonly Verdict[]> {
  const batch = await reader.read(vaults, new Map());
  if (!batch.ok) return [batch.error.code];
  return vaults.map(({ id }) => {
    const observation = batch.value.observations.get(id);
    return observation?.ok ? 'valued' : (observation?.error.code ?? 'INTERNAL');
  });
}

function serveBad(data: Buffer, owner = PROGRAM): void {
  server.accounts.set(bad?.key ?? '', { data, owner });
}

function changed(offset: number, byte: number): Buffer {
  const data = Buffer.from(bad?.data ?? []);
  data.writeUInt8(byte, offset);
  return data;
}

describe('a user account', () => {
  it('that is whole is valued', async () => {
    expect(await verdicts(goodVault, badVault)).toEqual(['valued', 'valued']);
  });

  it('that does not exist', async () => {
    server.accounts.delete(bad.key);
    expect(await verdicts(goodVault, badVault)).toEqual(['valued', 'SUB_ACCOUNT_MISSING']);
  });

  it('of another program', async () => {
    serveBad(bad.data, '11111111111111111111111111111111');
    expect(await verdicts(goodVault, badVault)).toEqual(['valued', 'ACCOUNT_WRONG_OWNER']);
  });

  it('of another authority or sub-account', async () => {
    serveBad(changed(AUTHORITY_OFFSET, ((bad.data[AUTHORITY_OFFSET] ?? 0) + 1) % 256));
    expect(await verdicts(goodVault, badVault)).toEqual(['valued', 'ACCOUNT_MISMATCH']);
    serveBad(changed(SUB_ACCOUNT_OFFSET, ((bad.data[SUB_ACCOUNT_OFFSET] ?? 0) + 1) % 256));
    expect(await verdicts(goodVault, badVault)).toEqual(['valued', 'ACCOUNT_MISMATCH']);
  });

  it('of another size or kind', async () => {
    const size = fc.integer({ min: 0, max: bad.data.length + 200 });
    await fc.assert(
      fc.asyncProperty(size, async (length) => {
        fc.pre(length !== bad.data.length);
        serveBad(Buffer.concat([bad.data, Buffer.alloc(200)]).subarray(0, length));
        expect(await verdicts(goodVault, badVault)).toEqual(['valued', 'ACCOUNT_UNDECODABLE']);
      }),
      { numRuns: 40 },
    );
  });

  it('with any one bit of discriminator, authority or number flipped', async () => {
    const identity = fc.oneof(
      fc.integer({ min: 0, max: 39 }),
      fc.constantFrom(SUB_ACCOUNT_OFFSET, SUB_ACCOUNT_OFFSET + 1),
    );
    await fc.assert(
      fc.asyncProperty(identity, fc.integer({ min: 0, max: 7 }), async (offset, bit) => {
        serveBad(changed(offset, (bad.data[offset] ?? 0) ^ (1 << bit)));
        const [ofGood, ofBad] = await verdicts(goodVault, badVault);
        expect(ofGood).toBe('valued');
        expect(ofBad).toBe(offset < 8 ? 'ACCOUNT_UNDECODABLE' : 'ACCOUNT_MISMATCH');
      }),
      { numRuns: 60 },
    );
  });

  it('with any byte at all changed never disturbs another vault', async () => {
    const offset = fc.integer({ min: 0, max: bad.data.length - 1 });
    await fc.assert(
      fc.asyncProperty(offset, fc.integer({ min: 0, max: 255 }), async (at, byte) => {
        serveBad(changed(at, byte));
        expect((await verdicts(goodVault, badVault))[0]).toBe('valued');
      }),
      { numRuns: 60 },
    );
  });
});

describe('what vaults share', () => {
  it('a program without a state account', async () => {
    server.accounts.delete(stateAddress(DRIFT_V2).toBase58());
    expect(await verdicts(goodVault)).toEqual(['PROGRAM_STATE_MISSING']);
  });

  it('a state account of another layout', async () => {
    const key = stateAddress(DRIFT_V2).toBase58();
    server.accounts.set(key, { owner: PROGRAM, data: Buffer.alloc(992, 1) });
    expect(await verdicts(goodVault)).toEqual(['ACCOUNT_UNDECODABLE']);
  });

  it('a market or an oracle that is gone', async () => {
    const solPerp = perpMarketAddress(DRIFT_V2, 0).toBase58();
    server.accounts.delete(solPerp);
    const verdictsWithout = await verdicts(
      ...users.map((user, index) => vaultOf(user.authority, user.subAccountId, `${index}`)),
    );
    expect(new Set(verdictsWithout)).toEqual(new Set(['valued', 'MARKET_MISSING']));
    for (const [key, { data }] of accounts)
      if (data.length === 133 || data.length === 141) server.accounts.delete(key);
    expect(await verdicts(goodVault)).toEqual(['MARKET_MISSING']);
  });

  it('a market at the address of another', async () => {
    const sol = accounts.get(spotMarketAddress(DRIFT_V2, 1).toBase58());
    if (sol === undefined) throw new Error('No SOL market');
    server.accounts.set(spotMarketAddress(DRIFT_V2, 0).toBase58(), sol);
    expect(await verdicts(goodVault)).toEqual(['ACCOUNT_MISMATCH']);
  });
});

describe('a vault', () => {
  it('that is not of this network or program', async () => {
    const foreign = {
      ...goodVault,
      program: address('vELoC1audYbSYVRXn1vPaV8Axoa9oU6BYmNGZZBDZ1P'),
    };
    expect(await verdicts(foreign, badVault)).toEqual(['ACCOUNT_MISMATCH', 'valued']);
  });

  it('whose authority is no key', async () => {
    const nameless = { ...goodVault, authority: address('nobody') };
    expect(await verdicts(nameless, badVault)).toEqual(['INPUT_INVALID', 'valued']);
  });
});
