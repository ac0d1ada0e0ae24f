/** SPL mints and token accounts as bytes. */
import {
  ACCOUNT_SIZE,
  AccountLayout,
  AccountState,
  MINT_SIZE,
  MintLayout,
  NATIVE_MINT,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import { PublicKey, SystemProgram } from '@solana/web3.js';
import type { Account, Ledger } from '../chain/program.ts';

const LAMPORTS_PER_BYTE = 6_960n;
const ACCOUNT_OVERHEAD = 128n;

export interface TokenHolding {
  readonly mint: PublicKey;
  readonly owner: PublicKey;
  readonly amount: bigint;
}

export function rentExempt(bytes: number): bigint {
  return (ACCOUNT_OVERHEAD + BigInt(bytes)) * LAMPORTS_PER_BYTE;
}

export function mintAccount(authority: PublicKey, decimals: number, supply: bigint): Account {
  const data = Buffer.alloc(MINT_SIZE);
  MintLayout.encode(
    {
      mintAuthorityOption: 1,
      mintAuthority: authority,
      supply,
      decimals,
      isInitialized: true,
      freezeAuthorityOption: 0,
      freezeAuthority: PublicKey.default,
    },
    data,
  );
  return { lamports: rentExempt(MINT_SIZE), owner: TOKEN_PROGRAM_ID, data, executable: false };
}

/** Wrapped SOL holds its amount in lamports too. */
export function tokenAccount({ mint, owner, amount }: TokenHolding): Account {
  const native = mint.equals(NATIVE_MINT);
  const rent = rentExempt(ACCOUNT_SIZE);
  const data = Buffer.alloc(ACCOUNT_SIZE);
  AccountLayout.encode(
    {
      mint,
      owner,
      amount,
      delegateOption: 0,
      delegate: PublicKey.default,
      state: AccountState.Initialized,
      isNativeOption: native ? 1 : 0,
      isNative: native ? rent : 0n,
      delegatedAmount: 0n,
      closeAuthorityOption: 0,
      closeAuthority: PublicKey.default,
    },
    data,
  );
  return {
    lamports: rent + (native ? amount : 0n),
    owner: TOKEN_PROGRAM_ID,
    data,
    executable: false,
  };
}

/** Null when the bytes are no token account. */
export function readTokenAccount(account: Account | null): TokenHolding | null {
  if (!account?.owner.equals(TOKEN_PROGRAM_ID) || account.data.length !== ACCOUNT_SIZE) return null;
  const { mint, owner, amount, state } = AccountLayout.decode(account.data);
  return state === AccountState.Uninitialized ? null : { mint, owner, amount };
}

/** Adds freshly minted tokens to an account, creating it where it is missing. */
export function creditTokens(ledger: Ledger, address: PublicKey, holding: TokenHolding): void {
  const present = readTokenAccount(ledger.getAccount(address));
  const amount = (present?.amount ?? 0n) + holding.amount;
  ledger.setAccount(
    address,
    tokenAccount({ mint: holding.mint, owner: present?.owner ?? holding.owner, amount }),
  );
  const mint = ledger.getAccount(holding.mint);
  if (!mint || holding.mint.equals(NATIVE_MINT)) return;
  const data = Buffer.from(mint.data);
  MintLayout.encode(
    { ...MintLayout.decode(data), supply: MintLayout.decode(data).supply + holding.amount },
    data,
  );
  ledger.setAccount(holding.mint, { ...mint, data });
}

/** SOL out of nothing, in a wallet that is opened where it is missing. */
export function creditLamports(ledger: Ledger, owner: PublicKey, lamports: bigint): void {
  const wallet = ledger.getAccount(owner) ?? {
    lamports: 0n,
    owner: SystemProgram.programId,
    data: Buffer.alloc(0),
    executable: false,
  };
  ledger.setAccount(owner, { ...wallet, lamports: wallet.lamports + lamports });
}
