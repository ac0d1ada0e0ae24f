/**
 * A compiled Solana message, legacy or version 0, read from its bytes. Strict: two different byte strings never
 * decode to the same message, and what the chain would refuse is refused here. It judges form, never purpose.
 */
import { base58 } from '@scure/base';
import { address, type Address } from '#domain/ids.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { ByteReader, Malformed } from './byte-reader.ts';

/** A packet of 1,232 bytes less the signature of one signer and its count. */
export const MAX_MESSAGE_BYTES = 1232 - 65;
const KEY_BYTES = 32;
const VERSION_BIT = 0x80;

export interface MessageKey {
  readonly address: Address;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
}

export interface MessageInstruction {
  readonly program: Address;
  /** Indexes into the message's keys; higher ones are looked up in tables. */
  readonly accounts: readonly number[];
  readonly data: Uint8Array;
}

export interface TableLookup {
  readonly table: Address;
  readonly writable: readonly number[];
  readonly readonly: readonly number[];
}

export interface DecodedMessage {
  readonly version: 'legacy' | 0;
  readonly requiredSignatures: number;
  readonly keys: readonly MessageKey[];
  /** Where the 32 bytes of the blockhash begin. */
  readonly blockhashOffset: number;
  readonly instructions: readonly MessageInstruction[];
  readonly lookups: readonly TableLookup[];
}

/** The failure says in words what is wrong with the bytes. */
export function decodeMessage(bytes: Uint8Array): Result<DecodedMessage, string> {
  try {
    return ok(read(bytes));
  } catch (error) {
    if (error instanceof Malformed) return err(error.message);
    throw error;
  }
}

/** The message with its blockhash set to zero: what it does, whenever it is sent. */
export function withoutBlockhash(bytes: Uint8Array, message: DecodedMessage): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.fill(0, message.blockhashOffset, message.blockhashOffset + KEY_BYTES);
  return copy;
}

function read(bytes: Uint8Array): DecodedMessage {
  if (bytes.length > MAX_MESSAGE_BYTES) {
    throw new Malformed(`it has ${bytes.length} bytes, more than ${MAX_MESSAGE_BYTES}`);
  }
  const reader = new ByteReader(bytes);
  const version = readVersion(bytes[0], reader);
  const header = readHeader(reader);
  const keys = readKeys(reader, header);
  const blockhashOffset = reader.offset;
  reader.bytes(KEY_BYTES, 'the blockhash');
  const drafts = readInstructions(reader, keys);
  const lookups = version === 'legacy' ? [] : readLookups(reader);
  reader.end('the message');
  const reachable = lookups.reduce(
    (sum, lookup) => sum + lookup.writable.length + lookup.readonly.length,
    keys.length,
  );
  requireReachable(drafts, reachable);
  return {
    version,
    requiredSignatures: header.required,
    keys,
    blockhashOffset,
    instructions: drafts,
    lookups,
  };
}

function readVersion(first: number | undefined, reader: ByteReader): 'legacy' | 0 {
  if (first === undefined || (first & VERSION_BIT) === 0) return 'legacy';
  const version = reader.u8('the version') & ~VERSION_BIT;
  if (version !== 0) throw new Malformed(`its version is ${version}`);
  return 0;
}

interface Header {
  readonly required: number;
  readonly readonlySigned: number;
  readonly readonlyUnsigned: number;
}

function readHeader(reader: ByteReader): Header {
  const required = reader.u8('the number of signatures');
  const readonlySigned = reader.u8('the number of read-only signers');
  const readonlyUnsigned = reader.u8('the number of read-only accounts');
  if (required === 0) throw new Malformed('nobody signs it');
  if (readonlySigned >= required) throw new Malformed('its fee payer is read-only');
  return { required, readonlySigned, readonlyUnsigned };
}

function readKeys(reader: ByteReader, header: Header): readonly MessageKey[] {
  const { required, readonlySigned, readonlyUnsigned } = header;
  const count = reader.compactU16('the number of accounts');
  if (required + readonlyUnsigned > count) {
    throw new Malformed('its header names more accounts than it has');
  }
  const seen = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const text = base58.encode(reader.bytes(KEY_BYTES, `account ${index}`));
    if (seen.has(text)) throw new Malformed(`account ${text} is in it twice`);
    seen.add(text);
    const isSigner = index < required;
    const isWritable = isSigner
      ? index < required - readonlySigned
      : index < count - readonlyUnsigned;
    return { address: address(text), isSigner, isWritable };
  });
}

function readInstructions(
  reader: ByteReader,
  keys: readonly MessageKey[],
): readonly MessageInstruction[] {
  const count = reader.compactU16('the number of instructions');
  const instructions: MessageInstruction[] = [];
  for (let number = 1; number <= count; number += 1) {
    const what = `instruction ${number}`;
    const programIndex = reader.u8(what);
    if (programIndex === 0) throw new Malformed(`${what} calls the fee payer as a program`);
    const program = keys[programIndex]?.address;
    if (program === undefined) throw new Malformed(`${what} calls a program that is not in it`);
    const accounts = [...reader.bytes(reader.compactU16(what), what)];
    const data = reader.bytes(reader.compactU16(what), what);
    instructions.push({ program, accounts, data });
  }
  return instructions;
}

function readLookups(reader: ByteReader): readonly TableLookup[] {
  const count = reader.compactU16('the number of lookup tables');
  const lookups: TableLookup[] = [];
  for (let number = 1; number <= count; number += 1) {
    const what = `lookup table ${number}`;
    const table = address(base58.encode(reader.bytes(KEY_BYTES, what)));
    const writable = [...reader.bytes(reader.compactU16(what), what)];
    const readonly = [...reader.bytes(reader.compactU16(what), what)];
    if (writable.length + readonly.length === 0) throw new Malformed(`${what} brings no account`);
    lookups.push({ table, writable, readonly });
  }
  return lookups;
}

function requireReachable(instructions: readonly MessageInstruction[], reachable: number): void {
  instructions.forEach(({ accounts }, index) => {
    const outside = accounts.find((account) => account >= reachable);
    if (outside !== undefined) {
      throw new Malformed(
        `instruction ${index + 1} uses account ${outside} of ${reachable} in the message`,
      );
    }
  });
}
