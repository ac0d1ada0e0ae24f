import { TOKEN_PROGRAM_ID } from '@solana/spl-token';
import bs58 from 'bs58';
import type { Account } from '../chain/program.ts';
import { TOKEN_ACCOUNT_BYTES } from '../chain/programs/token-layout.ts';
import { RPC_CODE, RpcError } from './rpc-error.ts';
import type { AccountFilter } from './rpc-params.ts';

const MAX_COMPARED_BYTES = 128;

/** Compiles `getProgramAccounts` filters. Throws -32602 on bytes that cannot be decoded. */
export function filterOf(filters: readonly AccountFilter[]): (account: Account) => boolean {
  const tests = filters.map(testOf);
  return (account) => tests.every((test) => test(account));
}

function testOf(filter: AccountFilter): (account: Account) => boolean {
  if ('dataSize' in filter) return ({ data }) => data.length === filter.dataSize;
  if ('tokenAccountState' in filter) {
    return ({ data, owner }) =>
      owner.equals(TOKEN_PROGRAM_ID) && data.length === TOKEN_ACCOUNT_BYTES;
  }
  const { offset } = filter.memcmp;
  const bytes = bytesOf(filter.memcmp);
  return ({ data }) => data.subarray(offset, offset + bytes.length).equals(bytes);
}

function bytesOf(memcmp: Extract<AccountFilter, { memcmp: unknown }>['memcmp']): Buffer {
  const bytes = decode(memcmp.bytes, memcmp.encoding ?? 'base58');
  if (bytes.length > MAX_COMPARED_BYTES) {
    throw new RpcError(RPC_CODE.invalidParams, 'Invalid param: memcmp bytes are too long');
  }
  return bytes;
}

function decode(text: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(text, 'base64');
  try {
    return Buffer.from(bs58.decode(text));
  } catch {
    throw new RpcError(RPC_CODE.invalidParams, 'Invalid param: memcmp bytes are not base58');
  }
}
