/** RPC methods that read accounts. */
import { TOKEN_PROGRAM_ID } from '@solana/spl-token';
import { z } from 'zod';
import { addressOf } from '../chain/account-store.ts';
import type { Account } from '../chain/program.ts';
import {
  MINT_BYTES,
  MintRecord,
  TOKEN_ACCOUNT_BYTES,
  TokenAccountRecord,
} from '../chain/programs/token-layout.ts';
import { minimumBalance } from '../chain/rent.ts';
import { filterOf } from './account-filter.ts';
import { accountJson, versionJson } from './account-json.ts';
import { RPC_CODE, RpcError } from './rpc-error.ts';
import { withContext } from './rpc-method.ts';
import type { RpcMethods, RpcNode } from './rpc-method.ts';
import {
  accountConfig,
  address,
  contextConfig,
  parseParams,
  programAccountsConfig,
} from './rpc-params.ts';
import { decimalsOf, uiTokenAmount } from './token-json.ts';

const MAX_KEYS = 100;

const keyList = z.array(address).max(MAX_KEYS, `Too many inputs provided; max ${MAX_KEYS}`);
const oneAddress = z.tuple([address, accountConfig.optional()]);
const manyAddresses = z.tuple([keyList, accountConfig.optional()]);
const programAccounts = z.tuple([address, programAccountsConfig.optional()]);
const contextOfAddress = z.tuple([address, contextConfig.optional()]);
const sizeOnly = z.tuple([z.number().int().min(0), contextConfig.optional()]);
const tokenOwner = z.tuple([
  address,
  z.union([z.object({ mint: address }), z.object({ programId: address })]),
  accountConfig.optional(),
]);

export const ACCOUNT_METHODS: RpcMethods = {
  getAccountInfo(node, params) {
    const [key, config] = parseParams(oneAddress, params);
    const slot = node.view.contextSlot(config);
    node.stats.countKeys(1);
    return withContext(slot, accountJson(node.bank, key, slot, config));
  },
  getMultipleAccounts(node, params) {
    const [keys, config] = parseParams(manyAddresses, params);
    const slot = node.view.contextSlot(config);
    node.stats.countKeys(keys.length);
    // Unlike getAccountInfo, real nodes answer this one in base64 when nothing is said.
    const inBase64 = { ...config, encoding: config?.encoding ?? ('base64' as const) };
    return withContext(
      slot,
      keys.map((key) => accountJson(node.bank, key, slot, inBase64)),
    );
  },
  getProgramAccounts(node, params) {
    const [program, config] = parseParams(programAccounts, params);
    const slot = node.view.contextSlot(config);
    const matches = filterOf(config?.filters ?? []);
    const found: object[] = [];
    for (const [pubkey, version] of node.bank.accounts.ownedAt(program, slot)) {
      if (!matches(version.account)) continue;
      found.push({ pubkey, account: versionJson(node.bank, version, slot, config) });
    }
    return config?.withContext === true ? withContext(slot, found) : found;
  },
  getBalance(node, params) {
    const [key, config] = parseParams(contextOfAddress, params);
    const slot = node.view.contextSlot(config);
    return withContext(slot, Number(accountAt(node, key, slot)?.lamports ?? 0n));
  },
  getTokenAccountBalance(node, params) {
    const [key, config] = parseParams(contextOfAddress, params);
    const slot = node.view.contextSlot(config);
    const record = tokenAccountAt(node, key, slot);
    const decimals = decimalsOf(accountAt(node, addressOf(record.mint), slot));
    return withContext(slot, uiTokenAmount(record.amount, decimals));
  },
  getTokenSupply(node, params) {
    const [key, config] = parseParams(contextOfAddress, params);
    const slot = node.view.contextSlot(config);
    const account = accountAt(node, key, slot);
    if (account?.owner.equals(TOKEN_PROGRAM_ID) !== true || account.data.length !== MINT_BYTES) {
      throw new RpcError(RPC_CODE.invalidParams, 'Invalid param: not a Token mint');
    }
    const mint = new MintRecord(account.data);
    return withContext(slot, uiTokenAmount(mint.supply, mint.decimals));
  },
  getTokenAccountsByOwner(node, params) {
    const [owner, by, config] = parseParams(tokenOwner, params);
    const slot = node.view.contextSlot(config);
    return withContext(slot, tokenAccountsOf(node, owner, by, slot, config));
  },
  getMinimumBalanceForRentExemption(_, params) {
    const [bytes] = parseParams(sizeOnly, params);
    return Number(minimumBalance(bytes));
  },
};

function accountAt(node: RpcNode, key: string, slot: bigint): Account | null {
  return node.bank.accounts.versionAt(key, slot)?.account ?? null;
}

function tokenAccountAt(node: RpcNode, key: string, slot: bigint): TokenAccountRecord {
  const account = accountAt(node, key, slot);
  if (account === null) {
    throw new RpcError(RPC_CODE.invalidParams, 'Invalid param: could not find account');
  }
  const isToken =
    account.owner.equals(TOKEN_PROGRAM_ID) && account.data.length === TOKEN_ACCOUNT_BYTES;
  if (!isToken) throw new RpcError(RPC_CODE.invalidParams, 'Invalid param: not a Token account');
  return new TokenAccountRecord(account.data);
}

function tokenAccountsOf(
  node: RpcNode,
  owner: string,
  by: { readonly mint: string } | { readonly programId: string },
  slot: bigint,
  config: z.infer<typeof accountConfig>,
): readonly object[] {
  const program = 'programId' in by ? by.programId : TOKEN_PROGRAM_ID.toBase58();
  const found: object[] = [];
  for (const [pubkey, version] of node.bank.accounts.ownedAt(program, slot)) {
    const { account } = version;
    if (account.data.length !== TOKEN_ACCOUNT_BYTES) continue;
    const record = new TokenAccountRecord(account.data);
    if (record.state === 0 || addressOf(record.owner) !== owner) continue;
    if ('mint' in by && addressOf(record.mint) !== by.mint) continue;
    found.push({ pubkey, account: versionJson(node.bank, version, slot, config) });
  }
  return found;
}
