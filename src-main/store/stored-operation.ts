/**
 * The stored form of a capital operation: JSON with decimal strings, without its transitions, which have a table
 * of their own. It is the store's own, apart from the wire's: changing it takes a migration.
 */
import { z } from 'zod';
import { OPERATION_STATES, type CapitalOperation } from '#domain/capital-operation.ts';
import type { Address, NetworkId, OperationId, VaultId } from '#domain/ids.ts';
import type { Lamports, QuoteAmount, Slot, TokenAmount, UnixMs } from '#domain/units.ts';
import { integerText, storedErrorSchema } from './rows.ts';
import { storedSnapshotSchema } from './stored-snapshot.ts';

const whole = z.number().int();
const text = <Name extends string>() => z.string().transform((value) => value as Name);
const unixMs = whole.transform((value) => value as UnixMs);
const address = text<Address>();
const vaultId = text<VaultId>();
const tokenAmount = integerText<TokenAmount>();

const tokenRef = z
  .object({ symbol: z.string(), marketIndex: whole, mint: address, decimals: whole })
  .strict()
  .readonly();

const move = { vaultId, token: tokenRef, amount: tokenAmount };

const newVault = z
  .object({
    id: vaultId,
    vaultType: z.literal('onChain'),
    engine: z.string(),
    name: z.string(),
    network: text<NetworkId>(),
    active: z.boolean(),
    createdAtMs: unixMs,
    archivedAtMs: unixMs.nullable(),
    sortIndex: whole,
    program: address,
    authority: address,
    subAccountId: whole.min(0).max(65_535),
  })
  .strict()
  .readonly();

const intent = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('deposit'), ...move })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('withdraw'), ...move })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('transfer'), ...move, toVaultId: vaultId })
    .strict()
    .readonly(),
  z
    .object({
      kind: z.literal('create-sub-account'),
      vault: newVault,
      accountName: z.string(),
    })
    .strict()
    .readonly(),
]);

const balanceChange = z
  .object({
    vaultId,
    symbol: z.string(),
    marketIndex: whole,
    decimals: whole,
    change: tokenAmount,
    scaledBefore: integerText<bigint>(),
  })
  .strict()
  .readonly();

const expectation = z
  .object({
    slotBefore: integerText<Slot>(),
    changes: z.array(balanceChange).readonly(),
    opensSubAccount: whole.nullable(),
  })
  .strict()
  .readonly();

const simulation = z
  .object({
    slot: integerText<Slot>(),
    after: z
      .array(z.object({ vaultId, snapshot: storedSnapshotSchema }).strict().readonly())
      .readonly(),
    walletLamportsChange: integerText<Lamports>().nullable(),
    walletTokenChange: tokenAmount.nullable(),
    computeUnits: whole,
  })
  .strict()
  .readonly();

const transaction = z
  .object({
    message: z.string(),
    blockhash: z.string(),
    lastValidBlockHeight: integerText<bigint>(),
    builtAtSlot: integerText<Slot>(),
    genesisHash: z.string().nullable(),
    signature: z.string().nullable(),
    wire: z.string().nullable(),
  })
  .strict()
  .readonly();

/** Typed by the domain: the compiler proves that a stored operation has every field of an operation. */
export const storedOperationSchema: z.ZodType<Omit<CapitalOperation, 'transitions'>> = z
  .object({
    id: text<OperationId>(),
    network: text<NetworkId>(),
    vaultType: z.enum(['virtual', 'onChain']),
    intent,
    state: z.enum(OPERATION_STATES),
    signerKey: address.nullable(),
    value: integerText<QuoteAmount>().nullable(),
    expectation: expectation.nullable(),
    simulation: simulation.nullable(),
    approval: z.enum(['below-threshold', 'confirmed', 'typed']).nullable(),
    transaction: transaction.nullable(),
    landedAtSlot: integerText<Slot>().nullable(),
    error: storedErrorSchema.nullable(),
    createdAtMs: unixMs,
    endedAtMs: unixMs.nullable(),
  })
  .strict()
  .readonly();
