import { createHash } from 'node:crypto';
import {
  Keypair,
  PublicKey,
  SystemProgram,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { addressOf } from '../chain/account-store.ts';
import type { Bank } from '../chain/bank.ts';
import { LAMPORTS_PER_SIGNATURE } from '../chain/fees.ts';
import { MEMO_PROGRAM_ID } from '../chain/programs/memo.ts';
import { minimumBalance } from '../chain/rent.ts';
import { decodeTransaction } from '../chain/transaction.ts';
import type { WireTransaction } from '../chain/transaction.ts';

let airdrops = 0;

/** A signed transfer of new lamports, so that an airdrop can be confirmed like any transaction. */
export function faucetTransfer(bank: Bank, to: string, lamports: bigint): WireTransaction {
  const seed = createHash('sha256').update(`faucet ${bank.genesisHash}`).digest();
  const faucet = Keypair.fromSeed(seed);
  bank.credit(addressOf(faucet.publicKey), lamports + LAMPORTS_PER_SIGNATURE + minimumBalance(0));
  airdrops += 1;
  const message = new TransactionMessage({
    payerKey: faucet.publicKey,
    recentBlockhash: bank.blocks.tip.blockhash,
    instructions: [
      SystemProgram.transfer({
        fromPubkey: faucet.publicKey,
        toPubkey: new PublicKey(to),
        lamports,
      }),
      // Two equal airdrops under one blockhash would be one and the same transaction.
      new TransactionInstruction({
        programId: MEMO_PROGRAM_ID,
        keys: [],
        data: Buffer.from(`airdrop ${airdrops}`),
      }),
    ],
  }).compileToV0Message();
  const transaction = new VersionedTransaction(message);
  transaction.sign([faucet]);
  return decodeTransaction(Buffer.from(transaction.serialize()));
}
