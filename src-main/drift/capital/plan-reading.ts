import type { SpotMarketAccount } from '@drift-labs/sdk';
import type { OnChainVault } from '#domain/engine-vault.ts';
import type { Address } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { ok, type Result } from '#domain/result.ts';
import type { UnixMs } from '#domain/units.ts';
import { base58Of } from '../evaluate/base58.ts';
import type { VaultAccounts } from '../evaluate/vault-accounts.ts';
import type { AccountFrame } from '../read/account-frame.ts';
import { gatherAccounts, type Wants } from '../read/gather-accounts.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import { absentUserOf, type CapitalContext } from './capital-context.ts';
import { associatedAccount } from './instructions.ts';
import { readRounds, type Attempt } from './read-rounds.ts';
import { NATIVE_MINT } from './solana-programs.ts';
import { tokenAmountIn, walletLamportsIn } from './token-account.ts';

/** The signer's account for the moved token; of SOL there is none. */
export interface WalletToken {
  readonly address: string;
  readonly mint: string;
  readonly program: string;
  /** Null: it does not exist. */
  readonly amount: bigint | null;
}

/** What a transaction is built from, all of one slot. */
export interface PlanReading {
  readonly slot: bigint;
  readonly observedAtMs: UnixMs;
  readonly accounts: VaultAccounts;
  /** Only of a transfer. */
  readonly toAccounts: VaultAccounts | null;
  readonly accountExists: boolean;
  readonly statsExist: boolean;
  readonly walletLamports: bigint;
  readonly walletToken: WalletToken | null;
}

export interface PlanTarget {
  readonly vault: OnChainVault;
  readonly toVault: OnChainVault | null;
  readonly signerKey: Address;
  /** Null where nothing is moved. */
  readonly marketIndex: number | null;
  /** The sub-account is to be opened: it may be absent. */
  readonly opens: boolean;
  readonly minSlot: bigint;
}

const QUOTE_MARKET = 0;

export async function readForPlan(
  context: CapitalContext,
  session: EndpointSession,
  target: PlanTarget,
): Promise<Result<PlanReading, KeelError>> {
  const { venue, clock, commitment, knownKeys } = context;
  const userKey = venue.userKey(target.vault);
  if (!userKey.ok) return userKey;
  const toUserKey = target.toVault === null ? ok(null) : venue.userKey(target.toVault);
  if (!toUserKey.ok) return toUserKey;
  const memory = `plan ${userKey.value} ${toUserKey.value} ${target.marketIndex}`;
  const known = knownKeys.get(memory) ?? {
    together: [userKey.value, ...(toUserKey.value === null ? [] : [toUserKey.value])],
    others: [],
  };
  const observedAtMs = clock.nowMs();
  const rounds = { commitment, minSlot: target.minSlot, known };
  const read = await readRounds(session, rounds, (frame) =>
    attempt(context, target, userKey.value, toUserKey.value, frame, observedAtMs),
  );
  if (!read.ok) return read;
  knownKeys.set(memory, read.value.keys);
  return ok(read.value.value);
}

function attempt(
  { venue }: CapitalContext,
  target: PlanTarget,
  userKey: string,
  toUserKey: string | null,
  frame: AccountFrame,
  observedAtMs: UnixMs,
): Attempt<PlanReading> {
  const { vault, toVault, signerKey, marketIndex } = target;
  const statsKey = venue.addresses.userStats(vault.authority);
  const needed = new Set([userKey, statsKey, signerKey as string]);
  const markets = marketIndex === null ? [] : [QUOTE_MARKET, marketIndex];
  const wants: Wants = {
    spotMarkets: markets,
    ...(target.opens ? { absentUser: absentUserOf(venue.vendor, vault) } : {}),
  };
  const own = gatherAccounts(venue, vault, userKey, frame, wants);
  if (own.kind === 'failed') return own;
  for (const key of own.shared) needed.add(key);
  const other =
    toVault === null || toUserKey === null
      ? null
      : gatherAccounts(venue, toVault, toUserKey, frame, { spotMarkets: markets });
  if (other?.kind === 'failed') return other;
  if (other !== null && toUserKey !== null) {
    needed.add(toUserKey);
    for (const key of other.shared) needed.add(key);
  }
  const market =
    own.kind === 'complete' && marketIndex !== null
      ? own.accounts.spotMarkets.get(marketIndex)
      : undefined;
  const token = market === undefined ? null : tokenOf(venue, market, signerKey);
  if (token !== null) needed.add(token.address);
  const keys = { together: [...needed], others: [] };
  const isWhole = keys.together.every((key) => frame.accounts.has(key));
  if (own.kind === 'incomplete' || other?.kind === 'incomplete' || !isWhole) {
    return { kind: 'incomplete', keys };
  }
  const wallet = walletIn(venue, frame, signerKey, token);
  if (!wallet.ok) return { kind: 'failed', error: wallet.error };
  const value: PlanReading = {
    slot: frame.slot,
    observedAtMs,
    accounts: own.accounts,
    toAccounts: other?.accounts ?? null,
    accountExists: frame.accounts.get(userKey) !== null,
    statsExist: frame.accounts.get(statsKey) !== null,
    ...wallet.value,
  };
  return { kind: 'complete', value, keys };
}

function tokenOf(
  { vendor, client }: CapitalContext['venue'],
  market: SpotMarketAccount,
  signerKey: Address,
): Omit<WalletToken, 'amount'> | null {
  const mint = base58Of(market.mint);
  if (mint === NATIVE_MINT) return null;
  const owner = new vendor.web3.PublicKey(signerKey);
  return {
    address: associatedAccount(vendor, client, market, owner).toBase58(),
    mint,
    program: client.getTokenProgramForSpotMarket(market).toBase58(),
  };
}

function walletIn(
  { vendor }: CapitalContext['venue'],
  frame: AccountFrame,
  signerKey: Address,
  token: Omit<WalletToken, 'amount'> | null,
): Result<Pick<PlanReading, 'walletLamports' | 'walletToken'>, KeelError> {
  const walletLamports = walletLamportsIn(signerKey, frame.accounts.get(signerKey) ?? null);
  if (!walletLamports.ok) return walletLamports;
  if (token === null) return ok({ walletLamports: walletLamports.value, walletToken: null });
  const account = frame.accounts.get(token.address) ?? null;
  const amount =
    account === null
      ? ok(null)
      : tokenAmountIn(vendor, token.address, account, { ...token, owner: signerKey });
  if (!amount.ok) return amount;
  return ok({
    walletLamports: walletLamports.value,
    walletToken: { ...token, amount: amount.value },
  });
}
