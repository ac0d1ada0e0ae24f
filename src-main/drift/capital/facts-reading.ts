import type { OraclePriceData, SpotMarketAccount, UserStatsAccount } from '@drift-labs/sdk';
import type { OnChainVault } from '#domain/engine-vault.ts';
import type { Address } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { UnixMs } from '#domain/units.ts';
import { base58Of } from '../evaluate/base58.ts';
import { oracleId, type VaultAccounts } from '../evaluate/vault-accounts.ts';
import type { AccountFrame, RawAccount } from '../read/account-frame.ts';
import { chainTimeIn, CLOCK_SYSVAR } from '../read/chain-time.ts';
import { firstSharedKeys, gatherAccounts } from '../read/gather-accounts.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import {
  absentUserOf,
  signingKeyFor,
  type CapitalContext,
  type SigningKey,
} from './capital-context.ts';
import { associatedAccount } from './instructions.ts';
import { readRounds, type Attempt } from './read-rounds.ts';
import { NATIVE_MINT } from './solana-programs.ts';
import { tokenAmountIn, walletLamportsIn } from './token-account.ts';

/** One token of the venue, as the chain has it. */
export interface TokenReading {
  readonly market: SpotMarketAccount;
  /** Null: its oracle cannot be read. */
  readonly oracle: OraclePriceData | null;
  /** In the signer's wallet, smallest units; null: it has no account for the token. SOL: its lamports. */
  readonly walletAmount: bigint | null;
}

export interface FactsReading {
  readonly observedAtMs: UnixMs;
  readonly accounts: VaultAccounts;
  readonly accountExists: boolean;
  readonly stats: UserStatsAccount | null;
  /** Time of the chain, seconds: the local clock may be wrong. */
  readonly chainNow: bigint;
  readonly signingKey: SigningKey;
  /** Null: nobody signs. */
  readonly walletLamports: bigint | null;
  readonly tokens: readonly TokenReading[];
}

const NO_ACCOUNT: RawAccount = { owner: '', base64: '', lamports: 0n };

/** Everything that the facts of one vault are made of: one call once its keys are known, up to a hundred of them. */
export async function readFactsAccounts(
  context: CapitalContext,
  session: EndpointSession,
  vault: OnChainVault,
): Promise<Result<FactsReading, KeelError>> {
  const { venue, clock, commitment, knownKeys, signer } = context;
  const { status, error } = signer.state();
  // It tells no keys then: that is not the same as having none.
  if (status === 'unavailable') return err(error ?? signerNotReady());
  const userKey = venue.userKey(vault);
  if (!userKey.ok) return userKey;
  const memory = `facts ${userKey.value}`;
  const observedAtMs = clock.nowMs();
  const known = knownKeys.get(memory) ?? {
    together: [userKey.value, ...firstSharedKeys(venue)],
    others: [],
  };
  const read = await readRounds(session, { commitment, minSlot: 0n, known }, (frame) =>
    new FactsAttempt(context, vault, userKey.value, frame, observedAtMs).run(),
  );
  if (!read.ok) return read;
  knownKeys.set(memory, read.value.keys);
  return ok(read.value.value);
}

function signerNotReady(): KeelError {
  return keelError(
    'SIGNER_UNAVAILABLE',
    'retry',
    'The signer has not started yet: it is not known which keys may sign.',
    'Keel goes on by itself as soon as it is there.',
  );
}

class FactsAttempt {
  readonly #context: CapitalContext;
  readonly #vault: OnChainVault;
  readonly #userKey: string;
  readonly #frame: AccountFrame;
  readonly #observedAtMs: UnixMs;
  readonly #together = new Set<string>();
  readonly #others = new Set<string>();

  constructor(
    context: CapitalContext,
    vault: OnChainVault,
    userKey: string,
    frame: AccountFrame,
    observedAtMs: UnixMs,
  ) {
    this.#context = context;
    this.#vault = vault;
    this.#userKey = userKey;
    this.#frame = frame;
    this.#observedAtMs = observedAtMs;
  }

