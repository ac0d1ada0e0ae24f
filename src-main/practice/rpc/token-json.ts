/** Token accounts and mints in a node's `jsonParsed` form. */
import { addressOf } from '../chain/account-store.ts';
import type { Account } from '../chain/program.ts';
import {
  MINT_BYTES,
  MintRecord,
  TOKEN_ACCOUNT_BYTES,
  TokenAccountRecord,
} from '../chain/programs/token-layout.ts';

const STATES = ['uninitialized', 'initialized', 'frozen'];

/** `{amount, decimals, uiAmount, uiAmountString}` of an amount in smallest units. */
export function uiTokenAmount(amount: bigint, decimals: number): object {
  const digits = amount.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const uiAmountString = fraction === '' ? whole : `${whole}.${fraction}`;
  return { amount: amount.toString(), decimals, uiAmount: Number(uiAmountString), uiAmountString };
}

/** Null when the account is neither a mint nor a token account. `mintOf` finds the mint's account. */
export function parsedTokenData(
  account: Account,
  mintOf: (address: string) => Account | null,
): object | null {
  const { data } = account;
  if (data.length === MINT_BYTES) return wrap('mint', mintInfo(new MintRecord(data)), data);
  if (data.length !== TOKEN_ACCOUNT_BYTES) return null;
  const record = new TokenAccountRecord(data);
  if (record.state === 0) return null;
  return wrap('account', accountInfo(record, decimalsOf(mintOf(addressOf(record.mint)))), data);
}

export function decimalsOf(mint: Account | null): number {
  return mint?.data.length === MINT_BYTES ? new MintRecord(mint.data).decimals : 0;
}

function wrap(type: string, info: object, data: Buffer): object {
  return { program: 'spl-token', parsed: { type, info }, space: data.length };
}

function mintInfo(mint: MintRecord): object {
  return {
    decimals: mint.decimals,
    freezeAuthority: mint.freezeAuthority?.toBase58() ?? null,
    isInitialized: mint.isInitialized,
    mintAuthority: mint.mintAuthority?.toBase58() ?? null,
    supply: mint.supply.toString(),
  };
}

function accountInfo(record: TokenAccountRecord, decimals: number): object {
  const { delegate, nativeReserve, closeAuthority } = record;
  return {
    isNative: nativeReserve !== null,
    mint: record.mint.toBase58(),
    owner: record.owner.toBase58(),
    state: STATES[record.state],
    tokenAmount: uiTokenAmount(record.amount, decimals),
    ...(delegate === null
      ? {}
      : {
          delegate: delegate.toBase58(),
          delegatedAmount: uiTokenAmount(record.delegatedAmount, decimals),
        }),
    ...(nativeReserve === null
      ? {}
      : { rentExemptReserve: uiTokenAmount(nativeReserve, decimals) }),
    ...(closeAuthority === null ? {} : { closeAuthority: closeAuthority.toBase58() }),
  };
}
