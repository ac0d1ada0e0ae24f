/** What other clients, old nodes and the last unit do to an operation: the program and its limits at their edges. */
import { Keypair, VersionedMessage } from '@solana/web3.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OnChainVault } from '#domain/engine-vault.ts';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import type { CapitalSubject, CapitalVenue } from '#main/engine/ports.ts';
import {
  carryOut,
  depositOf,
  factsIn,
  makeSigned,
  outcomeOf,
  prepare,
  SETTINGS,
  subjectFor,
  tokenIn,
  transferOf,
  valueIn,
  withChanges,
  withdrawalOf,
} from '#test/support/capital-operations.ts';
import { CapitalPractice } from '#test/support/capital-practice.ts';
import { KeypairSigner } from '#test/support/keypair-signer.ts';
import { RpcProxy, type ProxiedReply, type ProxiedRequest } from '#test/support/rpc-proxy.ts';

const SOL = 1_000_000_000n;
const USDC = 1_000_000n;

let chain: CapitalPractice;
const proxies: RpcProxy[] = [];

beforeAll(async () => {
  chain = await CapitalPractice.start(20);
  await chain.fund(chain.starter, 100n * SOL, 10_000n * USDC);
});

afterEach(async () => {
  chain.closeAll();
  for (const proxy of proxies.splice(0)) await proxy.close();
});

afterAll(() => chain.stop());

async function proxied(
  bend: (request: ProxiedRequest, reply: ProxiedReply) => ProxiedReply = (_, reply) => reply,
): Promise<RpcProxy> {
  const proxy = await RpcProxy.before(chain.practice.network.httpUrl);
  proxy.bend = bend;
  proxies.push(proxy);
  return proxy;
}

/** A new owner's first sub-account with so much USDC in it, and SOL beside it that would carry a loan. */
async function accountWith(usdc: bigint): Promise<{ vault: OnChainVault; venue: CapitalVenue }> {
  const owner = Keypair.generate();
  await chain.fund(owner, 10n * SOL, usdc);
  const venue = chain.venue({}, new KeypairSigner(owner));
  const vault = chain.vault(0, owner);
  const read = chain.readAfter();
  const opening = { kind: 'create-sub-account', vault, accountName: 'Edge' } as const;
  await carryOut(venue, subjectFor(opening, vault), read);
  for (const [symbol, amount] of [
    ['SOL', 5n * SOL],
    ['USDC', usdc],
  ] as const) {
    const { token } = tokenIn(await factsIn(venue, vault), symbol);
    await carryOut(venue, depositOf(vault, token, amount), read);
  }
  return { vault, venue };
}

async function landed(
  venue: CapitalVenue,
  subject: CapitalSubject,
  transaction: OperationTransaction,
) {
  valueIn(await venue.send(transaction));
  const status = await outcomeOf(venue, transaction);
  if (status.kind !== 'landed') throw new Error(status.kind);
  return withChanges(subject, { state: 'synced', landedAtSlot: status.slot });
}

describe('another client', () => {
  it('withdraws after the rules were checked: nothing is borrowed in its place', async () => {
    const { vault, venue } = await accountWith(50n * USDC);
    const facts = await factsIn(venue, vault);
    const { token } = tokenIn(facts, 'USDC');
    await carryOut(venue, withdrawalOf(vault, token, 40n * USDC), chain.readAfter());
    const late = withdrawalOf(vault, token, 20n * USDC);
    const plan = valueIn(await venue.plan(late, facts, SETTINGS));
    expect(await venue.simulate(late, plan)).toMatchObject({
      error: { code: 'CAPITAL_DENIED', message: expect.stringContaining('borrowed') },
    });
  });

  it('deposits into the giver of a transfer: the taker is judged all the same', async () => {
    const venue = chain.venue();
    const [giver, taker] = [chain.vault(0), chain.vault(1)];
    const { token } = tokenIn(await factsIn(venue, giver), 'USDC');
    const signed = await makeSigned(venue, transferOf(giver, taker, token, 3n * USDC));
    const deposit = { subAccountId: 0, token: 'USDC', amount: 25n * USDC } as const;
    await chain.practice.network.depositAsOther(deposit);
    const subject = await landed(venue, signed.subject, signed.transaction);
    const landedAt = subject.operation.landedAtSlot;
    if (landedAt === null) throw new Error('it has not landed');
    const after = await chain.readAfter()([giver, taker], landedAt);
    expect(valueIn(await venue.judge(subject, after))).toMatchObject({ kind: 'as-expected' });
    const seen = after.get(taker.id);
    if (seen === undefined) throw new Error('the taker was not read');
    const spotPositions = seen.spotPositions.map((spot) => ({
      ...spot,
      scaledBalance: spot.scaledBalance - 1_000_000n,
    }));
    const bent = new Map([...after, [taker.id, { ...seen, spotPositions }]]);
    expect(valueIn(await venue.judge(subject, bent))).toMatchObject({
      kind: 'differs',
      error: { code: 'OPERATION_DISCREPANT', message: expect.stringContaining('sub-account 1') },
    });
  });

  it('deposits in between where the record of the transaction is gone: it is told as differing', async () => {
    const venue = chain.venue();
    const vault = chain.vault(0);
    const { token } = tokenIn(await factsIn(venue, vault), 'USDC');
    const still = await makeSigned(venue, depositOf(vault, token, 2n * USDC));
    const pruned = await proxied(({ method }, reply) =>
      method === 'getTransaction' ? { ...reply, result: null as never } : reply,
    );
    const forgetful = chain.venue({ endpoints: [pruned.endpoint('pruned')] });
    const alone = await landed(venue, still.subject, still.transaction);
    const slot = alone.operation.landedAtSlot ?? still.transaction.builtAtSlot;
    const undisturbed = await chain.readAfter()([vault], slot);
    expect(valueIn(await forgetful.judge(alone, undisturbed))).toMatchObject({
      kind: 'as-expected',
      words: 'The balances are as expected.',
    });
    const deposit = { subAccountId: 0, token: 'USDC', amount: 25n * USDC } as const;
    await chain.practice.network.depositAsOther(deposit);
    const held = undisturbed.get(vault.id)?.spotPositions[0]?.scaledBalance;
    const read = chain.readAfter();
    let disturbed = await read([vault], slot);
    while (disturbed.get(vault.id)?.spotPositions[0]?.scaledBalance === held) {
      disturbed = await read([vault], slot);
    }
    expect(valueIn(await forgetful.judge(alone, disturbed))).toMatchObject({ kind: 'differs' });
    expect(valueIn(await venue.judge(alone, disturbed))).toMatchObject({ kind: 'as-expected' });
  });
});

