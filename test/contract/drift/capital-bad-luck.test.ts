/** Lost replies, dropped sends, late landings, lies: each ends in the truth, a refusal or “unknown”. */
import { Keypair } from '@solana/web3.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import type { PracticeFaults } from '#domain/practice.ts';
import type { CapitalVenue } from '#main/engine/ports.ts';
import {
  depositOf,
  factsIn,
  makeSigned,
  outcomeOf,
  prepare,
  SETTINGS,
  tokenIn,
  valueIn,
  withdrawalOf,
} from '#test/support/capital-operations.ts';
import { CapitalPractice } from '#test/support/capital-practice.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { KeypairSigner } from '#test/support/keypair-signer.ts';
import { nameDelegate } from '#test/support/name-delegate.ts';
import { RpcProxy, type ProxiedReply, type ProxiedRequest } from '#test/support/rpc-proxy.ts';

const AMOUNT = 3_000_000n;

let chain: CapitalPractice;
const proxies: RpcProxy[] = [];

beforeAll(async () => {
  chain = await CapitalPractice.start(20);
  await chain.fund(chain.starter, 100_000_000_000n, 10_000_000_000n);
});

afterEach(async () => {
  chain.closeAll();
  await chain.practice.network.setFaults({});
  for (const proxy of proxies.splice(0)) await proxy.close();
});

afterAll(() => chain.stop());

async function signedDeposit(venue: CapitalVenue): Promise<OperationTransaction> {
  const vault = chain.vault(0);
  const { token } = tokenIn(await factsIn(venue, vault), 'USDC');
  return (await makeSigned(venue, depositOf(vault, token, AMOUNT))).transaction;
}

async function landings({ signature }: OperationTransaction): Promise<number> {
  const response = await fetch(chain.practice.network.httpUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'getSignaturesForAddress',
      params: [chain.starter.publicKey.toBase58(), { commitment: 'confirmed' }],
    }),
  });
  const { result } = (await response.json()) as { result: { signature: string }[] };
  return result.filter((each) => each.signature === signature).length;
}

async function proxied(
  bend: (request: ProxiedRequest, reply: ProxiedReply) => ProxiedReply = (_, reply) => reply,
): Promise<RpcProxy> {
  const proxy = await RpcProxy.before(chain.practice.network.httpUrl);
  proxy.bend = bend;
  proxies.push(proxy);
  return proxy;
}

