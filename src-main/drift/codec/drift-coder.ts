/**
 * Drift's accounts and instructions as bytes, by the IDL that the Drift SDK ships and its own Borsh coder.
 * The only place that knows the layouts.
 */
import type {
  PerpMarketAccount,
  SpotMarketAccount,
  StateAccount,
  UserAccount,
  UserStatsAccount,
} from '@drift-labs/sdk';
import {
  CustomBorshAccountsCoder,
  CustomBorshCoder,
} from '@drift-labs/sdk/lib/node/decode/customCoder.js';
import IDL from '@drift-labs/sdk/lib/node/idl/drift.json' with { type: 'json' };
import type { Idl } from '@coral-xyz/anchor';
import type BN from 'bn.js';
import { toDecoded, toPlain } from './plain.ts';
import type { Plain } from './plain.ts';

export interface PythLazerOracleAccount {
  price: BN;
  publishTime: BN;
  postedSlot: BN;
  exponent: number;
  padding: number[];
  conf: BN;
}

export interface DriftAccounts {
  State: StateAccount;
  User: UserAccount;
  UserStats: UserStatsAccount;
  PerpMarket: PerpMarketAccount;
  SpotMarket: SpotMarketAccount;
  PythLazerOracle: PythLazerOracleAccount;
}

export type DriftAccountName = keyof DriftAccounts;

export interface DriftInstruction {
  /** camelCase, as in the IDL. */
  readonly name: string;
  /** Arguments with `BN` as bigint. */
  readonly args: Readonly<Record<string, unknown>>;
}

interface DriftErrorDefinition {
  readonly code: number;
  readonly name: string;
  readonly message: string;
}

interface AccountLayout {
  decode(bytes: Buffer): unknown;
  encode(value: unknown, bytes: Buffer): number;
}

const DISCRIMINATOR_BYTES = 8;
/** From the end: `hasOpenOrder` to the last byte of padding. */
const HAS_OPEN_ORDER_OFFSET = 4_376 - 24;
const ACCOUNT_NAMES: readonly DriftAccountName[] = [
  'State',
  'User',
  'UserStats',
  'PerpMarket',
  'SpotMarket',
  'PythLazerOracle',
];

const idl = IDL as unknown as Idl;
const coder = new CustomBorshCoder(idl);
// The coder's own `encode` is async for no reason; programs run synchronously, so its layouts are used directly.
const layouts = (
  coder.accounts as unknown as { baseCoder: { accountLayouts: ReadonlyMap<string, AccountLayout> } }
).baseCoder.accountLayouts;

const formats = new Map(
  ACCOUNT_NAMES.map((name) => {
    const definition = idl.accounts?.find((account) => account.name === name);
    const layout = layouts.get(name);
    if (!definition || !layout) throw new Error(`The Drift IDL has no account ${name}`);
    return [
      name,
      {
        layout,
        size: coder.accounts.size(definition),
        discriminator: CustomBorshAccountsCoder.accountDiscriminator(name),
      },
    ] as const;
  }),
);

/** A status that is newer than the IDL would make the whole account unreadable: it is read as `unknown` instead. */
const UNKNOWN_STATUS = 'unknown';
const STATUS_COUNT = variantCountOf('MarketStatus');
const statusOffsets = new Map<DriftAccountName, number>();

/** Instructions of the IDL: each name with the names of its accounts, in order. */
export const INSTRUCTION_ACCOUNTS: ReadonlyMap<string, readonly string[]> = new Map(
  idl.instructions.map((instruction) => [
    instruction.name,
    instruction.accounts.map((a) => a.name),
  ]),
);

/** All errors of the program, by name. */
export const DRIFT_ERRORS: ReadonlyMap<string, DriftErrorDefinition> = new Map(
  (idl.errors ?? []).map((e) => [e.name, { code: e.code, name: e.name, message: e.msg ?? e.name }]),
);

/** Bytes of an account on chain, discriminator included. */
export function accountSize(name: DriftAccountName): number {
  return formatOf(name).size;
}

/** Which account the bytes say they are; null when none of Keel's concern. */
export function accountNameOf(data: Buffer): DriftAccountName | null {
  for (const [name, format] of formats)
    if (format.discriminator.equals(data.subarray(0, 8))) return name;
  return null;
}

/**
 * Decodes with every integer wider than 32 bits as bigint.
 * @throws Error when the discriminator is another account's or the bytes are too few.
 */
