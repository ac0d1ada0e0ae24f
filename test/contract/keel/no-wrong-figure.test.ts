/**
 * Whatever a node answers, the stored figures are those of the account or they stay what they were: each way to be
 * wrong has an error of its own (S4, S5, S7).
 */
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VaultId } from '#domain/ids.ts';
import type { ErrorCode } from '#domain/keel-error.ts';
import type { PracticeFaults } from '#domain/practice.ts';
import type { VaultObservation } from '#domain/vault-state.ts';
import { startKeelHost, type KeelHost } from '#test/support/keel-host.ts';
import { eventually } from '#test/support/shell-profile.ts';

const QUICK = {
  heartbeatMs: 1_000,
  firstRetryDelayMs: 100,
  reconnectEveryMs: 1_000,
  rpcTimeoutMs: 1_000,
};
const DEPOSIT = 123_456_789n;

let keel: KeelHost;
let funding: VaultId;

beforeEach(async () => {
  keel = await startKeelHost({ sync: QUICK, world: { volatility: 0 } });
  funding = keel.vaultNamed('Funding').vault.id;
  await keel.eventuallyView(
    'verified',
    funding,
    (view) => view.state.verification.kind === 'verified',
  );
});

afterEach(() => keel.close());

const observed = (): VaultObservation => {
  const { observation } = keel.view(funding).state;
  if (observation === null) throw new Error('Nothing was observed');
  return observation;
};

const usdcBalance = (): bigint =>
  observed().snapshot.spotPositions.find(({ marketIndex }) => marketIndex === 0)?.scaledBalance ??
  0n;

/** Total collateral as another program reads it from the file. */
function storedCollateral(): bigint {
  const database = new Database(keel.databaseFile, { readonly: true });
  database.defaultSafeIntegers(true);
  const row = database
    .prepare(
      'SELECT total_collateral FROM sync_states JOIN vaults ON vaults.no = sync_states.vault WHERE vaults.id = ?',
    )
    .pluck()
    .get(funding) as bigint;
  database.close();
  return row;
}

async function failsWith(faults: PracticeFaults, codes: readonly ErrorCode[]): Promise<void> {
  const before = observed();
  await keel.practice.network.setFaults(faults);
  await keel.eventuallyView('the sync fails', funding, (view) => view.state.failure !== null);
  const { state } = keel.view(funding);
  expect(codes).toContain(state.failure?.error.code);
  expect(state.halt?.error.code).toBe(state.failure?.error.code);
  expect(state.observation?.snapshot.slot).toBeGreaterThanOrEqual(before.snapshot.slot);
  expect(state.observation?.snapshot.figures.totalCollateral).not.toBe(0n);
  expect(storedCollateral()).toBe(state.observation?.snapshot.figures.totalCollateral);
}

describe('a node that answers wrongly', () => {
  const cases: readonly [string, PracticeFaults, readonly ErrorCode[]][] = [
    ['truncated replies', { truncateRate: 1 }, ['RPC_TRUNCATED_REPLY']],
    ['malformed replies', { malformedRate: 1 }, ['RPC_MALFORMED_REPLY']],
    ['rate limits', { rateLimitRate: 1 }, ['RPC_RATE_LIMITED']],
    ['server errors', { serverErrorRate: 1 }, ['RPC_SERVER_ERROR']],
    ['no reply', { timeoutRate: 1 }, ['RPC_TIMEOUT']],
    ['refused connections', { refuseConnections: true }, ['RPC_UNREACHABLE']],
    ['an older slot', { lagSlots: 60 }, ['NODE_BEHIND', 'SLOT_OLDER']],
  ];
  it.each(cases)('%s: the figures stay, the error has its own code', async (_, faults, codes) => {
    await failsWith(faults, codes);
  });
});

describe('a change while the socket is dead', () => {
  it('is read by the heartbeat and stored', async () => {
    const { network } = keel.practice;
    await network.setFaults({ closeSockets: true });
    const before = usdcBalance();
    await network.depositAsOther({ subAccountId: 0, token: 'USDC', amount: DEPOSIT });
    await eventually('the deposit is in the vault', () => usdcBalance() > before);
    await keel.eventuallyView(
      'and verified',
      funding,
      (view) => view.state.verification.kind === 'verified',
    );
    expect(storedCollateral()).toBe(observed().snapshot.figures.totalCollateral);
  });
});

describe('a sub-account that is not there', () => {
  it('fails at once, says what to do, and leaves its neighbour alone', async () => {
    const starter = keel.practice.world.starter.authority.toBase58();
    const missing = keel.addVault('Missing', starter, 77);
    await keel.eventuallyView('it fails', missing, (view) => view.state.failure !== null);
    const { state } = keel.view(missing);
    expect(state.failure?.error.code).toBe('SUB_ACCOUNT_MISSING');
    expect(state.failure?.attempts).toBe(1);
    expect(state.failure?.error.advice).not.toBe('');
    expect(state.observation).toBeNull();
    expect(keel.view(funding).state.failure).toBeNull();
  });
});
