/** Transactions as they arrive: wire bytes, legacy or version 0. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { VersionedTransaction } from '@solana/web3.js';
import type { MessageCompiledInstruction, PublicKey, VersionedMessage } from '@solana/web3.js';
import bs58 from 'bs58';

/** Bytes that fit in one network packet: longer transactions are refused. */
export const MAX_TRANSACTION_BYTES = 1232;

export interface WireTransaction {
  readonly wire: Buffer;
  /** First signature in base58: the transaction's name. */
  readonly signature: string;
  readonly signatures: readonly Uint8Array[];
  readonly message: VersionedMessage;
  readonly messageBytes: Uint8Array;
  readonly accountKeys: readonly PublicKey[];
  readonly instructions: readonly MessageCompiledInstruction[];
}

export class UndecodableTransaction extends Error {}

/** Decodes and checks the shape. Throws UndecodableTransaction, saying what is wrong. */
export function decodeTransaction(wire: Buffer): WireTransaction {
  try {
    const { signatures, message } = VersionedTransaction.deserialize(wire);
    const first = signatures[0];
    if (first === undefined) throw new Error('no signature');
    checkShape(signatures, message);
    return {
      wire,
      signature: bs58.encode(first),
      signatures,
      message,
      messageBytes: message.serialize(),
      accountKeys: message.staticAccountKeys,
      instructions: message.compiledInstructions,
    };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new UndecodableTransaction(detail, { cause });
  }
}

function checkShape(signatures: readonly Uint8Array[], message: VersionedMessage): void {
  const { numRequiredSignatures, numReadonlySignedAccounts, numReadonlyUnsignedAccounts } =
    message.header;
  const keys = message.staticAccountKeys.length;
  if (signatures.length !== numRequiredSignatures) throw new Error('signature count is wrong');
  if (numReadonlySignedAccounts >= numRequiredSignatures) throw new Error('no writable fee payer');
  if (numRequiredSignatures + numReadonlyUnsignedAccounts > keys) throw new Error('too few keys');
  const lookedUp = message.addressTableLookups.reduce(
    (sum, lookup) => sum + lookup.readonlyIndexes.length + lookup.writableIndexes.length,
    0,
  );
  for (const { programIdIndex, accountKeyIndexes } of message.compiledInstructions) {
    if (programIdIndex === 0 || programIdIndex >= keys) throw new Error('program index is wrong');
    if (accountKeyIndexes.some((index) => index >= keys + lookedUp)) {
      throw new Error('account index is wrong');
    }
  }
}

/** The key at an index of the message. Throws where the shape has not been checked: a bug. */
export function keyAt({ accountKeys }: WireTransaction, index: number): PublicKey {
  const key = accountKeys[index];
  if (key === undefined) throw new RangeError(`The message has no key ${index}`);
  return key;
}

/** True when every required signature is the key's own over the message. */
export function signaturesHold(transaction: WireTransaction): boolean {
  return transaction.signatures.every((signature, index) => {
    const key = transaction.accountKeys[index];
    if (key === undefined) return false;
    try {
      return ed25519.verify(signature, transaction.messageBytes, key.toBytes(), { zip215: false });
    } catch {
      return false;
    }
  });
}
