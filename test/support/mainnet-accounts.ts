/**
 * Real accounts of the mainnet program at their real addresses. Their dates are mixed, and their oracles were
 * not recorded: each oracle is made here, in the layout that its market names, at the market's last price.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BorshAccountsCoder, type Idl } from '@coral-xyz/anchor';
import type BN from 'bn.js';
import type { PublicKey } from '@solana/web3.js';
import RECEIVER_IDL from '@drift-labs/sdk/lib/node/idl/pyth_solana_receiver.json' with { type: 'json' };
import DRIFT_IDL from '@drift-labs/sdk/lib/node/idl/drift.json' with { type: 'json' };
import {
  DRIFT_V2,
  perpMarketAddress,
  spotMarketAddress,
  stateAddress,
  userAddress,
} from '#main/drift/codec/addresses.ts';
import { blankAccount, decodeAccount, encodeAccount } from '#main/drift/codec/drift-coder.ts';
import type { ServedAccount } from './rpc-server.ts';

export interface MainnetUser {
  readonly authority: string;
  readonly subAccountId: number;
  readonly key: string;
  readonly data: Buffer;
}

export interface MainnetAccounts {
  readonly users: readonly MainnetUser[];
  /** Everything at its address: state, users, markets, oracles. */
  readonly accounts: ReadonlyMap<string, ServedAccount>;
}

type Kind = 'User' | 'PerpMarket' | 'SpotMarket';
type File = { readonly accounts: Record<Kind, readonly { readonly data: string }[]> };

export const PROGRAM = DRIFT_V2.program.toBase58();
const PYTH = 'FsJ3A3u2vn5cTVofAjvy6y5kwABJAqYWpe4975bi2epH';
const RECEIVER = 'rec5EKMGg6MxZYaMdyBfgwp4d5rB9T1VQH5pJv5LtFJ';
const ORACLE_SLOT = 900n;

