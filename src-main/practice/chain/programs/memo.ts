import { PublicKey } from '@solana/web3.js';
import { ProgramError } from '../program.ts';
import type { Program } from '../program.ts';

export const MEMO_PROGRAM_ID = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');

/** Memo, version 2: text that every account of the instruction must sign. */
export const memoProgram: Program = {
  id: MEMO_PROGRAM_ID,
  execute({ accounts, data, log }) {
    const unsigned = accounts.filter((account) => !account.isSigner);
    for (const account of accounts) {
      if (account.isSigner) log(`Signed by ${account.pubkey.toBase58()}`);
    }
    if (unsigned.length > 0) {
      throw new ProgramError('MissingRequiredSignature', 'an account has not signed the memo');
    }
    const text = decodeUtf8(data);
    if (text === null) {
      log('Invalid UTF-8');
      throw new ProgramError('InvalidInstructionData', 'the memo is not UTF-8');
    }
    log(`Memo (len ${data.length}): ${JSON.stringify(text)}`);
  },
};

export function decodeUtf8(data: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return null;
  }
}
