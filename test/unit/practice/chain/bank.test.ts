import {
  Keypair,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionInstruction,
} from '@solana/web3.js';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Bank } from '#main/practice/chain/bank.ts';
import { decodeTransaction } from '#main/practice/chain/transaction.ts';
import type { WireTransaction } from '#main/practice/chain/transaction.ts';
import { ProgramError } from '#main/practice/chain/program.ts';
import type { InstructionContext, Program, World } from '#main/practice/chain/program.ts';
import { emptyWorld } from '#test/support/practice-chain.ts';

const SOL = 1_000_000_000n;
const NOW = 1_800_000_000n;
const PROGRAM = new PublicKey(new Uint8Array(32).fill(77));
const people = [1, 2, 3].map((seed) => Keypair.fromSeed(new Uint8Array(32).fill(seed)));
const [alice, bob] = people as [Keypair, Keypair, Keypair];

let bank: Bank;
/** What the test's program does. */
let behave: (context: InstructionContext) => void;

function worldWith(program: Program): World {
  return { ...emptyWorld(), programs: [program] };
}

beforeEach(() => {
  behave = () => undefined;
  const program: Program = { id: PROGRAM, execute: (context) => behave(context) };
  bank = Bank.create('genesis', worldWith(program), NOW);
  for (const { publicKey } of people) bank.credit(publicKey.toBase58(), 10n * SOL);
  bank.advance(NOW);
});

function signed(
  instructions: TransactionInstruction[],
  payer = alice,
  blockhash = bank.blocks.tip.blockhash,
): WireTransaction {
  const transaction = new Transaction().add(...instructions);
  transaction.feePayer = payer.publicKey;
  transaction.recentBlockhash = blockhash;
  transaction.sign(payer);
  return decodeTransaction(transaction.serialize());
}

function land(transaction: WireTransaction) {
  bank.submit(transaction);
  bank.advance(NOW);
  return bank.history.find(transaction.signature);
}

function transfer(from: Keypair, to: PublicKey, lamports: bigint): TransactionInstruction {
  return SystemProgram.transfer({ fromPubkey: from.publicKey, toPubkey: to, lamports });
}

function call(...keys: { pubkey: PublicKey; isSigner: boolean; isWritable: boolean }[]) {
  return new TransactionInstruction({ programId: PROGRAM, keys, data: Buffer.alloc(0) });
}

const lamportsOf = (key: PublicKey): bigint => bank.accounts.head(key.toBase58())?.lamports ?? 0n;
const writable = (pubkey: PublicKey) => ({ pubkey, isSigner: false, isWritable: true });

