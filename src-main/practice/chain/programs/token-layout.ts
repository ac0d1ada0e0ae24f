/** The byte layouts of SPL Token's mint and account, read and written in place so that untouched bytes stay. */
import { PublicKey } from '@solana/web3.js';
import { ProgramError } from '../program.ts';

export const MINT_BYTES = 82;
export const TOKEN_ACCOUNT_BYTES = 165;

export const FROZEN = 2;
export const INITIALIZED = 1;

function keyAt(data: Buffer, offset: number): PublicKey {
  return new PublicKey(data.subarray(offset, offset + 32));
}

function optionalKeyAt(data: Buffer, offset: number): PublicKey | null {
  return data.readUInt32LE(offset) === 1 ? keyAt(data, offset + 4) : null;
}

/** As the real program does: an absent key clears the tag only and leaves the old bytes behind it. */
function writeOptionalKey(data: Buffer, offset: number, key: PublicKey | null): void {
  data.writeUInt32LE(key === null ? 0 : 1, offset);
  if (key !== null) data.set(key.toBytes(), offset + 4);
}

abstract class PackedRecord {
  readonly data: Buffer;

  constructor(data: Buffer, length: number) {
    if (data.length !== length) {
      throw new ProgramError('InvalidAccountData', `${data.length} bytes instead of ${length}`);
    }
    this.data = data;
  }
}

export class MintRecord extends PackedRecord {
  constructor(data: Buffer) {
    super(data, MINT_BYTES);
  }

  /** Throws `UninitializedAccount` unless the mint has been initialised. */
  static initialized(data: Buffer): MintRecord {
    const mint = new MintRecord(data);
    if (!mint.isInitialized) throw new ProgramError('UninitializedAccount', 'no mint');
    return mint;
  }

  get mintAuthority(): PublicKey | null {
    return optionalKeyAt(this.data, 0);
  }
  set mintAuthority(key: PublicKey | null) {
    writeOptionalKey(this.data, 0, key);
  }
  get supply(): bigint {
    return this.data.readBigUInt64LE(36);
  }
  set supply(amount: bigint) {
    this.data.writeBigUInt64LE(amount, 36);
  }
  get decimals(): number {
    return this.data.readUInt8(44);
  }
  set decimals(decimals: number) {
    this.data.writeUInt8(decimals, 44);
  }
  get isInitialized(): boolean {
    return this.data.readUInt8(45) === 1;
  }
  set isInitialized(flag: boolean) {
    this.data.writeUInt8(flag ? 1 : 0, 45);
  }
  get freezeAuthority(): PublicKey | null {
    return optionalKeyAt(this.data, 46);
  }
  set freezeAuthority(key: PublicKey | null) {
    writeOptionalKey(this.data, 46, key);
  }
}

export class TokenAccountRecord extends PackedRecord {
  constructor(data: Buffer) {
    super(data, TOKEN_ACCOUNT_BYTES);
  }

  /** Throws `UninitializedAccount` unless the account has been initialised. */
  static initialized(data: Buffer): TokenAccountRecord {
    const account = new TokenAccountRecord(data);
    if (account.state === 0) throw new ProgramError('UninitializedAccount', 'no token account');
    return account;
  }

  get mint(): PublicKey {
    return keyAt(this.data, 0);
  }
  set mint(key: PublicKey) {
    this.data.set(key.toBytes(), 0);
  }
  get owner(): PublicKey {
    return keyAt(this.data, 32);
  }
  set owner(key: PublicKey) {
    this.data.set(key.toBytes(), 32);
  }
  get amount(): bigint {
    return this.data.readBigUInt64LE(64);
  }
  set amount(amount: bigint) {
    this.data.writeBigUInt64LE(amount, 64);
  }
  get delegate(): PublicKey | null {
    return optionalKeyAt(this.data, 72);
  }
  set delegate(key: PublicKey | null) {
    writeOptionalKey(this.data, 72, key);
  }
  /** 0 not initialised, 1 initialised, 2 frozen. */
  get state(): number {
    return this.data.readUInt8(108);
  }
  set state(state: number) {
    this.data.writeUInt8(state, 108);
  }
  get isFrozen(): boolean {
    return this.state === FROZEN;
  }
  /** Rent reserve of wrapped SOL; null for every other token. */
  get nativeReserve(): bigint | null {
    return this.data.readUInt32LE(109) === 1 ? this.data.readBigUInt64LE(113) : null;
  }
  set nativeReserve(lamports: bigint | null) {
    this.data.writeUInt32LE(lamports === null ? 0 : 1, 109);
    if (lamports !== null) this.data.writeBigUInt64LE(lamports, 113);
  }
  get delegatedAmount(): bigint {
    return this.data.readBigUInt64LE(121);
  }
  set delegatedAmount(amount: bigint) {
    this.data.writeBigUInt64LE(amount, 121);
  }
  get closeAuthority(): PublicKey | null {
    return optionalKeyAt(this.data, 129);
  }
  set closeAuthority(key: PublicKey | null) {
    writeOptionalKey(this.data, 129, key);
  }
}