/** Until the chain itself is past the transaction's last block, finally. */
async function pastExpiry(transaction: OperationTransaction): Promise<void> {
  const honest = chain.venue();
  for (;;) {
    const status = valueIn(
      await honest.readStatus({ ...transaction, signature: null, wire: null }),
    );
    if (status.kind === 'expired') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const kindOf = (status: Awaited<ReturnType<CapitalVenue['readStatus']>>): string =>
  status.ok ? status.value.kind : status.error.code;

describe('bad luck on the way', () => {
  const sends: readonly (readonly [string, PracticeFaults])[] = [
    ['a lost reply', { loseReplyRate: 1 }],
    ['a late landing', { lateLandingSlots: 30 }],
  ];

  it.each(sends)('has %s: it lands, and the same bytes land once', async (_, faults) => {
    const venue = chain.venue();
    const transaction = await signedDeposit(venue);
    await chain.practice.network.setFaults(faults);
    await venue.send(transaction);
    await venue.send(transaction);
    expect(await outcomeOf(venue, transaction)).toMatchObject({ kind: 'landed' });
    await venue.send(transaction);
    expect(await landings(transaction)).toBe(1);
  });

  it('drops what is sent: unknown, until the same bytes are sent again', async () => {
    const venue = chain.venue();
    const transaction = await signedDeposit(venue);
    await chain.practice.network.setFaults({ dropSendRate: 1 });
    expect(await venue.send(transaction)).toEqual({ ok: true, value: null });
    expect(kindOf(await venue.readStatus(transaction))).toBe('unknown');
    await chain.practice.network.setFaults({});
    await venue.send(transaction);
    expect(await outcomeOf(venue, transaction)).toMatchObject({ kind: 'landed' });
  });

  it('fails on chain: told with the program’s error', async () => {
    const venue = chain.venue();
    const transaction = await signedDeposit(venue);
    await chain.practice.network.setFaults({ failOnChainRate: 1 });
    await venue.send(transaction);
    expect(await outcomeOf(venue, transaction)).toMatchObject({
      kind: 'failed',
      error: { code: 'FAILED_ON_CHAIN' },
    });
  });

  it('gives every error of the connection as itself, never as an outcome', async () => {
    const venue = chain.venue({ rpcTimeoutMs: 1_000 });
    const transaction = await signedDeposit(chain.venue());
    for (const [faults, code] of [
      [{ serverErrorRate: 1 }, 'RPC_SERVER_ERROR'],
      [{ truncateRate: 1 }, 'RPC_TRUNCATED_REPLY'],
      [{ malformedRate: 1 }, 'RPC_MALFORMED_REPLY'],
      [{ timeoutRate: 1 }, 'RPC_TIMEOUT'],
      [{ wrongGenesis: true }, 'WRONG_CLUSTER'],
    ] as const) {
      await chain.practice.network.setFaults(faults);
      expect(kindOf(await venue.readStatus(transaction))).toBe(code);
      await chain.practice.network.setFaults({});
    }
    expect(kindOf(await venue.readStatus(transaction))).toBe('unknown');
  });

  it('proves an expiry by finality, whatever the local clock says and on no lesser evidence', async () => {
    const clock = new FakeClock();
    const venue = chain.venue({ clock });
    const lagging = chain.venue();
    const transaction = await signedDeposit(venue);
    expect(kindOf(await venue.readStatus(transaction))).toBe('unknown');
    // The clock runs on for a year: nothing follows from it.
    clock.suspend(31_536_000_000);
    expect(kindOf(await venue.readStatus(transaction))).toBe('unknown');
    await pastExpiry(transaction);
    await chain.practice.network.setFaults({ lagSlots: 120 });
    expect(kindOf(await lagging.readStatus(transaction))).toBe('unknown');
    await chain.practice.network.setFaults({ wrongGenesis: true });
    expect(kindOf(await chain.venue().readStatus(transaction))).toBe('WRONG_CLUSTER');
    await chain.practice.network.setFaults({});
    expect(await venue.readStatus(transaction)).toMatchObject({
      ok: true,
      value: { kind: 'expired', proof: expect.stringContaining('no trace of its signature') },
    });
    await venue.send(transaction);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await landings(transaction)).toBe(0);
  });

  it('never takes a landed transaction for an expired one, though one node forgets it', async () => {
    const venue = chain.venue();
    const transaction = await signedDeposit(venue);
    await venue.send(transaction);
    expect(await outcomeOf(venue, transaction)).toMatchObject({ kind: 'landed' });
    await pastExpiry(transaction);
    const forgetful = await proxied(({ method }, reply) => {
      if (method === 'getSignatureStatuses' && reply.result) reply.result.value = [null];
      return reply;
    });
    const honest = await proxied();
    const two = chain.venue({ endpoints: [forgetful.endpoint('one'), honest.endpoint('two')] });
    expect(kindOf(await two.readStatus(transaction))).toBe('landed');
    honest.dead = true;
    expect(kindOf(await two.readStatus(transaction))).toBe('unknown');
    expect(kindOf(await chain.venue().readStatus(transaction))).toBe('landed');
  });

  it('stands still: no expiry', async () => {
    const venue = chain.venue();
    const transaction = await signedDeposit(venue);
    await chain.practice.network.setFaults({ freezeSlots: true });
    for (let poll = 0; poll < 3; poll += 1) {
      expect(kindOf(await venue.readStatus(transaction))).toBe('unknown');
    }
  });
});

describe('a node that lies', () => {
  it('about a landing: the bytes that it cannot show have not landed', async () => {
    const liar = await proxied(({ method }, reply) => {
      const slot = reply.result?.context?.slot ?? 0;
      if (method === 'getSignatureStatuses' && reply.result) {
        reply.result.value = [{ slot, err: null, confirmationStatus: 'finalized' }];
      }
      return reply;
    });
    const venue = chain.venue({ endpoints: [liar.endpoint('liar')] });
    const transaction = await signedDeposit(venue);
    expect(kindOf(await venue.readStatus(transaction))).toBe('unknown');
  });

  it('about the error of one that failed', async () => {
    const liar = await proxied(({ method }, reply) => {
      const value = reply.result?.value;
      if (method === 'getSignatureStatuses' && Array.isArray(value) && value[0] !== null) {
        (value[0] as { err: unknown }).err = null;
      }
      return reply;
    });
    const venue = chain.venue({ endpoints: [liar.endpoint('liar')] });
    const transaction = await signedDeposit(venue);
    await chain.practice.network.setFaults({ failOnChainRate: 1 });
    await venue.send(transaction);
    expect(await outcomeOf(chain.venue(), transaction)).toMatchObject({ kind: 'failed' });
    expect(kindOf(await venue.readStatus(transaction))).toBe('RPC_MALFORMED_REPLY');
  });

  it.each([100_000, -100])('about the last valid block, by %s', async (by) => {
    const liar = await proxied(({ method }, reply) => {
      if (method === 'getLatestBlockhash' && reply.result) {
        (reply.result.value as { lastValidBlockHeight: number }).lastValidBlockHeight += by;
      }
      return reply;
    });
    const venue = chain.venue({ endpoints: [liar.endpoint('liar')] });
    await expect(signedDeposit(venue)).rejects.toThrow('RPC_MALFORMED_REPLY');
  });

  it('about the block height when it builds: what can still land does not expire', async () => {
    let back = 0;
    const liar = await proxied(({ method }, reply) => {
      const result = reply.result as { blockHeight?: number; value?: unknown } | undefined;
      if (method === 'getEpochInfo' && result?.blockHeight !== undefined)
        result.blockHeight -= back;
      if (method === 'getLatestBlockhash') {
        const latest = result?.value as { lastValidBlockHeight: number } | undefined;
        if (latest !== undefined) latest.lastValidBlockHeight -= back;
      }
      return reply;
    });
    const venue = chain.venue({ endpoints: [liar.endpoint('liar')] });
    await signedDeposit(venue);
    back = 300;
    await expect(signedDeposit(venue)).rejects.toThrow('NODE_BEHIND');
    const fresh = chain.venue({ endpoints: [liar.endpoint('liar')] });
    const transaction = await signedDeposit(fresh);
    expect(kindOf(await chain.venue().readStatus(transaction))).toBe('unknown');
    await fresh.send(transaction);
    expect(await outcomeOf(chain.venue(), transaction)).toMatchObject({ kind: 'landed' });
  });

  it('about another chain’s blockhash: it never lands, and its expiry is proved', async () => {
    const other = Keypair.generate().publicKey.toBase58();
    const liar = await proxied(({ method }, reply) => {
      if (method === 'getLatestBlockhash' && reply.result) {
        (reply.result.value as { blockhash: string }).blockhash = other;
      }
      return reply;
    });
    const venue = chain.venue({ endpoints: [liar.endpoint('liar')] });
    const transaction = await signedDeposit(venue);
    await venue.send(transaction);
    expect(await outcomeOf(venue, transaction)).toMatchObject({ kind: 'expired' });
    expect(await landings(transaction)).toBe(0);
  });

  it('about the wallet’s token account', async () => {
    const venue = chain.venue();
    const { token } = tokenIn(await factsIn(venue, chain.vault(0)), 'USDC');
    const foreign = Keypair.generate().publicKey.toBytes();
    for (const [at, bytes, code] of [
      [32, foreign, 'ACCOUNT_MISMATCH'],
      [0, foreign, 'ACCOUNT_MISMATCH'],
      [108, new Uint8Array([0]), 'ACCOUNT_UNDECODABLE'],
    ] as const) {
      const liar = await proxied(({ method }, reply) => {
        const value = reply.result?.value;
        if (method !== 'getMultipleAccounts' || !Array.isArray(value)) return reply;
        for (const account of value as ({ owner: string; data: [string, string] } | null)[]) {
          if (account?.owner !== 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA') continue;
          const data = Buffer.from(account.data[0], 'base64');
          data.set(bytes, at);
          account.data[0] = data.toString('base64');
        }
        return reply;
      });
      const bent = chain.venue({ endpoints: [liar.endpoint('liar')] });
      expect(await bent.readFacts(chain.vault(0), SETTINGS)).toMatchObject({ error: { code } });
    }
    expect(token.symbol).toBe('USDC');
  });

  it.each([
    ['the amount that arrives', 0, 3],
    ['the owner of the sub-account', 0, 9],
    ['the lamports of the wallet', 1, -1],
  ] as const)('in its simulation about %s', async (_, index, at) => {
    const liar = await proxied(({ method }, reply) => {
      if (method !== 'simulateTransaction') return reply;
      const value = reply.result?.value as
        { accounts: ({ data: [string, string]; lamports: number } | null)[] } | undefined;
      const account = value?.accounts[index];
      if (!account) return reply;
      if (at < 0) account.lamports += 1_000_000;
      else {
        const data = Buffer.from(account.data[0], 'base64');
        // Owner of the account, or the first position's balance.
        const place = at === 9 ? 9 : 8 + 32 + 32 + 32 + at;
        data[place] = (data[place] ?? 0) ^ 1;
        account.data[0] = data.toString('base64');
      }
      return reply;
    });
    const venue = chain.venue({ endpoints: [liar.endpoint('liar')] });
    const vault = chain.vault(0);
    const facts = await factsIn(venue, vault);
    const { token } = tokenIn(facts, 'USDC');
    const subject = depositOf(vault, token, AMOUNT);
    const plan = valueIn(await venue.plan(subject, facts, SETTINGS));
    expect(await venue.simulate(subject, plan)).toMatchObject({
      error: { code: 'SIMULATION_FAILED' },
    });
  });
});

describe('the delegate of an account', () => {
  it('deposits from its own wallet, and withdraws nothing', async () => {
    const delegate = Keypair.generate();
    await chain.fund(delegate, 10_000_000_000n, 100_000_000n);
    await nameDelegate(chain, delegate.publicKey);
    const venue = chain.venue({}, new KeypairSigner(delegate));
    const vault = chain.vault(0);
    await expect
      .poll(async () => (await factsIn(venue, vault)).signerRole, { timeout: 5_000 })
      .toBe('delegate');
    for (const symbol of ['USDC', 'SOL']) {
      const { token } = tokenIn(await factsIn(venue, vault), symbol);
      const { transaction } = await makeSigned(venue, depositOf(vault, token, AMOUNT));
      await venue.send(transaction);
      expect(await outcomeOf(venue, transaction)).toMatchObject({ kind: 'landed' });
    }
    const facts = await factsIn(venue, vault);
    const { token } = tokenIn(facts, 'USDC');
    expect(await venue.plan(withdrawalOf(vault, token, 1n), facts, SETTINGS)).toMatchObject({
      error: { code: 'CAPITAL_DENIED', message: expect.stringContaining('delegate') },
    });
    // Told that it is the owner, the chain itself refuses it.
    const forged = { ...facts, signerRole: 'owner' as const };
    const subject = withdrawalOf(vault, token, 1n);
    const plan = valueIn(await venue.plan(subject, forged, SETTINGS));
    expect(await venue.simulate(subject, plan)).toMatchObject({
      error: { code: 'SIMULATION_FAILED' },
    });
    expect((await prepare(chain.venue(), subject)).subject.operation.simulation).not.toBeNull();
  });
});
