/** Programs and sizes of Solana itself that a capital transaction names. */
export const SYSTEM_PROGRAM = '11111111111111111111111111111111';
export const TOKEN_PROGRAM = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
export const ASSOCIATED_TOKEN_PROGRAM = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL';
export const MEMO_PROGRAM = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr';
export const NATIVE_MINT = 'So11111111111111111111111111111111111111112';

export const TOKEN_ACCOUNT_BYTES = 165;
/** Rent of a token account, lamports: fixed in the wrapped account's funding, which the signer checks. */
export const TOKEN_ACCOUNT_RENT = 2_039_280n;
export const SIGNATURE_FEE = 5_000n;
export const MAX_COMPUTE_UNITS = 1_400_000;
/** Longest transaction that the network takes. */
export const MAX_WIRE_BYTES = 1_232;
/** Blocks for which a blockhash can be used. */
export const BLOCKHASH_VALIDITY = 150n;
