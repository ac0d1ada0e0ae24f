import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keypair, SystemProgram, Transaction } from '@solana/web3.js';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bank } from '#main/practice/chain/bank.ts';
import { decodeTransaction } from '#main/practice/chain/transaction.ts';
import { ChainFile } from '#main/practice/storage/chain-file.ts';
import { emptyWorld } from '#test/support/practice-chain.ts';

const NOW = 1_800_000_000n;
const SLOTS = 12;

let folder: string;
let bank: Bank;
/** Balance of the key after each slot. */
let balances: Map<bigint, bigint>;
const key = Keypair.fromSeed(new Uint8Array(32).fill(3));
const address = key.publicKey.toBase58();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keel-chain-file-'));
  bank = Bank.create('genesis', emptyWorld(), NOW);
  balances = new Map();
  const { file } = ChainFile.open(folder);
  file.writeBase(bank.saved());
  balances.set(bank.slot, 0n);
  for (let slot = 0; slot < SLOTS; slot += 1) {
    bank.credit(address, 1_000_000_000n);
    if (slot === 5) bank.submit(payment());
    file.append(bank.advance(NOW));
    balances.set(bank.slot, bank.accounts.head(address)?.lamports ?? 0n);
  }
  file.close();
});

afterEach(() => rmSync(folder, { recursive: true }));

function payment() {
  const transaction = new Transaction().add(
    SystemProgram.transfer({
      fromPubkey: key.publicKey,
      toPubkey: Keypair.generate().publicKey,
      lamports: 5_000_000,
    }),
  );
  transaction.feePayer = key.publicKey;
  transaction.recentBlockhash = bank.blocks.tip.blockhash;
  transaction.sign(key);
  return decodeTransaction(transaction.serialize());
}

function restored(): Bank {
  const { file, saved } = ChainFile.open(folder);
  file.close();
  if (saved === null) throw new Error('nothing was saved');
  return Bank.restore(saved, emptyWorld(), 0n);
}

const onlyFile = (): string => join(folder, readdirSync(folder)[0]!);

describe('the chain on disk', () => {
  it('comes back whole', () => {
    const again = restored();
    expect(again.slot).toBe(bank.slot + 1n);
    expect(new Map(again.accounts.heads())).toEqual(new Map(bank.accounts.heads()));
    expect([...again.history.all()]).toEqual([...bank.history.all()]);
    expect(again.history.size).toBe(1);
  });

  it('comes back as of a whole slot wherever the file is cut short', () => {
    const whole = readFileSync(onlyFile());
    const base = whole.indexOf('"kind":"slot"') - 10;
    fc.assert(
      fc.property(fc.integer({ min: base, max: whole.length }), (length) => {
        writeFileSync(onlyFile(), whole.subarray(0, length));
        const again = restored();
        const slot = again.slot - 1n;
        expect(again.accounts.head(address)?.lamports ?? 0n).toBe(balances.get(slot));
      }),
      { numRuns: 60 },
    );
  });

  it('believes nothing from a damaged line on', () => {
    const whole = readFileSync(onlyFile());
    const base = whole.indexOf('"kind":"slot"') - 10;
    fc.assert(
      fc.property(fc.integer({ min: base, max: whole.length - 1 }), (at) => {
        const damaged = Buffer.from(whole);
        damaged[at] = damaged[at]! ^ 1;
        writeFileSync(onlyFile(), damaged);
        const again = restored();
        expect(again.accounts.head(address)?.lamports ?? 0n).toBe(balances.get(again.slot - 1n));
      }),
      { numRuns: 60 },
    );
  });

  it('goes back to the older generation when the newer is not whole, and sets that aside', () => {
    writeFileSync(join(folder, 'chain-2.log'), readFileSync(onlyFile()).subarray(0, 900));
    expect(restored().slot).toBe(bank.slot + 1n);
    const { file } = ChainFile.open(folder);
    file.writeBase(bank.saved());
    file.close();
    expect(readdirSync(folder).sort()).toEqual(['chain-2.damaged', 'chain-2.log']);
  });

  it('is empty in a new folder', () => {
    const { file, saved } = ChainFile.open(join(folder, 'new'));
    file.close();
    expect(saved).toBeNull();
  });
});
