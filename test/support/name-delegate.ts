import {
  Connection,
  type PublicKey,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { userAddress } from '#main/drift/codec/addresses.ts';
import { encodeInstruction } from '#main/drift/codec/drift-coder.ts';
import type { CapitalPractice } from './capital-practice.ts';

/** Names the delegate of the starter's first sub-account, as another client would. */
export async function nameDelegate(chain: CapitalPractice, delegate: PublicKey): Promise<void> {
  const { starter, practice } = chain;
  const { program, stateSeed } = practice.world.deployment;
  const connection = new Connection(practice.network.httpUrl, 'confirmed');
  const user = userAddress({ program, stateSeed }, starter.publicKey, 0);
  const instruction = new TransactionInstruction({
    programId: program,
    keys: [
      { pubkey: user, isSigner: false, isWritable: true },
      { pubkey: starter.publicKey, isSigner: true, isWritable: false },
    ],
    data: encodeInstruction('updateUserDelegate', { subAccountId: 0, delegate }),
  });
  const { blockhash } = await connection.getLatestBlockhash();
  const message = new TransactionMessage({
    payerKey: starter.publicKey,
    recentBlockhash: blockhash,
    instructions: [instruction],
  }).compileToV0Message();
  const transaction = new VersionedTransaction(message);
  transaction.sign([starter]);
  await connection.sendTransaction(transaction, { skipPreflight: true });
}
