/**
 * Two nodes over real sockets, of which one dies and the other lags or lies: no older and no foreign figure is ever
 * stored or shown, each lie has an error of its own, and what is true of the neighbours stays (S4, S6, S7, S8).
 */
import { PublicKey } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VaultId } from '#domain/ids.ts';
import type { ErrorCode } from '#domain/keel-error.ts';
import { rawQuantitiesOf } from '#domain/vault-snapshot.ts';
import { userAddress } from '#main/drift/codec/addresses.ts';
import { startKeelHost, type KeelHost } from '#test/support/keel-host.ts';
import { RpcProxy, type ProxiedAccount } from '#test/support/rpc-proxy.ts';
import { eventually } from '#test/support/shell-profile.ts';

const QUICK = {
  heartbeatMs: 500,
  firstRetryDelayMs: 50,
  reconnectEveryMs: 500,
  rpcTimeoutMs: 2_000,
};
/** Discriminator, authority, delegate and name; then the spot positions, each with its scaled balance first. */
const FIRST_SPOT_BALANCE = 104;

let keel: KeelHost;
let first: RpcProxy;
let second: RpcProxy;
let funding: VaultId;
let neighbour: VaultId;

const isVerified = (id: VaultId): boolean => {
  const { state, synced } = keel.view(id);
  return synced && state.failure === null && state.verification.kind === 'verified';
};

beforeEach(async () => {
  keel = await startKeelHost({
    sync: QUICK,
    world: { volatility: 0, population: { authorities: 1, subAccounts: 1 } },
    async endpointsOf({ network }) {
      first = await RpcProxy.before(network.httpUrl);
      second = await RpcProxy.before(network.httpUrl);
      return [first.endpoint('first'), second.endpoint('second')];
    },
  });
  funding = keel.vaultNamed('Funding').vault.id;
  const [other] = keel.practice.world.population;
  neighbour = keel.addVault('Neighbour', other?.toBase58() ?? '', 0);
  await eventually('both are verified', () => isVerified(funding) && isVerified(neighbour));
});

afterEach(async () => {
  await keel.close();
  await first.close();
  await second.close();
});

function userKeyOf(id: VaultId): string {
  const { vault } = keel.view(id);
  if (vault.vaultType !== 'onChain') throw new Error('A paper vault has no address');
  const { deployment } = keel.practice.world;
  return userAddress(deployment, new PublicKey(vault.authority), vault.subAccountId).toBase58();
}

/** Without prices and interest, which move from slot to slot. */
function holdingsOf(id: VaultId): string {
  const { observation } = keel.view(id).state;
  return observation === null ? 'none' : rawQuantitiesOf(observation.snapshot);
}

const slotOf = (id: VaultId): bigint => keel.view(id).state.observation?.snapshot.slot ?? -1n;

function slotsTold(id: VaultId): bigint[] {
  return keel.events.flatMap((event) =>
    event.type === 'VAULT_CHANGED' && event.view.vault.id === id
      ? [event.view.state.observation?.snapshot.slot ?? 0n]
      : [],
  );
}

describe('the first endpoint dies and the second lags', () => {
  it.each([
    ['and says so', true],
    ['and answers from an old slot all the same', false],
  ])('%s: NODE_BEHIND names it, nothing older is told, and it recovers', async (_, honest) => {
    const lag = { atSlot: Number(slotOf(funding)) - 1, on: true };
    second.bend = ({ method, params }, reply) => {
      const { context } = reply.result ?? {};
      if (!lag.on || method !== 'getMultipleAccounts' || context === undefined) return reply;
      const { minContextSlot = 0 } = params[1] as { minContextSlot?: number };
      if (honest && minContextSlot > lag.atSlot) {
        return {
          ...reply,
          result: undefined,
          error: { code: -32_016, message: 'Not reached' },
        } as never;
      }
      context.slot = lag.atSlot;
      return reply;
    };
    first.dead = true;
    await keel.eventuallyView(
      'the second endpoint is found to be behind',
      funding,
      ({ state }) => state.failure?.error.code === 'NODE_BEHIND',
    );
    const { state } = keel.view(funding);
    expect(state.failure?.error.message).toContain('second');
    // The dead endpoint is left within the run's own attempts.
    expect(['RPC_UNREACHABLE', 'NODE_BEHIND']).toContain(state.halt?.error.code);
    const gate = keel.host.engine.gateOf(funding, 'increase');
    expect(gate).toMatchObject({ value: { allowed: false } });
    const told = slotsTold(funding);
    expect(told).toEqual(told.toSorted((left, right) => (left < right ? -1 : 1)));
    lag.on = false;
    await eventually('both recover', () => isVerified(funding) && isVerified(neighbour));
    expect(keel.host.engine.gateOf(funding, 'increase')).toMatchObject({
      value: { reasons: expect.arrayContaining([expect.objectContaining({ code: 'halted' })]) },
    });
    expect(keel.events.some(({ type }) => type === 'VAULT_SYNC_RECOVERED')).toBe(true);
    expect(keel.host.engine.enableTrading(funding).ok).toBe(true);
  });
});

