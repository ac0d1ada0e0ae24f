/** Every verb with every token of the practice network, over real sockets, from request to verdict. */
import { Keypair } from '@solana/web3.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CapitalSubject } from '#main/engine/ports.ts';
import type { OnChainVault } from '#domain/engine-vault.ts';
import { examineMessage } from '#main/signer/policy/examine-message.ts';
import { createAdminClient } from '#main/practice/admin-client.ts';
import {
  carryOut,
  depositOf,
  factsIn,
  prepare,
  SETTINGS,
  subjectFor,
  tokenIn,
  transferOf,
  valueIn,
  withdrawalOf,
} from '#test/support/capital-operations.ts';
import { CapitalPractice } from '#test/support/capital-practice.ts';
import { KeypairSigner } from '#test/support/keypair-signer.ts';

const LIMITS = {
  confirmFrom: SETTINGS.confirmFrom,
  typeAmountFrom: SETTINGS.typeAmountFrom,
  maxPriorityFee: SETTINGS.maxPriorityFee,
  autoLockMs: SETTINGS.autoLockMs,
};
const SOL = 1_000_000_000n;
const USDC = 1_000_000n;

let chain: CapitalPractice;

beforeAll(async () => {
  chain = await CapitalPractice.start();
  await chain.fund(chain.starter, 100n * SOL, 10_000n * USDC);
  const owner = chain.starter.publicKey.toBase58();
  await chain.practice.network.mintTokens({ owner, token: 'wETH', amount: 500_000_000n });
});

afterEach(() => chain.closeAll());
afterAll(() => chain.stop());

async function expectMoved(make: (vault: OnChainVault) => Promise<CapitalSubject>): Promise<void> {
  const signer = new KeypairSigner(chain.starter);
  const venue = chain.venue({}, signer);
  const vault = chain.vault(0);
  const done = await carryOut(venue, await make(vault), chain.readAfter());
  expect(done.judgement).toMatchObject({ kind: 'as-expected' });
  for (const { message, intent } of [...signer.reviews, ...signer.signed.map((s) => s.review)]) {
    expect(examineMessage(Buffer.from(message, 'base64'), intent, LIMITS)).toMatchObject({
      ok: true,
    });
  }
}

const AMOUNTS = [
  ['USDC', 1_000n * USDC],
  ['USDC', 1n],
  ['SOL', 2n * SOL],
  ['SOL', 1n],
  ['wETH', 12_345_678n],
] as const;

