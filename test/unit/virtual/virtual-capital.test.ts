import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newOperation } from '#domain/advance-operation.ts';
import type { CapitalIntent } from '#domain/capital-intent.ts';
import type { CapitalOperation, OperationTransaction } from '#domain/capital-operation.ts';
import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import { address, networkId, operationId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { nextPaperEntry } from '#domain/paper-ledger.ts';
import type { Result } from '#domain/result.ts';
import { quoteAmount, tokenAmount } from '#domain/units.ts';
import type { CapitalSubject, PaperLedger } from '#main/engine/ports.ts';
import { createVirtualCapital } from '#main/virtual/index.ts';
import { snapshotOf } from '#main/virtual/virtual-reader.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { MemoryLedger } from '#test/support/memory-store.ts';
import { onChainVault, paperVault } from '#test/support/vaults.ts';
import { openTestStore, testFolder } from '#test/unit/store/open-test-store.ts';

const clock = new FakeClock();
const settings = DEFAULT_CAPITAL_SETTINGS;
const quote = {
  symbol: 'USDC',
  mint: address('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'),
};
const [vault, other] = [paperVault(1), paperVault(2, { name: 'Second' })] as const;
const move = { vaultId: vault.id, token: { ...quote, marketIndex: 0, decimals: 6 } };

const deposit = (amount: bigint): CapitalIntent => ({
  ...{ kind: 'deposit', ...move },
  amount: tokenAmount(amount),
});
const withdraw = (amount: bigint): CapitalIntent => ({
  ...{ kind: 'withdraw', ...move },
  amount: tokenAmount(amount),
});
const transfer = (amount: bigint): CapitalIntent => ({
  ...{ kind: 'transfer', ...move, toVaultId: other.id },
  amount: tokenAmount(amount),
});

function subjectOf(intent: CapitalIntent, number = 1): CapitalSubject {
  const operation = newOperation({
    id: operationId(`00000000-0000-4000-9000-${String(number).padStart(12, '0')}`),
    network: networkId('practice'),
    vaultType: 'virtual',
    intent,
    signerKey: null,
    value: null,
    atMs: clock.nowMs(),
    cause: 'asked',
  });
  return { operation, vault, toVault: intent.kind === 'transfer' ? other : null };
}

function fill(ledger: PaperLedger, cash = 50_000_000n): PaperLedger {
  for (const { id } of [vault, other]) {
    const allocation = { kind: 'allocate', amount: quoteAmount(cash) } as const;
    ledger.append(id, valueOf(nextPaperEntry(null, allocation, clock.nowMs())));
  }
  return ledger;
}

function credit(ledger: PaperLedger, id = vault.id): void {
  const change = { kind: 'credit', amount: quoteAmount(1n) } as const;
  ledger.append(id, valueOf(nextPaperEntry(ledger.loadAccount(id), change, clock.nowMs())));
}

function valueOf<Value, Problem>(result: Result<Value, Problem>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error, (_, item: unknown) => String(item)));
  return result.value;
}

const venueOn = (ledger: PaperLedger) => createVirtualCapital({ ledger, clock, quote });

/** Up to the signed bytes: the subject as the journal would hand it back, and what is sent. */
async function signed(ledger: PaperLedger, intent: CapitalIntent, number = 1) {
  const venue = venueOn(ledger);
  const subject = subjectOf(intent, number);
  const facts = valueOf(await venue.readFacts(vault, settings));
  const plan = valueOf(await venue.plan(subject, facts, settings));
  const simulation = valueOf(await venue.simulate(subject, plan));
  expect(await venue.approve(subject, plan)).toEqual({ ok: true, value: 'below-threshold' });
  const built = valueOf(await venue.build(subject, plan));
  const approved = withTransaction(subject, built, { expectation: plan.expectation });
  const signature = valueOf(await venue.sign(approved));
  expect(valueOf(await venue.sign(approved))).toEqual(signature);
  const transaction = { ...built, ...signature };
  return { venue, subject: withTransaction(approved, transaction), transaction, simulation };
}

function withTransaction(
  subject: CapitalSubject,
  transaction: OperationTransaction,
  changes: Partial<CapitalOperation> = {},
): CapitalSubject {
  return { ...subject, operation: { ...subject.operation, ...changes, transaction } };
}

function seen(ledger: PaperLedger) {
  return new Map(
    [vault, other].map(({ id }) => [id, snapshotOf(ledger.loadAccount(id)!, clock.nowMs())]),
  );
}