export function loadMainnetAccounts(): MainnetAccounts {
  const path = resolve(import.meta.dirname, '../data/drift-v2-accounts.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as File;
  const bytes = (kind: Kind) => file.accounts[kind].map(({ data }) => Buffer.from(data, 'base64'));
  const accounts = new Map<string, ServedAccount>();
  accounts.set(stateAddress(DRIFT_V2).toBase58(), owned(stateBytes()));
  for (const data of bytes('PerpMarket')) {
    const market = decodeAccount('PerpMarket', data);
    const key = perpMarketAddress(DRIFT_V2, market.marketIndex).toBase58();
    if (accounts.has(key)) continue;
    accounts.set(key, owned(data));
    const { oracle, oracleSource, historicalOracleData } = market.amm;
    addOracle(accounts, oracle, oracleSource, historicalOracleData.lastOraclePrice);
  }
  for (const data of bytes('SpotMarket')) {
    const market = decodeAccount('SpotMarket', data);
    const key = spotMarketAddress(DRIFT_V2, market.marketIndex).toBase58();
    if (accounts.has(key)) continue;
    accounts.set(key, owned(data));
    const { oracle, oracleSource, historicalOracleData } = market;
    addOracle(accounts, oracle, oracleSource, historicalOracleData.lastOraclePrice);
  }
  const users = bytes('User').map((data) => userOf(data));
  for (const { key, data } of users) accounts.set(key, owned(data));
  return { users, accounts };
}

function owned(data: Buffer): ServedAccount {
  return { owner: PROGRAM, data };
}

function userOf(data: Buffer): MainnetUser {
  const { authority, subAccountId } = decodeAccount('User', data);
  return {
    authority: authority.toBase58(),
    subAccountId,
    key: userAddress(DRIFT_V2, authority, subAccountId).toBase58(),
    data,
  };
}

/** The state was not recorded either; guard rails are those of mainnet. */
function stateBytes(): Buffer {
  const state = blankAccount('State');
  state.exchangeStatus = 5;
  state.liquidationMarginBufferRatio = 200;
  const { priceDivergence, validity } = state.oracleGuardRails;
  priceDivergence.markOraclePercentDivergence = 100_000n;
  priceDivergence.oracleTwap5MinPercentDivergence = 500_000n;
  validity.slotsBeforeStaleForAmm = 10n;
  validity.slotsBeforeStaleForMargin = 120n;
  validity.confidenceIntervalMaxSize = 20_000n;
  validity.tooVolatileRatio = 5n;
  return encodeAccount('State', state);
}

function addOracle(
  accounts: Map<string, ServedAccount>,
  oracle: PublicKey,
  source: object,
  price: bigint,
): void {
  const account = oracleOf(Object.keys(source)[0] ?? '', price);
  if (account !== null) accounts.set(oracle.toBase58(), account);
}

/** Null for sources that no market in use has. */
function oracleOf(source: string, price: bigint): ServedAccount | null {
  const exponent = source.includes('1M') ? -12 : source.includes('1K') ? -9 : -6;
  if (source.startsWith('pythLazer')) return owned(lazerBytes(price, exponent));
  if (source === 'prelaunch') return owned(prelaunchBytes(price));
  if (source === 'pythPull' || source === 'pythStableCoinPull') {
    return { owner: RECEIVER, data: pullBytes(price, exponent) };
  }
  return source.startsWith('pyth') ? { owner: PYTH, data: pythBytes(price, exponent) } : null;
}

function lazerBytes(price: bigint, exponent: number): Buffer {
  return encodeAccount('PythLazerOracle', {
    price,
    publishTime: 1_700_000_000_000_000n,
    postedSlot: ORACLE_SLOT,
    exponent,
    padding: [0, 0, 0, 0],
    conf: 1n,
  });
}

function prelaunchBytes(price: bigint): Buffer {
  const coder = new BorshAccountsCoder(DRIFT_IDL as unknown as Idl);
  const definition = (DRIFT_IDL as unknown as Idl).accounts?.find(
    ({ name }) => name === 'PrelaunchOracle',
  );
  if (definition === undefined) throw new Error('The IDL has no PrelaunchOracle');
  const data = Buffer.alloc(coder.size(definition));
  BorshAccountsCoder.accountDiscriminator('PrelaunchOracle').copy(data);
  data.writeBigInt64LE(price, 8);
  data.writeBigInt64LE(price * 2n, 16);
  data.writeBigUInt64LE(1n, 24);
  return data;
}

function pullBytes(price: bigint, exponent: number): Buffer {
  const coder = new BorshAccountsCoder(RECEIVER_IDL as unknown as Idl);
  const data = Buffer.alloc(8 + 32 + 1 + 84 + 8 + 8);
  BorshAccountsCoder.accountDiscriminator('PriceUpdateV2').copy(data);
  data.writeUInt8(1, 40);
  const message = 41 + 32;
  data.writeBigInt64LE(price, message);
  data.writeBigUInt64LE(1n, message + 8);
  data.writeInt32LE(exponent, message + 16);
  data.writeBigInt64LE(price, message + 36);
  data.writeBigUInt64LE(1n, message + 44);
  data.writeBigUInt64LE(ORACLE_SLOT, message + 52);
  const decoded = coder.decode<{ priceMessage: { price: BN; exponent: number } }>(
    'priceUpdateV2',
    data,
  );
  if (decoded.priceMessage.exponent !== exponent)
    throw new Error('PriceUpdateV2 has another layout');
  return data;
}

/** The first Pyth layout, by its documented offsets. */
function pythBytes(price: bigint, exponent: number): Buffer {
  const data = Buffer.alloc(3_312);
  data.writeUInt32LE(0xa1b2c3d4, 0);
  data.writeUInt32LE(2, 4);
  data.writeUInt32LE(3, 8);
  data.writeUInt32LE(data.length, 12);
  data.writeUInt32LE(1, 16);
  data.writeInt32LE(exponent, 20);
  data.writeBigUInt64LE(ORACLE_SLOT, 32);
  data.writeBigUInt64LE(ORACLE_SLOT, 40);
  data.writeBigInt64LE(price, 48);
  data.writeBigInt64LE(price, 208);
  data.writeBigUInt64LE(1n, 216);
  data.writeUInt32LE(1, 224);
  data.writeBigUInt64LE(ORACLE_SLOT, 232);
  return data;
}