describe('a node without old records', () => {
  const forgets = ({ method }: ProxiedRequest, reply: ProxiedReply): ProxiedReply => {
    if (method === 'getFirstAvailableBlock') {
      const { result: _, ...rest } = reply;
      return { ...rest, error: { code: -32_601, message: 'Method not found' } };
    }
    if (method === 'getSignatureStatuses' && reply.result) reply.result.value = [null];
    return reply;
  };

  it('proves no expiry alone, nor with another of its kind; with one that remembers it does', async () => {
    const venue = chain.venue();
    const vault = chain.vault(0);
    const { token } = tokenIn(await factsIn(venue, vault), 'USDC');
    const sent = await makeSigned(venue, depositOf(vault, token, USDC));
    const never = await makeSigned(venue, depositOf(vault, token, USDC));
    await landed(venue, sent.subject, sent.transaction);
    const { bank } = chain.practice.network;
    // Past what every node keeps.
    const after = never.transaction.builtAtSlot + 350n;
    await expect.poll(() => bank.slot > after, { timeout: 50_000 }).toBe(true);
    const [one, two] = [await proxied(forgets), await proxied(forgets)];
    const alone = chain.venue({ endpoints: [one.endpoint('one')] });
    expect(await alone.readStatus(sent.transaction)).toMatchObject({ value: { kind: 'unknown' } });
    expect(await alone.readStatus(never.transaction)).toMatchObject({ value: { kind: 'unknown' } });
    const both = chain.venue({ endpoints: [one.endpoint('one'), two.endpoint('two')] });
    expect(await both.readStatus(sent.transaction)).toMatchObject({ value: { kind: 'unknown' } });
    const honest = await proxied();
    const better = chain.venue({ endpoints: [one.endpoint('one'), honest.endpoint('honest')] });
    expect(await better.readStatus(never.transaction)).toMatchObject({
      value: { kind: 'expired' },
    });
    expect(await better.readStatus(sent.transaction)).toMatchObject({ value: { kind: 'landed' } });
    expect(await venue.readStatus(never.transaction)).toMatchObject({ value: { kind: 'expired' } });
  });
});

describe('the last unit', () => {
  it('of a market’s deposit cap: within it is taken, beyond it refused by the program', async () => {
    const venue = chain.venue();
    const vault = chain.vault(0);
    const { token, depositRoom } = tokenIn(await factsIn(venue, vault), 'wETH');
    const room = depositRoom ?? 0n;
    const owner = chain.starter.publicKey.toBase58();
    await chain.practice.network.mintTokens({ owner, token: 'wETH', amount: room + 10n });
    await expect
      .poll(async () => tokenIn(await factsIn(venue, vault), 'wETH').walletAmount > room)
      .toBe(true);
    const simulated = async (amount: bigint) => {
      const facts = await factsIn(venue, vault);
      const subject = depositOf(vault, token, amount);
      return await venue.simulate(subject, valueIn(await venue.plan(subject, facts, SETTINGS)));
    };
    // Interest takes of the room while the test runs.
    expect(await simulated(room - 1_000_000n)).toMatchObject({ ok: true });
    // The program rounds a deposit down twice, so that a unit more may pass.
    expect(await simulated(room + 10n)).toMatchObject({
      error: { message: expect.stringContaining('6038') },
    });
  });
});

describe('a simulation that differs a little after the approval', () => {
  it.each([
    [1_000, true],
    [1_000_000, false],
  ])('by %s compute units: the message is the approved one: %s', async (more, isSame) => {
    let added = 0;
    const node = await proxied(({ method }, reply) => {
      const value = reply.result?.value as { unitsConsumed?: number } | undefined;
      if (method === 'simulateTransaction' && value?.unitsConsumed !== undefined) {
        value.unitsConsumed += added;
      }
      return reply;
    });
    const signer = new KeypairSigner(chain.starter);
    const venue = chain.venue({ endpoints: [node.endpoint('node')] }, signer);
    const vault = chain.vault(0);
    const { token } = tokenIn(await factsIn(venue, vault), 'USDC');
    const first = await prepare(venue, depositOf(vault, token, USDC));
    valueIn(await venue.approve(first.subject, first.plan));
    added = more;
    const facts = await factsIn(venue, vault);
    const plan = valueIn(await venue.plan(first.subject, facts, SETTINGS));
    const simulation = valueIn(await venue.simulate(first.subject, plan));
    const anew = withChanges(first.subject, { simulation });
    const { message, blockhash } = valueIn(await venue.build(anew, plan));
    const approved = VersionedMessage.deserialize(
      Buffer.from(signer.reviews[0]?.message ?? '', 'base64'),
    );
    approved.recentBlockhash = blockhash;
    expect(Buffer.from(approved.serialize()).toString('base64') === message).toBe(isSame);
  });
});
