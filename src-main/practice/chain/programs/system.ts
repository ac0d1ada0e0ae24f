/** The System program: creating, funding and assigning accounts. Nonce instructions are not supported. */
import { createHash } from 'node:crypto';
import { PublicKey, SystemProgram } from '@solana/web3.js';
import { ProgramError } from '../program.ts';
import type { Account, InstructionContext, Program } from '../program.ts';
import { accountAt, InstructionReader, isSigner } from './instruction-reader.ts';

const ALREADY_IN_USE = 0;
const RESULT_WITH_NEGATIVE_LAMPORTS = 1;
const INVALID_ACCOUNT_DATA_LENGTH = 3;
const MAX_SEED_LENGTH_EXCEEDED = 4;
const ADDRESS_WITH_SEED_MISMATCH = 5;

const MAX_SEED_BYTES = 32;
const MAX_ACCOUNT_BYTES = 10n * 1024n * 1024n;

const EMPTY: Account = {
  lamports: 0n,
  owner: SystemProgram.programId,
  data: Buffer.alloc(0),
  executable: false,
};

export const systemProgram: Program = {
  id: SystemProgram.programId,
  execute(context) {
    const reader = new InstructionReader(context.data);
    const tag = reader.u32();
    switch (tag) {
      case 0: {
        const [lamports, space, owner] = [reader.u64(), reader.u64(), reader.key()];
        const to = accountAt(context, 1).pubkey;
        return createAccount(context, to, to, lamports, space, owner);
      }
      case 1:
        return assignSigned(context, reader.key());
      case 2:
        return transferSigned(context, reader.u64());
      case 3: {
        const base = reader.key();
        const seed = reader.text();
        const [lamports, space, owner] = [reader.u64(), reader.u64(), reader.key()];
        const to = accountAt(context, 1).pubkey;
        checkSeed(context, to, base, seed, owner);
        return createAccount(context, to, base, lamports, space, owner);
      }
      case 8: {
        const key = accountAt(context, 0).pubkey;
        return allocate(context, key, key, reader.u64());
      }
      case 9: {
        const base = reader.key();
        const seed = reader.text();
        const [space, owner] = [reader.u64(), reader.key()];
        const key = accountAt(context, 0).pubkey;
        checkSeed(context, key, base, seed, owner);
        allocate(context, key, base, space);
        return assign(context, key, base, owner);
      }
      case 10: {
        const [base, seed, owner] = [reader.key(), reader.text(), reader.key()];
        const key = accountAt(context, 0).pubkey;
        checkSeed(context, key, base, seed, owner);
        return assign(context, key, base, owner);
      }
      case 11:
        return transferWithSeed(context, reader.u64(), reader.text(), reader.key());
      default:
        throw new ProgramError('InvalidInstructionData', `system instruction ${tag}`);
    }
  },
};

function load(context: InstructionContext, key: PublicKey): Account {
  return context.getAccount(key) ?? { ...EMPTY };
}

function createAccount(
  context: InstructionContext,
  to: PublicKey,
  base: PublicKey,
  lamports: bigint,
  space: bigint,
  owner: PublicKey,
): void {
  const from = accountAt(context, 0).pubkey;
  if (load(context, to).lamports > 0n) {
    context.log(`Create Account: account ${describe(to, base)} already in use`);
    throw new ProgramError(ALREADY_IN_USE, 'the account exists');
  }
  allocate(context, to, base, space);
  assign(context, to, base, owner);
  transfer(context, from, to, lamports);
}

function allocate(context: InstructionContext, key: PublicKey, base: PublicKey, space: bigint) {
  if (!isSigner(context, base)) {
    context.log(`Allocate: 'to' account ${describe(key, base)} must sign`);
    throw new ProgramError('MissingRequiredSignature', 'the account has not signed');
  }
  const account = load(context, key);
  if (account.data.length > 0 || !account.owner.equals(SystemProgram.programId)) {
    context.log(`Allocate: account ${describe(key, base)} already in use`);
    throw new ProgramError(ALREADY_IN_USE, 'the account is in use');
  }
  if (space > MAX_ACCOUNT_BYTES) {
    throw new ProgramError(INVALID_ACCOUNT_DATA_LENGTH, 'the account would be too large');
  }
  context.setAccount(key, { ...account, data: Buffer.alloc(Number(space)) });
}