  run(): Attempt<FactsReading> {
    const { venue } = this.#context;
    this.#together.add(this.#userKey);
    const gathered = gatherAccounts(venue, this.#vault, this.#userKey, this.#frame, {
      absentUser: absentUserOf(venue.vendor, this.#vault),
    });
    if (gathered.kind === 'failed') return gathered;
    for (const key of gathered.shared) this.#together.add(key);
    const statsAccount = this.#need(venue.addresses.userStats(this.#vault.authority));
    const clockAccount = this.#need(CLOCK_SYSVAR);
    if (gathered.kind === 'incomplete') return this.#incomplete();
    const { accounts } = gathered;
    const signingKey = signingKeyFor(this.#context, this.#vault.authority, accounts.user);
    const wallet = signingKey.key === null ? null : this.#need(signingKey.key);
    const tokens = this.#tokens(accounts, signingKey.key);
    if (!tokens.ok) return { kind: 'failed', error: tokens.error };
    const isComplete = [...this.#together, ...this.#others].every((key) =>
      this.#frame.accounts.has(key),
    );
    if (!isComplete) return this.#incomplete();
    const stats = this.#stats(statsAccount ?? null);
    if (!stats.ok) return { kind: 'failed', error: stats.error };
    const chainNow = chainTime(clockAccount ?? null);
    if (!chainNow.ok) return { kind: 'failed', error: chainNow.error };
    const lamports =
      signingKey.key === null ? null : walletLamportsIn(signingKey.key, wallet ?? null);
    if (lamports?.ok === false) return { kind: 'failed', error: lamports.error };
    const value: FactsReading = {
      observedAtMs: this.#observedAtMs,
      accounts,
      accountExists: this.#frame.accounts.get(this.#userKey) !== null,
      stats: stats.value,
      chainNow: chainNow.value,
      signingKey,
      walletLamports: lamports?.value ?? null,
      tokens: tokens.value,
    };
    return { kind: 'complete', value, keys: this.#keys() };
  }

  /** All markets that can be read; one that cannot is left out, for it moves nobody's money. */
  #tokens(
    accounts: VaultAccounts,
    signerKey: Address | null,
  ): Result<readonly TokenReading[], KeelError> {
    const tokens: TokenReading[] = [];
    for (let index = 0; index < accounts.state.numberOfSpotMarkets; index += 1) {
      const market = accounts.spotMarkets.get(index) ?? this.#market(index);
      if (market === null) continue;
      const oracle = this.#oracle(accounts, market);
      const walletAmount = this.#walletAmount(market, signerKey);
      if (!walletAmount.ok) return walletAmount;
      tokens.push({ market, oracle, walletAmount: walletAmount.value });
    }
    return ok(tokens);
  }

  #market(index: number): SpotMarketAccount | null {
    const { venue, logger } = this.#context;
    const key = venue.addresses.spotMarket(index);
    const account = this.#needOther(key);
    if (account === undefined || account === null) return null;
    const market = venue.cache.decode('SpotMarket', `spot market ${index}`, key, account);
    if (market.ok && market.value.marketIndex === index) return market.value;
    logger.warn('capital.market-skipped', { marketIndex: index });
    return null;
  }

  #oracle(accounts: VaultAccounts, market: SpotMarketAccount): OraclePriceData | null {
    const { oracle, oracleSource } = market;
    const known = accounts.oracles.get(oracleId(oracle, oracleSource));
    if (known !== undefined) return known;
    const key = base58Of(oracle);
    // A quote asset is worth one by definition: its oracle is no account.
    const account = 'quoteAsset' in oracleSource ? NO_ACCOUNT : this.#needOther(key);
    if (account === undefined || account === null) return null;
    const { cache } = this.#context.venue;
    const read = cache.decodeOracle(oracleSource, 'oracle', key, account);
    return read.ok ? read.value : null;
  }

  #walletAmount(
    market: SpotMarketAccount,
    signerKey: Address | null,
  ): Result<bigint | null, KeelError> {
    if (signerKey === null) return ok(null);
    const { vendor, client } = this.#context.venue;
    const mint = base58Of(market.mint);
    if (mint === NATIVE_MINT) {
      const wallet = this.#need(signerKey);
      return wallet === undefined ? ok(null) : walletLamportsIn(signerKey, wallet);
    }
    const owner = new vendor.web3.PublicKey(signerKey);
    const key = associatedAccount(vendor, client, market, owner).toBase58();
    const account = this.#needOther(key);
    if (account === undefined || account === null) return ok(null);
    const program = client.getTokenProgramForSpotMarket(market).toBase58();
    return tokenAmountIn(vendor, key, account, { mint, owner: signerKey, program });
  }

  #stats(account: RawAccount | null): Result<UserStatsAccount | null, KeelError> {
    if (account === null) return ok(null);
    const { venue } = this.#context;
    const key = venue.addresses.userStats(this.#vault.authority);
    return venue.cache.decode('UserStats', 'statistics of the authority', key, account);
  }

  #need(key: string): RawAccount | null | undefined {
    this.#together.add(key);
    return this.#frame.accounts.get(key);
  }

  #needOther(key: string): RawAccount | null | undefined {
    this.#others.add(key);
    return this.#frame.accounts.get(key);
  }

  #keys() {
    return { together: [...this.#together], others: [...this.#others] };
  }

  #incomplete(): Attempt<FactsReading> {
    return { kind: 'incomplete', keys: this.#keys() };
  }
}

function chainTime(account: RawAccount | null): Result<bigint, KeelError> {
  const seconds = chainTimeIn(account);
  return seconds !== null
    ? ok(seconds)
    : err(
        keelError(
          'RPC_MALFORMED_REPLY',
          'retry',
          'The node gave no clock of the chain, without which limits cannot be told.',
          'Keel reads again; if it lasts, another endpoint is the cure.',
        ),
      );
}
