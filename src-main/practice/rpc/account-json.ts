import * as zlib from 'node:zlib';
import { TOKEN_PROGRAM_ID } from '@solana/spl-token';
import bs58 from 'bs58';
import { addressOf } from '../chain/account-store.ts';
import type { LiveVersion } from '../chain/account-store.ts';
import type { Bank } from '../chain/bank.ts';
import type { Account } from '../chain/program.ts';
import { RPC_CODE, RpcError } from './rpc-error.ts';
import type { AccountConfig, AccountEncoding } from './rpc-params.ts';
import { parsedTokenData } from './token-json.ts';

const MAX_BASE58_BYTES = 128;
/** What a real node answers for an account that pays no rent: the largest u64. */
const NO_RENT_EPOCH = 18_446_744_073_709_552_000;

/** An account as a node shows it; null when it does not exist at the slot. */
export function accountJson(
  bank: Bank,
  address: string,
  slot: bigint,
  config: AccountConfig,
): object | null {
  const version = bank.accounts.versionAt(address, slot);
  return version === null ? null : versionJson(bank, version, slot, config);
}

export function versionJson(
  bank: Bank,
  version: LiveVersion,
  slot: bigint,
  config: AccountConfig,
): object {
  const { account } = version;
  return {
    data: dataJson(bank, version, account, slot, config),
    executable: account.executable,
    lamports: Number(account.lamports),
    owner: addressOf(account.owner),
    rentEpoch: NO_RENT_EPOCH,
    space: account.data.length,
  };
}

function dataJson(
  bank: Bank,
  version: LiveVersion,
  account: Account,
  slot: bigint,
  config: AccountConfig,
): unknown {
  const encoding = config?.encoding ?? 'binary';
  const slice = config?.dataSlice ?? null;
  if (encoding === 'jsonParsed' && account.owner.equals(TOKEN_PROGRAM_ID)) {
    const mintAt = (mint: string) => bank.accounts.versionAt(mint, slot)?.account ?? null;
    const parsed = parsedTokenData(account, mintAt);
    if (parsed !== null) return parsed;
  }
  if (slice !== null) {
    return encoded(account.data.subarray(slice.offset, slice.offset + slice.length), encoding);
  }
  if (encoding === 'base64' || encoding === 'jsonParsed') {
    version.base64 ??= account.data.toString('base64');
    return [version.base64, 'base64'];
  }
  return encoded(account.data, encoding);
}

function encoded(data: Buffer, encoding: AccountEncoding): unknown {
  switch (encoding) {
    case 'base64':
    case 'jsonParsed':
      return [data.toString('base64'), 'base64'];
    case 'base64+zstd':
      return [compressed(data).toString('base64'), 'base64+zstd'];
    case 'base58':
      return [base58(data), 'base58'];
    case 'binary':
      return base58(data);
  }
}

function base58(data: Buffer): string {
  if (data.length > MAX_BASE58_BYTES) {
    throw new RpcError(
      RPC_CODE.invalidRequest,
      'Encoded binary (base 58) data should be less than 128 bytes, please use Base64 encoding.',
    );
  }
  return bs58.encode(data);
}

function compressed(data: Buffer): Buffer {
  // Node learned zstd in 22.15; the oldest runtime that the app may run in has not.
  if (typeof zlib.zstdCompressSync !== 'function') {
    throw new RpcError(RPC_CODE.invalidParams, 'Invalid params: base64+zstd is not supported here');
  }
  return zlib.zstdCompressSync(data);
}