function assign(context: InstructionContext, key: PublicKey, base: PublicKey, owner: PublicKey) {
  const account = load(context, key);
  if (account.owner.equals(owner)) return;
  if (!isSigner(context, base)) {
    context.log(`Assign: account ${describe(key, base)} must sign`);
    throw new ProgramError('MissingRequiredSignature', 'the account has not signed');
  }
  context.setAccount(key, { ...account, owner });
}

function assignSigned(context: InstructionContext, owner: PublicKey): void {
  const key = accountAt(context, 0).pubkey;
  assign(context, key, key, owner);
}

function transferSigned(context: InstructionContext, lamports: bigint): void {
  const from = accountAt(context, 0).pubkey;
  const to = accountAt(context, 1).pubkey;
  transfer(context, from, to, lamports);
}

function transfer(
  context: InstructionContext,
  from: PublicKey,
  to: PublicKey,
  lamports: bigint,
): void {
  if (!isSigner(context, from)) {
    context.log(`Transfer: \`from\` account ${from.toBase58()} must sign`);
    throw new ProgramError('MissingRequiredSignature', 'the payer has not signed');
  }
  move(context, from, to, lamports);
}

function move(context: InstructionContext, from: PublicKey, to: PublicKey, lamports: bigint) {
  const payer = load(context, from);
  if (payer.data.length > 0) {
    context.log('Transfer: `from` must not carry data');
    throw new ProgramError('InvalidArgument', 'the payer carries data');
  }
  if (lamports > payer.lamports) {
    context.log(`Transfer: insufficient lamports ${payer.lamports}, need ${lamports}`);
    throw new ProgramError(RESULT_WITH_NEGATIVE_LAMPORTS, 'insufficient lamports');
  }
  if (lamports === 0n) return;
  context.setAccount(from, { ...payer, lamports: payer.lamports - lamports });
  const receiver = load(context, to);
  context.setAccount(to, { ...receiver, lamports: receiver.lamports + lamports });
}

function transferWithSeed(
  context: InstructionContext,
  lamports: bigint,
  seed: string,
  owner: PublicKey,
): void {
  const from = accountAt(context, 0).pubkey;
  const base = accountAt(context, 1).pubkey;
  const to = accountAt(context, 2).pubkey;
  if (!accountAt(context, 1).isSigner) {
    context.log(`Transfer: 'from' account ${base.toBase58()} must sign`);
    throw new ProgramError('MissingRequiredSignature', 'the base has not signed');
  }
  if (!seeded(base, seed, owner).equals(from)) {
    context.log("Transfer: 'from' address does not match derived address");
    throw new ProgramError(ADDRESS_WITH_SEED_MISMATCH, 'the address is not derived from the seed');
  }
  move(context, from, to, lamports);
}

function checkSeed(
  context: InstructionContext,
  key: PublicKey,
  base: PublicKey,
  seed: string,
  owner: PublicKey,
): void {
  if (seeded(base, seed, owner).equals(key)) return;
  context.log(`Create: address ${key.toBase58()} does not match derived address`);
  throw new ProgramError(ADDRESS_WITH_SEED_MISMATCH, 'the address is not derived from the seed');
}

function seeded(base: PublicKey, seed: string, owner: PublicKey): PublicKey {
  if (Buffer.byteLength(seed) > MAX_SEED_BYTES) {
    throw new ProgramError(MAX_SEED_LENGTH_EXCEEDED, 'the seed is too long');
  }
  const hash = createHash('sha256').update(base.toBytes()).update(seed).update(owner.toBytes());
  return new PublicKey(hash.digest());
}

function describe(key: PublicKey, base: PublicKey): string {
  const from = base.equals(key) ? 'None' : `Some(${base.toBase58()})`;
  return `Address { address: ${key.toBase58()}, base: ${from} }`;
}
