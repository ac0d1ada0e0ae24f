import { createHash } from 'node:crypto';
import { Keypair, PublicKey, SystemProgram } from '@solana/web3.js';
import { addressOf } from '../chain/account-store.ts';
import type { Bank } from '../chain/bank.ts';
import { LAMPORTS_PER_SIGNATURE } from '../chain/fees.ts';
import { minimumBalance } from '../chain/rent.ts';
import type { WireTransaction } from '../chain/transaction.ts';
import { signTransaction } from '../chain/world-transaction.ts';

/** A signed transfer of new lamports, so that an airdrop can be confirmed like any transaction. */
export function faucetTransfer(bank: Bank, to: string, lamports: bigint): WireTransaction {
  const seed = createHash('sha256').update(`faucet ${bank.genesisHash}`).digest();
  const faucet = Keypair.fromSeed(seed);
  bank.credit(addressOf(faucet.publicKey), lamports + LAMPORTS_PER_SIGNATURE + minimumBalance(0));
  const { programId, keys, data } = SystemProgram.transfer({
    fromPubkey: faucet.publicKey,
    toPubkey: new PublicKey(to),
    lamports,
  });
  return signTransaction(
    [{ programId, accounts: keys, data }],
    [faucet],
    bank.blocks.tip.blockhash,
  );
}
