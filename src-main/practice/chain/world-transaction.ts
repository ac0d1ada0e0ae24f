import {
  PublicKey,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import type { Signer } from '@solana/web3.js';
import type { InnerInstruction } from './program.ts';
import { MEMO_PROGRAM_ID } from './programs/memo.ts';
import { decodeTransaction } from './transaction.ts';
import type { WireTransaction } from './transaction.ts';

let signed = 0;

/** Signs instructions of the chain's own making. The first signer pays. */
export function signTransaction(
  instructions: readonly InnerInstruction[],
  signers: readonly Signer[],
  blockhash: string,
): WireTransaction {
  const payer = signers[0];
  if (payer === undefined) throw new Error('A transaction needs a signer');
  signed += 1;
  const message = new TransactionMessage({
    payerKey: payer.publicKey,
    recentBlockhash: blockhash,
    instructions: [...instructions.map(asWeb3), uniqueMemo(signed)],
  }).compileToV0Message();
  const transaction = new VersionedTransaction(message);
  transaction.sign([...signers]);
  return decodeTransaction(Buffer.from(transaction.serialize()));
}

function asWeb3({ programId, accounts, data }: InnerInstruction): TransactionInstruction {
  return new TransactionInstruction({ programId, keys: accounts.map((key) => ({ ...key })), data });
}

/** Two equal requests under one blockhash would be one and the same transaction. */
function uniqueMemo(count: number): TransactionInstruction {
  return new TransactionInstruction({
    programId: new PublicKey(MEMO_PROGRAM_ID),
    keys: [],
    data: Buffer.from(`practice ${count}`),
  });
}