const cashOf = (ledger: PaperLedger) =>
  [vault, other].map(({ id }) => ledger.loadAccount(id)?.cash);

const LEDGERS: [string, () => PaperLedger][] = [
  ['in memory', () => fill(new MemoryLedger())],
  ['in the database', () => fill(databaseLedger())],
];

function databaseLedger(): PaperLedger {
  const store = openTestStore(join(testFolder(), 'keel.db'));
  store.vaultStore.insertVault(vault);
  store.vaultStore.insertVault(other);
  return store.ledger;
}

describe.each(LEDGERS)('capital on paper, %s', (_where, open) => {
  it.each<[string, CapitalIntent, bigint[]]>([
    ['a deposit', deposit(1n), [50_000_001n, 50_000_000n]],
    ['a withdrawal of exactly all', withdraw(50_000_000n), [0n, 50_000_000n]],
    ['a transfer', transfer(20_000_000n), [30_000_000n, 70_000_000n]],
  ])('carries out %s, once however often it is sent', async (_what, intent, cash) => {
    const ledger = open();
    const { venue, subject, transaction, simulation } = await signed(ledger, intent);
    expect(transaction.signature).toBe(`paper-${subject.operation.id}`);
    expect(await venue.readStatus(transaction)).toMatchObject({ value: { kind: 'unknown' } });
    for (let time = 0; time < 3; time += 1) {
      expect(await venue.send(transaction)).toEqual({ ok: true, value: null });
    }
    expect(cashOf(ledger)).toEqual(cash);
    expect(await venue.readStatus(transaction)).toEqual({
      ok: true,
      value: { kind: 'landed', slot: 2n },
    });
    const after = seen(ledger);
    for (const { vaultId, snapshot } of simulation.after) {
      expect(after.get(vaultId)).toEqual(snapshot);
    }
    expect(await venue.judge(subject, after)).toMatchObject({ value: { kind: 'as-expected' } });
  });

  it.each([vault, other])('proves that a line whose place is taken never lands', async ({ id }) => {
    const ledger = open();
    const { venue, transaction } = await signed(ledger, transfer(1n));
    credit(ledger, id);
    const before = cashOf(ledger);
    expect(await venue.send(transaction)).toMatchObject({ ok: false });
    expect(cashOf(ledger)).toEqual(before);
    expect(await venue.readStatus(transaction)).toMatchObject({ value: { kind: 'expired' } });
  });

  it('adds both legs of a transfer or neither', async () => {
    const ledger = open();
    const { transaction, subject } = await signed(ledger, transfer(3n));
    credit(ledger, other.id);
    expect(await venueOn(ledger).send(transaction)).toMatchObject({ ok: false });
    const { id } = subject.operation;
    expect([vault, other].map((each) => ledger.loadOperationEntry(each.id, id))).toEqual([
      null,
      null,
    ]);
    expect(ledger.loadAccount(vault.id)?.revision).toBe(1);
  });

  it('judges by the ledger, also when more was added before it was read', async () => {
    const ledger = open();
    const { venue, subject, transaction } = await signed(ledger, deposit(5n));
    await venue.send(transaction);
    const early = seen(ledger);
    credit(ledger);
    const late = seen(ledger);
    expect(await venue.judge(subject, late)).toMatchObject({ value: { kind: 'as-expected' } });
    const mixed = { ...late.get(vault.id)!, figures: early.get(vault.id)!.figures };
    const judged = await venue.judge(subject, new Map([[vault.id, mixed]]));
    expect(judged).toMatchObject({
      value: { kind: 'differs', error: { code: 'OPERATION_DISCREPANT' } },
    });
    expect(await venue.judge(subject, new Map())).toMatchObject({ value: { kind: 'differs' } });
  });
});

