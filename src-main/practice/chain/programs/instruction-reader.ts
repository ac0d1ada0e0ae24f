import { PublicKey } from '@solana/web3.js';
import { ProgramError } from '../program.ts';
import type { InstructionAccount, InstructionContext } from '../program.ts';

/** Reads instruction data field by field; data that ends too early is the program's `InvalidInstructionData`. */
export class InstructionReader {
  readonly #data: Buffer;
  readonly #error: number | string;
  #offset = 0;

  constructor(data: Buffer, error: number | string = 'InvalidInstructionData') {
    this.#data = data;
    this.#error = error;
  }

  u8(): number {
    return this.#take(1).readUInt8(0);
  }

  u32(): number {
    return this.#take(4).readUInt32LE(0);
  }

  u64(): bigint {
    return this.#take(8).readBigUInt64LE(0);
  }

  key(): PublicKey {
    return new PublicKey(this.#take(32));
  }

  /** A length of eight bytes and so many bytes of UTF-8. */
  text(): string {
    const length = this.u64();
    if (length > BigInt(this.#data.length)) this.#fail();
    return this.#take(Number(length)).toString('utf8');
  }

  /** One byte that says whether a key follows. */
  optionalKey(): PublicKey | null {
    const tag = this.u8();
    if (tag > 1) this.#fail();
    return tag === 1 ? this.key() : null;
  }

  #take(bytes: number): Buffer {
    const end = this.#offset + bytes;
    if (end > this.#data.length) this.#fail();
    const taken = this.#data.subarray(this.#offset, end);
    this.#offset = end;
    return taken;
  }

  #fail(): never {
    throw new ProgramError(this.#error, 'instruction data cannot be read');
  }
}

export function accountAt(context: InstructionContext, index: number): InstructionAccount {
  const account = context.accounts[index];
  if (account === undefined) {
    throw new ProgramError('NotEnoughAccountKeys', `account ${index} is missing`);
  }
  return account;
}

/** True when any mention of the key in the instruction is a signer. */
export function isSigner(context: InstructionContext, key: PublicKey): boolean {
  return context.accounts.some((account) => account.isSigner && account.pubkey.equals(key));
}