describe('transactions', () => {
  it('neither make nor lose lamports, however they end', () => {
    const step = fc.record({
      from: fc.nat(2),
      to: fc.nat(2),
      lamports: fc.bigInt(0n, 20n * SOL),
      second: fc.bigInt(0n, 20n * SOL),
    });
    const total = (): bigint =>
      people.reduce((sum, { publicKey }) => sum + lamportsOf(publicKey), 0n);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), (steps) => {
        for (const { from, to, lamports, second } of steps) {
          const payer = people[from]!;
          const target = people[to]!.publicKey;
          const before = total();
          const balance = lamportsOf(payer.publicKey);
          const both = [transfer(payer, target, lamports), transfer(payer, target, second)];
          const record = land(signed(both, payer));
          expect(total()).toBe(before - (record?.fee ?? 0n));
          if (record !== null && record.err !== null) {
            expect(lamportsOf(payer.publicKey)).toBe(balance - record.fee);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leave only the fee when a later instruction fails', () => {
    behave = () => {
      throw new ProgramError(6003, 'no');
    };
    const record = land(signed([transfer(alice, bob.publicKey, SOL), call()]));
    expect(record?.err).toEqual({ InstructionError: [1, { Custom: 6003 }] });
    expect(record?.logs.at(-1)).toBe(
      `Program ${PROGRAM.toBase58()} failed: custom program error: 0x1773`,
    );
    expect(lamportsOf(alice.publicKey)).toBe(10n * SOL - 5000n);
    expect(lamportsOf(bob.publicKey)).toBe(10n * SOL);
  });

  it('land once', () => {
    const transaction = signed([transfer(alice, bob.publicKey, SOL)]);
    bank.submit(transaction);
    land(transaction);
    land(transaction);
    expect(lamportsOf(bob.publicKey)).toBe(11n * SOL);
    expect(bank.refusalAt(transaction, bank.slot)).toBe('AlreadyProcessed');
  });

  it('can use a blockhash for 150 blocks and not one more', () => {
    const early = signed([transfer(alice, bob.publicKey, 1n)]);
    const late = signed([transfer(alice, bob.publicKey, 2n)]);
    for (let block = 0; block < 150; block += 1) bank.advance(NOW);
    expect(land(early)).not.toBeNull();
    expect(bank.refusalAt(late, bank.slot)).toBe('BlockhashNotFound');
    expect(land(late)).toBeNull();
  });

  it('are not seen before the slot that lands them has ended', () => {
    const before = bank.slot;
    land(signed([transfer(alice, bob.publicKey, SOL)]));
    const at = (slot: bigint) =>
      bank.accounts.versionAt(bob.publicKey.toBase58(), slot)?.account?.lamports;
    expect(at(before)).toBe(10n * SOL);
    expect(at(bank.slot)).toBe(11n * SOL);
  });

  it('wait when they are to land late, and then still need a usable blockhash', () => {
    const transaction = signed([transfer(alice, bob.publicKey, SOL)]);
    bank.submit(transaction, { delaySlots: 3 });
    for (let block = 0; block < 3; block += 1) bank.advance(NOW);
    expect(bank.history.find(transaction.signature)).toBeNull();
    bank.advance(NOW);
    expect(bank.history.find(transaction.signature)?.err).toBeNull();
  });
});

describe('the runtime', () => {
  const put = (lamports: bigint, owner = SystemProgram.programId) => ({
    lamports,
    owner,
    data: Buffer.alloc(0),
    executable: false,
  });

  it.each<[string, string, (context: InstructionContext) => void]>([
    [
      'takes no lamports from a foreign account',
      'ExternalAccountLamportSpend',
      (context) => {
        context.setAccount(bob.publicKey, put(9n * SOL));
        context.setAccount(alice.publicKey, put(11n * SOL));
      },
    ],
    [
      'changes no foreign data',
      'ExternalAccountDataModified',
      (context) => {
        context.setAccount(bob.publicKey, { ...put(10n * SOL), data: Buffer.from('x') });
      },
    ],
    [
      'takes over no foreign account',
      'ModifiedProgramId',
      (context) => {
        context.setAccount(bob.publicKey, put(10n * SOL, PROGRAM));
      },
    ],
    [
      'makes no lamports',
      'UnbalancedInstruction',
      (context) => {
        context.setAccount(bob.publicKey, put(11n * SOL));
      },
    ],
    [
      'signs for nobody',
      'PrivilegeEscalation',
      (context) => {
        const { programId, keys, data } = transfer(bob, alice.publicKey, SOL);
        context.invoke({ programId, accounts: keys, data });
      },
    ],
    [
      'calls no account that the transaction does not name',
      'MissingAccount',
      (context) => {
        const { programId, keys, data } = transfer(alice, PROGRAM, SOL);
        context.invoke({ programId, accounts: keys, data });
      },
    ],
  ])('%s', (_, reason, behaviour) => {
    behave = behaviour;
    const payer = { pubkey: alice.publicKey, isSigner: true, isWritable: true };
    const record = land(signed([call(payer, writable(bob.publicKey))]));
    expect(record?.err).toEqual({ InstructionError: [0, reason] });
    expect(lamportsOf(bob.publicKey)).toBe(10n * SOL);
  });

  it('writes to no account that is read-only', () => {
    behave = (context) => context.setAccount(bob.publicKey, put(11n * SOL));
    const readonly = { pubkey: bob.publicKey, isSigner: false, isWritable: false };
    expect(land(signed([call(readonly)]))?.err).toEqual({
      InstructionError: [0, 'ReadonlyLamportChange'],
    });
  });

  it('lets a program sign for the addresses that are its own, and nests the logs', () => {
    const vault = new PublicKey(new Uint8Array(32).fill(78));
    behave = (context) => {
      const { programId, keys, data } = SystemProgram.transfer({
        fromPubkey: vault,
        toPubkey: bob.publicKey,
        lamports: SOL,
      });
      context.invoke({ programId, accounts: keys, data }, [vault]);
    };
    bank.credit(vault.toBase58(), 2n * SOL);
    bank.advance(NOW);
    const record = land(signed([call(writable(vault), writable(bob.publicKey))]));
    expect(record?.err).toBeNull();
    expect(lamportsOf(bob.publicKey)).toBe(11n * SOL);
    const system = SystemProgram.programId.toBase58();
    expect(record?.logs.slice(0, 3)).toEqual([
      `Program ${PROGRAM.toBase58()} invoke [1]`,
      `Program ${system} invoke [2]`,
      `Program ${system} success`,
    ]);
  });
});

describe('a bank brought back', () => {
  it('is the bank that was saved, some slots later and one block higher', () => {
    const transaction = signed([transfer(alice, bob.publicKey, SOL)]);
    land(transaction);
    const world = emptyWorld();
    const again = Bank.restore(bank.saved(), world, 10n);
    expect(again.genesisHash).toBe(bank.genesisHash);
    expect(again.slot).toBe(bank.slot + 11n);
    expect(again.blocks.tip.height).toBe(bank.blocks.tip.height + 1n);
    expect(new Map(again.accounts.heads())).toEqual(new Map(bank.accounts.heads()));
    expect(again.refusalAt(transaction, again.slot)).toBe('AlreadyProcessed');
  });
});