describe('capital on paper', () => {
  const open = () => fill(new MemoryLedger());

  it.each<[string, CapitalIntent, string]>([
    ['one unit more than all', withdraw(50_000_001n), '50 USDC'],
    ['nothing', deposit(0n), 'not above 0'],
    ['more than a paper vault holds', deposit(10n ** 15n), 'can hold'],
    ['a transfer to itself', { ...transfer(1n), toVaultId: vault.id } as CapitalIntent, 'another'],
    [
      'a sub-account',
      { kind: 'create-sub-account', vault: onChainVault(3), accountName: 'x' },
      'paper vault needs none',
    ],
    [
      'another token',
      { ...deposit(1n), token: { ...move.token, symbol: 'SOL', marketIndex: 1 } } as CapitalIntent,
      'no SOL',
    ],
  ])('refuses %s with words', async (_what, intent, words) => {
    const venue = venueOn(open());
    const facts = valueOf(await venue.readFacts(vault, settings));
    const planned = await venue.plan(subjectOf(intent), facts, settings);
    expect(planned).toMatchObject({ ok: false, error: { code: 'CAPITAL_DENIED' } });
    const { message, advice } = (planned as { readonly error: KeelError }).error;
    expect(message + advice).toContain(words);
  });

  it('does not build on a ledger that changed since it was planned', async () => {
    const ledger = open();
    const venue = venueOn(ledger);
    const subject = subjectOf(deposit(1n));
    const facts = valueOf(await venue.readFacts(vault, settings));
    const plan = valueOf(await venue.plan(subject, facts, settings));
    credit(ledger);
    expect(await venue.build(subject, plan)).toMatchObject({ error: { code: 'CAPITAL_DENIED' } });
  });

  it('tells its room honestly: no wallet, no fee, nothing beyond the ledger', async () => {
    const facts = valueOf(await venueOn(open()).readFacts(vault, settings));
    expect(facts).toMatchObject({
      walletLamports: null,
      signerKey: null,
      networkFee: 0n,
      slot: 1n,
    });
    expect(facts.tokens).toMatchObject([
      {
        vaultAmount: 50_000_000n,
        withdrawable: 50_000_000n,
        depositRoom: 10n ** 15n - 50_000_000n,
      },
    ]);
    expect(await venueOn(new MemoryLedger()).readFacts(vault, settings)).toMatchObject({
      error: { code: 'SUB_ACCOUNT_MISSING' },
    });
  });

  it('answers with an error where the ledger cannot be written, and lands when it can', async () => {
    const ledger = fill(new MemoryLedger()) as MemoryLedger;
    const { venue, transaction } = await signed(ledger, deposit(1n));
    ledger.failWrites = true;
    expect(await venue.send(transaction)).toMatchObject({ error: { code: 'ENGINE_FAULT' } });
    expect(await venue.readStatus(transaction)).toMatchObject({ value: { kind: 'unknown' } });
    ledger.failWrites = false;
    await venue.send(transaction);
    expect(await venue.readStatus(transaction)).toMatchObject({ value: { kind: 'landed' } });
  });

  it.each(['', 'bm90IGpzb24=', 'WyJ4Il0=', 'WyJ4IixbInYiLCJyZXNldCIsIjEiLCIxIiwxLDEsIiJdXQ=='])(
    'takes no message that it did not write: %s',
    async (message) => {
      const ledger = open();
      const { venue, transaction } = await signed(ledger, deposit(1n));
      const forged = { ...transaction, message };
      expect(await venue.send(forged)).toMatchObject({ error: { code: 'ENGINE_FAULT' } });
      expect(cashOf(ledger)).toEqual([50_000_000n, 50_000_000n]);
    },
  );

  it('makes and loses no money, whatever is asked and however often it is sent', async () => {
    const step = fc.record({
      kind: fc.constantFrom(deposit, withdraw, transfer),
      amount: fc.bigInt(1n, 60_000_000n),
      sends: fc.integer({ min: 1, max: 3 }),
      crossed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const ledger = open();
        let total = 100_000_000n;
        for (const [number, { kind, amount, sends, crossed }] of steps.entries()) {
          const intent = kind(amount);
          const room = ledger.loadAccount(vault.id)?.cash ?? 0n;
          if (kind !== deposit && amount > room) continue;
          const { venue, transaction } = await signed(ledger, intent, number + 1);
          if (crossed) {
            credit(ledger);
            total += 1n;
          } else if (kind !== transfer) total += kind === deposit ? amount : -amount;
          for (let time = 0; time < sends; time += 1) await venue.send(transaction);
          const kindSeen = valueOf(await venue.readStatus(transaction)).kind;
          expect(kindSeen).toBe(crossed ? 'expired' : 'landed');
        }
        expect(cashOf(ledger).reduce((sum: bigint, cash) => sum + (cash ?? 0n), 0n)).toBe(total);
      }),
      { numRuns: 60 },
    );
  });
});