const raised = (account: ProxiedAccount): ProxiedAccount => {
  const bytes = Buffer.from(account.data[0], 'base64');
  bytes.writeBigUInt64LE(bytes.readBigUInt64LE(FIRST_SPOT_BALANCE) + 1n, FIRST_SPOT_BALANCE);
  return { ...account, data: [bytes.toString('base64'), 'base64'] };
};

describe('a node that lies about one vault', () => {
  const lies: readonly [
    string,
    ErrorCode,
    (account: ProxiedAccount, other: () => string) => ProxiedAccount | null,
  ][] = [
    [
      'its account is of another program',
      'ACCOUNT_WRONG_OWNER',
      (account) => ({ ...account, owner: '11111111111111111111111111111111' }),
    ],
    [
      'its account is cut short',
      'ACCOUNT_UNDECODABLE',
      (account) => ({ ...account, data: [account.data[0].slice(0, 400), 'base64'] }),
    ],
    [
      'its account holds the bytes of another authority',
      'ACCOUNT_MISMATCH',
      (account, other) => ({ ...account, data: [other(), 'base64'] }),
    ],
    ['its account is gone', 'SUB_ACCOUNT_MISSING', () => null],
  ];

  it.each(lies)('%s: %s at once, the neighbour goes on', async (_, code, lie) => {
    const before = holdingsOf(funding);
    const [neighbourKey, fundingKey] = [userKeyOf(neighbour), userKeyOf(funding)];
    let otherBytes = '';
    first.bendAccount(neighbourKey, (account) => {
      otherBytes = account.data[0];
      return account;
    });
    await eventually('the neighbour was read', () => otherBytes !== '');
    first.bendAccount(fundingKey, (account) => lie(account, () => otherBytes));
    await keel.eventuallyView('it fails', funding, ({ state }) => state.failure !== null);
    const { state } = keel.view(funding);
    expect(state.failure).toMatchObject({ attempts: 1, error: { code } });
    expect(state.failure?.error.advice).not.toBe('');
    expect(holdingsOf(funding)).toBe(before);
    const readTo = slotOf(neighbour);
    await eventually('the neighbour is read on', () => slotOf(neighbour) > readTo);
    expect(isVerified(neighbour)).toBe(true);
    first.bend = (__, reply) => reply;
    await eventually('it recovers', () => isVerified(funding));
  });

  it('other holdings at the slot that is stored: discrepant, the last good figures stay', async () => {
    await keel.practice.network.setFaults({ freezeSlots: true });
    const frozenAt = await keel.practice.network.status();
    await eventually('the last slot is stored', () => slotOf(funding) >= frozenAt.slot - 1n);
    const synced = await keel.host.engine.syncNow(null);
    expect(synced).toMatchObject({ ok: true, value: { failed: 0 } });
    const before = keel.view(funding).state.observation;
    first.bendAccount(userKeyOf(funding), raised);
    await keel.eventuallyView(
      'it is discrepant',
      funding,
      ({ state }) => state.verification.kind === 'discrepant',
    );
    expect(keel.view(funding).state.observation?.balances).toEqual(before?.balances);
    expect(keel.view(funding).state.halt?.error.code).toBe('SNAPSHOT_DISCREPANT');
    expect(keel.view(neighbour).state.verification.kind).toBe('verified');
    first.bend = (_, reply) => reply;
    await keel.practice.network.setFaults({});
    await eventually('it recovers', () => isVerified(funding));
    expect(keel.host.engine.gateOf(funding, 'increase')).toMatchObject({
      value: { allowed: false },
    });
  });
});