export function decodeAccount<N extends DriftAccountName>(
  name: N,
  data: Buffer,
): Plain<DriftAccounts[N]> {
  return toPlain(decodeAccountRaw(name, data));
}

/** As `decodeAccount`, with the SDK's `BN`: what the SDK's own mathematics takes. */
export function decodeAccountRaw<N extends DriftAccountName>(
  name: N,
  data: Buffer,
): DriftAccounts[N] {
  const { layout, discriminator, size } = formatOf(name);
  if (data.length < size || !discriminator.equals(data.subarray(0, DISCRIMINATOR_BYTES))) {
    throw new Error(
      `Not a ${name} account: ${data.length} bytes, ${data.subarray(0, 8).toString('hex')}`,
    );
  }
  const body = data.subarray(DISCRIMINATOR_BYTES);
  const decoded = layout.decode(withKnownStatus(name, body)) as DriftAccounts[N];
  return isStatusKnown(name, body) ? decoded : { ...decoded, status: { [UNKNOWN_STATUS]: {} } };
}

/** Encodes at the account's full size on chain. */
export function encodeAccount<N extends DriftAccountName>(
  name: N,
  account: Plain<DriftAccounts[N]>,
): Buffer {
  const { layout, discriminator, size } = formatOf(name);
  const data = Buffer.alloc(size);
  discriminator.copy(data);
  layout.encode(toDecoded(account), data.subarray(DISCRIMINATOR_BYTES));
  return data;
}

/** The account as the program finds it right after creating it: every field zero. */
export function blankAccount<N extends DriftAccountName>(name: N): Plain<DriftAccounts[N]> {
  const { layout, size } = formatOf(name);
  return toPlain(layout.decode(Buffer.alloc(size - DISCRIMINATOR_BYTES)) as DriftAccounts[N]);
}

/** Null when the bytes are no instruction of the IDL or its arguments cannot be read. */
export function decodeInstruction(data: Buffer): DriftInstruction | null {
  try {
    const decoded = coder.instruction.decode(data);
    return (
      decoded && { name: decoded.name, args: toPlain(decoded.data) as DriftInstruction['args'] }
    );
  } catch {
    return null;
  }
}

/** @throws Error for a name that the IDL does not have. */
export function encodeInstruction(name: string, args: Readonly<Record<string, unknown>>): Buffer {
  return coder.instruction.encode(name, toDecoded(args));
}

function isStatusKnown(name: DriftAccountName, body: Buffer): boolean {
  const offset = statusOffsetOf(name);
  return offset === null || (body[offset] ?? 0) < STATUS_COUNT;
}

function withKnownStatus(name: DriftAccountName, body: Buffer): Buffer {
  const offset = statusOffsetOf(name);
  if (offset === null || isStatusKnown(name, body)) return body;
  const known = Buffer.from(body);
  known[offset] = 0;
  return known;
}

/** Found by writing two statuses: the only byte in which they differ. Null: the account is no market. */
function statusOffsetOf(name: DriftAccountName): number | null {
  if (name !== 'PerpMarket' && name !== 'SpotMarket') return null;
  const found = statusOffsets.get(name);
  if (found !== undefined) return found;
  const { layout, size } = formatOf(name);
  const blank = layout.decode(Buffer.alloc(size - DISCRIMINATOR_BYTES)) as object;
  const active = Buffer.alloc(size - DISCRIMINATOR_BYTES);
  layout.encode({ ...blank, status: { active: {} } }, active);
  const initialized = Buffer.alloc(size - DISCRIMINATOR_BYTES);
  layout.encode({ ...blank, status: { initialized: {} } }, initialized);
  const offset = active.findIndex((byte, index) => byte !== initialized[index]);
  statusOffsets.set(name, offset);
  return offset;
}

function variantCountOf(type: string): number {
  const definition = idl.types?.find(({ name }) => name === type)?.type;
  if (definition?.kind !== 'enum') throw new Error(`The Drift IDL has no enum ${type}`);
  return definition.variants.length;
}

function formatOf(name: DriftAccountName) {
  const format = formats.get(name);
  if (!format) throw new Error(`Unknown account ${name}`);
  return format;
}

/** Whether the bytes are a user's who has orders open, without decoding the thousands of others. */
export function mayHaveOpenOrder(data: Buffer): boolean {
  return accountNameOf(data) === 'User' && data[HAS_OPEN_ORDER_OFFSET] === 1;
}
