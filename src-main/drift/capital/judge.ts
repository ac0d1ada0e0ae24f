/**
 * Whether the chain did exactly what was expected (C6). Two witnesses: the tokens that the landed transaction
 * itself moved, exact; and the sub-accounts' balances afterwards, within the program's rounding. Where somebody
 * else's transaction changed a balance in between, only the first can tell, and the words say so.
 */
import { z } from 'zod';
import type { BalanceChange, CapitalOperation } from '#domain/capital-operation.ts';
import type { OnChainVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { CapitalSubject, Judgement } from '#main/engine/ports.ts';
import { base58Of } from '../evaluate/base58.ts';
import { mismatch, nodeBehind, subAccountMissing } from '../failures.ts';
import { readFrame } from '../read/account-frame.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import type { CapitalContext } from './capital-context.ts';
import { readLanded, type LandedTransaction } from './landed-transaction.ts';
import { FIRST_INDEX, indexesOf, scaledRange, type InterestIndexes } from './scaled-move.ts';
import { onChainSubject, type OnChainSubject } from './subject.ts';

export async function judgeOperation(
  context: CapitalContext,
  session: EndpointSession,
  subject: CapitalSubject,
  after: ReadonlyMap<VaultId, VaultSnapshot>,
): Promise<Result<Judgement, KeelError>> {
  const chain = onChainSubject(subject);
  if (!chain.ok) return chain;
  const { operation } = subject;
  const landed = await recordOf(session, operation);
  if (!landed.ok) return landed;
  if (landed.value !== null && landed.value.error !== null) {
    return ok(differs(operation, 'the transaction has landed', 'its record tells of an error'));
  }
  if (operation.intent.kind === 'create-sub-account') {
    return await judgeOpening(context, session, operation, chain.value.vault);
  }
  const tokens = landed.value && judgeTokens(context, chain.value, operation, landed.value);
  if (tokens?.kind === 'differs') return ok(tokens);
  // A transfer moves no token: the program's success is all that its record can show.
  const isProved = tokens !== null || (operation.intent.kind === 'transfer' && landed.value);
  let excused: Judgement | null = null;
  for (const change of operation.expectation?.changes ?? []) {
    const balance = await judgeBalance(context, session, chain.value, operation, change, after);
    if (!balance.ok) return balance;
    if (balance.value === null) continue;
    const judgement = isProved ? balance.value.ifProved : balance.value.otherwise;
    if (judgement.kind === 'differs') return ok(judgement);
    excused ??= judgement;
  }
  if (excused !== null) return ok(excused);
  const evidence = tokens === null ? '' : ' The transaction moved exactly the amount.';
  return ok({ kind: 'as-expected', words: `The balances are as expected.${evidence}` });
}

/** Null where the record is gone, or the node keeps none. */
async function recordOf(
  session: EndpointSession,
  { transaction }: CapitalOperation,
): Promise<Result<LandedTransaction | null, KeelError>> {
  if (transaction === null) return ok(null);
  const landed = await readLanded(session, transaction);
  return !landed.ok && landed.error.code === 'RPC_REFUSED' ? ok(null) : landed;
}

/** The venue's vault gets or gives the amount, to the unit. Null where the record shows no such account. */
function judgeTokens(
  { venue }: CapitalContext,
  { intent }: OnChainSubject,
  operation: CapitalOperation,
  { tokenChanges }: LandedTransaction,
): Judgement | null {
  if (intent.kind !== 'deposit' && intent.kind !== 'withdraw') return null;
  const { web3, addresses } = venue.vendor;
  const { program, stateSeed } = venue.deployment;
  const deployment = { program: new web3.PublicKey(program), stateSeed };
  const vault = addresses.spotVaultAddress(deployment, intent.token.marketIndex);
  const message = Buffer.from(operation.transaction?.message ?? '', 'base64');
  const index = web3.VersionedMessage.deserialize(message).staticAccountKeys.findIndex((key) =>
    key.equals(vault),
  );
  const moved = tokenChanges.get(index);
  if (moved === undefined) return null;
  const expected = intent.kind === 'deposit' ? intent.amount : 0n - intent.amount;
  return moved === expected
    ? { kind: 'as-expected', words: `The exchange's vault changed by exactly ${moved} units.` }
    : differs(
        operation,
        `the exchange's vault changes by ${expected} units of ${intent.token.symbol}`,
        `it changed by ${moved}`,
      );
}

/** The two verdicts on a balance that is not as expected: with the amount proved otherwise, and without. */
interface BalanceDoubt {
  readonly ifProved: Judgement;
  readonly otherwise: Judgement;
}

/** Null: as expected. */
async function judgeBalance(
  context: CapitalContext,
  session: EndpointSession,
  { vault, toVault }: OnChainSubject,
  operation: CapitalOperation,
  change: BalanceChange,
  after: ReadonlyMap<VaultId, VaultSnapshot>,
): Promise<Result<BalanceDoubt | null, KeelError>> {
  const snapshot = after.get(change.vaultId);
  const landedAt = operation.landedAtSlot ?? 0n;
  if (snapshot === undefined || snapshot.slot < landedAt) {
    return err(nodeBehind(session.endpoint.label, snapshot?.slot ?? null, landedAt));
  }
  const indexes = await readIndexes(context, session, change.marketIndex, snapshot.slot);
  if (!indexes.ok) return indexes;
  const range = rangeOf(operation, change, indexes.value);
  const scaled = scaledOf(snapshot, change.marketIndex);
  if (scaled >= range.lowest && scaled <= range.highest) return ok(null);
  const which = change.vaultId === toVault?.id ? toVault : vault;
  const others = await readOthers(context, session, operation, which, snapshot);
  if (!others.ok) return others;
  const expected = `the ${change.symbol} balance of sub-account ${which.subAccountId} lies between ${range.lowest} and ${range.highest}`;
  const isOff = differs(operation, expected, `it is ${scaled}`);
  if (others.value.length === 0) return ok({ ifProved: isOff, otherwise: isOff });
  const words = `The transaction did exactly what was asked; the ${change.symbol} balance differs because another transaction changed the sub-account in between: ${others.value[0]}.`;
  return ok({ ifProved: { kind: 'as-expected', words }, otherwise: isOff });
}

/**
 * Interest only grows: the index at which it landed lies between that of the simulation, whose balance was checked
 * against the chain's own figures, and that of now.
 */
function rangeOf(
  { simulation }: CapitalOperation,
  change: BalanceChange,
  now: InterestIndexes,
): { readonly lowest: bigint; readonly highest: bigint } {
  const { scaledBefore, decimals } = change;
  const simulated = simulation?.after.find(({ vaultId }) => vaultId === change.vaultId);
  if (simulated === undefined) {
    const first = { deposit: FIRST_INDEX, borrow: FIRST_INDEX };
    return scaledRange(scaledBefore, change.change, decimals, first, now);
  }
  const range = scaledRange(scaledBefore, change.change, decimals, now, now);
  const then = scaledOf(simulated.snapshot, change.marketIndex);
  return {
    lowest: then - 1n < range.lowest ? then - 1n : range.lowest,
    highest: then + 1n > range.highest ? then + 1n : range.highest,
  };
}

function scaledOf({ spotPositions }: VaultSnapshot, marketIndex: number): bigint {
  return spotPositions.find((spot) => spot.marketIndex === marketIndex)?.scaledBalance ?? 0n;
}

async function readIndexes(
  { venue, commitment }: CapitalContext,
  session: EndpointSession,
  marketIndex: number,
  minSlot: bigint,
): Promise<Result<InterestIndexes, KeelError>> {
  const key = venue.addresses.spotMarket(marketIndex);
  const frame = await readFrame(session, [key], commitment, minSlot);
  if (!frame.ok) return frame;
  const what = `spot market ${marketIndex}`;
  const raw = frame.value.accounts.get(key) ?? null;
  if (raw === null) return err(mismatch(what, 'account', 'nothing', 'a market'));
  const market = venue.cache.decode('SpotMarket', what, key, raw);
  return market.ok ? ok(indexesOf(venue.vendor, market.value)) : market;
}

const MOST_LISTED = 1_000;
const listedSchema = z.array(
  z.object({
    signature: z.string().min(64).max(88),
    slot: z.number().int().nonnegative(),
    err: z.unknown(),
  }),
);

/** Signatures of other transactions that touched the sub-account between the two reads. */
async function readOthers(
  { venue }: CapitalContext,
  { client }: EndpointSession,
  { transaction, expectation }: CapitalOperation,
  vault: OnChainVault,
  { slot }: VaultSnapshot,
): Promise<Result<readonly string[], KeelError>> {
  const key = venue.userKey(vault);
  if (!key.ok) return key;
  const config = { commitment: 'confirmed', limit: MOST_LISTED };
  const listed = await client.call('getSignaturesForAddress', [key.value, config], listedSchema);
  if (!listed.ok) return listed;
  const from = expectation?.slotBefore ?? 0n;
  return ok(
    listed.value
      .filter(({ slot: at, err: error }) => error === null && BigInt(at) > from && at <= slot)
      .map(({ signature }) => signature)
      .filter((signature) => signature !== transaction?.signature),
  );
}

async function judgeOpening(
  { venue, commitment }: CapitalContext,
  session: EndpointSession,
  operation: CapitalOperation,
  vault: OnChainVault,
): Promise<Result<Judgement, KeelError>> {
  const key = venue.userKey(vault);
  if (!key.ok) return key;
  const landedAt = operation.landedAtSlot ?? 0n;
  const frame = await readFrame(session, [key.value], commitment, landedAt);
  if (!frame.ok) return frame;
  if (frame.value.slot < landedAt) {
    return err(nodeBehind(session.endpoint.label, frame.value.slot, landedAt));
  }
  const raw = frame.value.accounts.get(key.value) ?? null;
  const { subAccountId, authority } = vault;
  const expected = `sub-account ${subAccountId} of ${authority} exists`;
  if (raw === null) {
    return ok(differs(operation, expected, subAccountMissing(subAccountId, authority).message));
  }
  const user = venue.cache.decode('User', `sub-account ${subAccountId}`, key.value, raw);
  if (!user.ok) return ok(differs(operation, expected, user.error.message));
  const isIts =
    base58Of(user.value.authority) === authority && user.value.subAccountId === subAccountId;
  return ok(
    isIts
      ? { kind: 'as-expected', words: `Sub-account ${subAccountId} exists and is the owner's.` }
      : differs(operation, expected, 'the account there is another one'),
  );
}

function differs({ id }: CapitalOperation, expected: string, observed: string): Judgement {
  return {
    kind: 'differs',
    error: keelError(
      'OPERATION_DISCREPANT',
      'operator',
      `The transaction has landed, but the figures differ: expected is that ${expected}; in truth ${observed}.`,
      'Do not trade on this vault before the difference is explained: look at the transaction in an explorer.',
      { operation: id, expected, observed },
    ),
  };
}
