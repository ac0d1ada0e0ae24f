import type { RawAccount } from './account-frame.ts';

/** The chain's own clock. */
export const CLOCK_SYSVAR = 'SysvarC1ock11111111111111111111111111111111';
const UNIX_TIME_AT = 32;

/** Seconds since the Unix epoch by the chain: the local clock may be wrong. Null: the account holds no clock. */
export function chainTimeIn(account: RawAccount | null): bigint | null {
  const data = Buffer.from(account?.base64 ?? '', 'base64');
  return data.length >= UNIX_TIME_AT + 8 ? data.readBigInt64LE(UNIX_TIME_AT) : null;
}