describe('capital on chain', () => {
  it.each(AMOUNTS)('deposits %s: %s units', async (symbol, amount) => {
    const venue = chain.venue();
    await expectMoved(async (vault) => {
      const { token } = tokenIn(await factsIn(venue, vault), symbol);
      return depositOf(vault, token, amount);
    });
  });

  it.each(AMOUNTS)(
    'withdraws %s: %s units, or all where rounding left less',
    async (symbol, amount) => {
      const venue = chain.venue();
      await expectMoved(async (vault) => {
        const { token, vaultAmount } = tokenIn(await factsIn(venue, vault), symbol);
        return withdrawalOf(vault, token, vaultAmount < amount ? vaultAmount : amount);
      });
    },
  );

  it.each(['USDC', 'SOL', 'wETH'])('transfers %s to another sub-account', async (symbol) => {
    const venue = chain.venue();
    await expectMoved(async (vault) => {
      const { token } = tokenIn(await factsIn(venue, vault), symbol);
      await carryOut(venue, depositOf(vault, token, 5_000_000n), chain.readAfter());
      return transferOf(vault, chain.vault(1), token, 4_999_999n);
    });
  });

  it('opens the first account of an authority, and the next one', async () => {
    const owner = Keypair.generate();
    await chain.fund(owner, 10n * SOL, 0n);
    const venue = chain.venue({}, new KeypairSigner(owner));
    for (const subAccountId of [0, 1]) {
      const vault = chain.vault(subAccountId, owner);
      const facts = await factsIn(venue, vault);
      expect(facts).toMatchObject({ accountExists: false, nextSubAccountId: subAccountId });
      const walletBefore = facts.walletLamports ?? 0n;
      const subject = subjectFor(
        { kind: 'create-sub-account', vault, accountName: 'Größe “один”' },
        vault,
      );
      const done = await carryOut(venue, subject, chain.readAfter());
      expect(done.judgement.kind).toBe('as-expected');
      const after = await factsIn(venue, vault);
      expect(after).toMatchObject({ accountExists: true, nextSubAccountId: subAccountId + 1 });
      const paid = walletBefore - (after.walletLamports ?? 0n) - facts.createCost;
      expect(paid >= 5_000n && paid <= facts.networkFee).toBe(true);
    }
  });

  it('withdraws exactly all, into a token account that it has to open', async () => {
    const owner = Keypair.generate();
    await chain.fund(owner, 10n * SOL, 50n * USDC);
    const venue = chain.venue({}, new KeypairSigner(owner));
    const vault = chain.vault(0, owner);
    const read = chain.readAfter();
    await carryOut(
      venue,
      subjectFor({ kind: 'create-sub-account', vault, accountName: 'All' }, vault),
      read,
    );
    for (const symbol of ['USDC', 'SOL']) {
      const { token, walletAmount } = tokenIn(await factsIn(venue, vault), symbol);
      const amount = symbol === 'SOL' ? 3n * SOL : walletAmount;
      await carryOut(venue, depositOf(vault, token, amount), read);
    }
    for (const symbol of ['USDC', 'SOL']) {
      const facts = tokenIn(await factsIn(venue, vault), symbol);
      expect(facts.withdrawable).toBe(facts.vaultAmount);
      const done = await carryOut(
        venue,
        withdrawalOf(vault, facts.token, facts.withdrawable),
        read,
      );
      expect(done.judgement.kind).toBe('as-expected');
      const left = tokenIn(await factsIn(venue, vault), symbol).vaultAmount;
      expect(left >= 0n && left < 10n).toBe(true);
    }
  });

  it('has the simulation refuse one more than the margin lets go, in words', async () => {
    const venue = chain.venue();
    const vault = chain.vault(0);
    const { token } = tokenIn(await factsIn(venue, vault), 'USDC');
    const facts = await factsIn(venue, vault);
    const subject = withdrawalOf(vault, token, 90_000n * USDC);
    const plan = valueIn(await venue.plan(subject, facts, SETTINGS));
    const simulated = await venue.simulate(subject, plan);
    expect(simulated).toMatchObject({
      error: {
        code: 'SIMULATION_FAILED',
        message: expect.stringContaining(
          'too little collateral left (InsufficientCollateral, 6003)',
        ),
      },
    });
  });

  it('tells what a deposit beyond the wallet fails of', async () => {
    const venue = chain.venue();
    const vault = chain.vault(0);
    for (const [symbol, words] of [
      ['USDC', 'the token account holds too little'],
      ['SOL', 'the wallet has too little SOL'],
    ] as const) {
      const facts = await factsIn(venue, vault);
      const { token, walletAmount } = tokenIn(facts, symbol);
      const subject = depositOf(vault, token, walletAmount + 1n);
      const plan = valueIn(await venue.plan(subject, facts, SETTINGS));
      expect(await venue.simulate(subject, plan)).toMatchObject({
        error: { code: 'SIMULATION_FAILED', message: expect.stringContaining(words) },
      });
    }
  });

  it('simulates what then happens, to the unit', async () => {
    const venue = chain.venue();
    const vault = chain.vault(1);
    const { token, walletAmount } = tokenIn(await factsIn(venue, vault), 'USDC');
    const { subject } = await prepare(venue, depositOf(vault, token, 7_000_001n));
    const { simulation } = subject.operation;
    expect(simulation?.walletTokenChange).toBe(-7_000_001n);
    expect((simulation?.walletLamportsChange ?? 0n) < 0n).toBe(true);
    const done = await carryOut(venue, depositOf(vault, token, 7_000_001n), chain.readAfter());
    expect(done.judgement.kind).toBe('as-expected');
    expect(tokenIn(await factsIn(venue, vault), 'USDC').walletAmount).toBe(
      walletAmount - 7_000_001n,
    );
  });

  it('shows the exchange’s pause, and what the market still takes', async () => {
    const venue = chain.venue();
    const admin = createAdminClient(chain.practice.network.httpUrl);
    await admin.setExchangeStatus({ bits: 1 });
    await expect
      .poll(async () => (await factsIn(venue, chain.vault(0))).exchangePaused)
      .toEqual(['deposit']);
    await admin.setExchangeStatus({ bits: 0 });
    await expect
      .poll(async () => (await factsIn(venue, chain.vault(0))).exchangePaused)
      .toEqual([]);
    const { tokens, signerRole } = await factsIn(venue, chain.vault(0));
    expect(signerRole).toBe('owner');
    expect(tokens.map(({ token }) => token.symbol)).toEqual(['USDC', 'SOL', 'wETH']);
    for (const { depositRoom, oraclePrice, withdrawable, withdrawableAtHealth } of tokens) {
      expect(depositRoom !== null && depositRoom > 0n && oraclePrice !== null).toBe(true);
      expect(withdrawableAtHealth <= withdrawable).toBe(true);
    }
  });

  it('reads all facts of a vault in one call once its accounts are known', async () => {
    const venue = chain.venue();
    await factsIn(venue, chain.vault(0));
    await chain.practice.network.stats({ reset: true });
    await factsIn(venue, chain.vault(0));
    const { perMethod } = await chain.practice.network.stats();
    expect(perMethod).toEqual({ getMultipleAccounts: 1 });
  });

  it('watches without a key, and never signs play money with a real key', async () => {
    const nobody = chain.venue({}, new KeypairSigner());
    const vault = chain.vault(0);
    const facts = await factsIn(nobody, vault);
    expect(facts).toMatchObject({ signerRole: 'none', signerKey: null, walletLamports: null });
    const { token } = tokenIn(facts, 'USDC');
    expect(await nobody.plan(depositOf(vault, token, USDC), facts, SETTINGS)).toMatchObject({
      error: { code: 'CAPITAL_DENIED' },
    });
    const live = new KeypairSigner(chain.starter);
    live.networkKind = 'live';
    expect(await factsIn(chain.venue({}, live), vault)).toMatchObject({ signerRole: 'none' });
  });

  it('takes no signature that does not hold', async () => {
    const signer = new KeypairSigner(chain.starter);
    const venue = chain.venue({}, signer);
    const vault = chain.vault(0);
    const { token } = tokenIn(await factsIn(venue, vault), 'USDC');
    const prepared = await prepare(venue, depositOf(vault, token, USDC));
    const transaction = valueIn(await venue.build(prepared.subject, prepared.plan));
    const approved = {
      ...prepared.subject,
      operation: { ...prepared.subject.operation, transaction },
    };
    signer.forge = (signature) => signature.with(7, (signature[7] ?? 0) ^ 1);
    expect(await venue.sign(approved)).toMatchObject({ error: { code: 'SIGNER_REFUSED' } });
    signer.forge = (signature) => signature.slice(1);
    expect(await venue.sign(approved)).toMatchObject({ error: { code: 'SIGNER_REFUSED' } });
    signer.forge = (signature) => signature;
    const first = await venue.sign(approved);
    expect(first.ok).toBe(true);
    expect(await venue.sign(approved)).toEqual(first);
  });
});
