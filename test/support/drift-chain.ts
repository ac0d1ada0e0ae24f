/** The practice world on a chain in memory: instructions in, accounts out, without a server. */
import { getAssociatedTokenAddressSync, TOKEN_PROGRAM_ID } from '@solana/spl-token';
import { PublicKey, SystemProgram, SYSVAR_RENT_PUBKEY } from '@solana/web3.js';
import {
  perpMarketAddress,
  pythLazerAddress,
  signerAddress,
  spotMarketAddress,
  spotVaultAddress,
  stateAddress,
  userAddress,
  userStatsAddress,
} from '#main/drift/codec/addresses.ts';
import {
  INSTRUCTION_ACCOUNTS,
  decodeAccount,
  encodeInstruction,
} from '#main/drift/codec/drift-coder.ts';
import { encodeName } from '#main/drift/codec/names.ts';
import { Bank } from '#main/practice/chain/bank.ts';
import { OpenLedger } from '#main/practice/chain/open-ledger.ts';
import { ProgramError } from '#main/practice/chain/program.ts';
import type { InnerInstruction } from '#main/practice/chain/program.ts';
import { PERP_MARKETS, SPOT_MARKETS } from '#main/practice/drift/market-catalogue.ts';
import { readOracle } from '#main/practice/drift/math/price.ts';
import type { DriftWorldOptions } from '#main/practice/drift/options.ts';
import { saveTo } from '#main/practice/drift/ledger-accounts.ts';
import { creditTokens, readTokenAccount } from '#main/practice/drift/spl-bytes.ts';
import type { SpotMarket, User } from '#main/practice/drift/types.ts';
import { createDriftWorld } from '#main/practice/drift/world.ts';
import type { DriftWorld } from '#main/practice/drift/world.ts';

export interface OrderTerms {
  readonly market?: number;
  readonly side: 'long' | 'short';
  readonly base: bigint;
  readonly price?: bigint;
  readonly type?: 'market' | 'limit';
  readonly reduceOnly?: boolean;
  readonly postOnly?: 'none' | 'mustPostOnly' | 'tryPostOnly' | 'slide';
  readonly maxTs?: bigint;
}

const START = 1_795_000_000n;

export class DriftChain {
  readonly world: DriftWorld;
  readonly bank: Bank;
  now = START;

  constructor(options: DriftWorldOptions = {}) {
    this.world = createDriftWorld({ volatility: 0, ...options });
    this.bank = Bank.create('5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d', this.world, START);
    // The first accounts are of the first of many empty slots: the oracles post anew.
    this.bank.advance(START);
  }

  get ledger(): OpenLedger {
    return new OpenLedger(this.bank.accounts, this.bank.programs, this.bank.slot + 1n, this.now);
  }

  get starter(): PublicKey {
    return this.world.starter.authority;
  }

  /** Makes so many blocks, with so many seconds between two. */
  advance(blocks: number, seconds = 0n): void {
    for (let i = 0; i < blocks; i++) {
      this.now += seconds;
      this.bank.advance(this.now);
    }
  }

  run(
    name: string,
    args: Record<string, unknown>,
    accounts: Record<string, PublicKey>,
    signer?: PublicKey,
  ): void {
    this.ledger.execute([this.instruction(name, args, accounts, signer)]);
  }

  /** Everything writable and all markets along: what is tested is the program, not the caller's thrift. */
  instruction(
    name: string,
    args: Record<string, unknown>,
    accounts: Record<string, PublicKey>,
    signer?: PublicKey,
  ): InnerInstruction {
    const deployment = this.world.deployment;
    const constant: Record<string, PublicKey> = {
      state: stateAddress(deployment),
      driftSigner: signerAddress(deployment).address,
      tokenProgram: TOKEN_PROGRAM_ID,
      rent: SYSVAR_RENT_PUBKEY,
      systemProgram: SystemProgram.programId,
    };
    const named = (INSTRUCTION_ACCOUNTS.get(name) ?? []).map((each) => {
      const pubkey = accounts[each] ?? constant[each];
      if (!pubkey) throw new Error(`${name} wants ${each}`);
      const signs =
        (each === 'authority' && name !== 'initializeUserStats' && name !== 'initializeUser') ||
        each === 'payer';
      return { pubkey, isSigner: signs || (signer?.equals(pubkey) ?? false), isWritable: true };
    });
    const remaining = [
      ...PERP_MARKETS.map((m) => pythLazerAddress(deployment, m.feedId)),
      ...SPOT_MARKETS.map((m) => spotMarketAddress(deployment, m.index)),
      ...PERP_MARKETS.map((m) => perpMarketAddress(deployment, m.index)),
    ].map((pubkey) => ({ pubkey, isSigner: false, isWritable: true }));
    return {
      programId: deployment.program,
      accounts: [...named, ...remaining],
      data: encodeInstruction(name, args),
    };
  }

  openUser(authority: PublicKey, subAccountId: number, name = 'Test'): void {
    const accounts = { ...this.ids(authority, subAccountId), authority, payer: authority };
    if (!this.ledger.getAccount(accounts.userStats)) this.run('initializeUserStats', {}, accounts);
    this.run('initializeUser', { subAccountId, name: encodeName(name) }, accounts);
  }

  /** From the authority's associated account; SOL is wrapped there first. */
  deposit(
    authority: PublicKey,
    subAccountId: number,
    market: number,
    amount: bigint,
    signer = authority,
  ): void {
    this.run(
      'deposit',
      { marketIndex: market, amount, reduceOnly: false },
      { ...this.ids(authority, subAccountId), ...this.tokens(signer, market), authority: signer },
    );
  }

  withdraw(
    authority: PublicKey,
    subAccountId: number,
    market: number,
    amount: bigint,
    reduceOnly = false,
    signer = authority,
  ): void {
    this.run(
      'withdraw',
      { marketIndex: market, amount, reduceOnly },
      { ...this.ids(authority, subAccountId), ...this.tokens(signer, market), authority: signer },
    );
  }

  transfer(authority: PublicKey, from: number, to: number, market: number, amount: bigint): void {
    const { deployment } = this.world;
    this.run(
      'transferDeposit',
      { marketIndex: market, amount },
      {
        fromUser: userAddress(deployment, authority, from),
        toUser: userAddress(deployment, authority, to),
        userStats: userStatsAddress(deployment, authority),
        spotMarketVault: spotVaultAddress(deployment, market),
        authority,
      },
    );
  }

  take(
    authority: PublicKey,
    subAccountId: number,
    terms: OrderTerms,
    condition: number | null = 2,
    signer = authority,
  ): void {
    this.run(
      'placeAndTakePerpOrder',
      {
        params: orderParams({ ...terms, type: terms.type ?? 'market' }, 1),
        successCondition: condition,
      },
      { ...this.ids(authority, subAccountId), authority: signer },
    );
  }

  place(authority: PublicKey, subAccountId: number, terms: OrderTerms): void {
    this.run(
      'placePerpOrder',
      { params: orderParams({ ...terms, type: terms.type ?? 'limit' }, 0) },
      { ...this.ids(authority, subAccountId), authority },
    );
  }

  settle(authority: PublicKey, subAccountId: number, market: number, signer = authority): void {
    this.run(
      'settlePnl',
      { marketIndex: market },
      {
        ...this.ids(authority, subAccountId),
        spotMarketVault: spotVaultAddress(this.world.deployment, 0),
        authority: signer,
      },
    );
  }

  mint(owner: PublicKey, token: string, amount: bigint): void {
    this.world.admin(this.ledger, { method: 'mintTokens', owner, token, amount });
  }

  /** Tokens of any market in the owner's associated account, SOL wrapped. */
  give(owner: PublicKey, market: number, amount: bigint): void {
    const mint = SPOT_MARKETS[market]?.mint ?? PublicKey.default;
    creditTokens(this.ledger, this.tokens(owner, market).userTokenAccount, { mint, owner, amount });
  }

  /** Gives an account another past. */
  tuneUser(authority: PublicKey, subAccountId: number, change: (user: User) => void): void {
    const user = this.user(authority, subAccountId);
    change(user);
    const address = this.ids(authority, subAccountId).user;
    saveTo(this.ledger, this.world.deployment.program, 'User', address, user);
  }

  /** Changes a market's own figures, as its admin would. */
  tuneSpot(index: number, change: (market: SpotMarket) => void): void {
    const market = this.spot(index);
    change(market);
    const { deployment } = this.world;
    saveTo(
      this.ledger,
      deployment.program,
      'SpotMarket',
      spotMarketAddress(deployment, index),
      market,
    );
  }

  setPrice(market: string, price: bigint): void {
    this.world.admin(this.ledger, { method: 'setPrice', market, price });
  }

  setExchangeStatus(bits: number): void {
    this.world.admin(this.ledger, { method: 'setExchangeStatus', bits });
  }

  /** Every account there is, as text: two equal snapshots mean that nothing changed. */
  snapshot(): string {
    const lines = [...this.bank.accounts.heads()].map(
      ([address, { lamports, data }]) => `${address} ${lamports} ${data.toString('base64')}`,
    );
    return lines.sort().join('\n');
  }

  ids(authority: PublicKey, subAccountId: number): { user: PublicKey; userStats: PublicKey } {
    const { deployment } = this.world;
    return {
      user: userAddress(deployment, authority, subAccountId),
      userStats: userStatsAddress(deployment, authority),
    };
  }

  tokens(
    owner: PublicKey,
    market: number,
  ): { spotMarketVault: PublicKey; userTokenAccount: PublicKey } {
    const mint = SPOT_MARKETS[market]?.mint ?? PublicKey.default;
    return {
      spotMarketVault: spotVaultAddress(this.world.deployment, market),
      userTokenAccount: getAssociatedTokenAddressSync(mint, owner),
    };
  }

  user(authority: PublicKey, subAccountId: number) {
    return decodeAccount('User', this.#data(this.ids(authority, subAccountId).user));
  }

  stats(authority: PublicKey) {
    return decodeAccount('UserStats', this.#data(this.ids(authority, 0).userStats));
  }

  spot(index: number) {
    return decodeAccount('SpotMarket', this.#data(spotMarketAddress(this.world.deployment, index)));
  }

  perp(index: number) {
    return decodeAccount('PerpMarket', this.#data(perpMarketAddress(this.world.deployment, index)));
  }

  /** 10^-6 quote. */
  oraclePrice(feedId: number): bigint {
    const address = pythLazerAddress(this.world.deployment, feedId);
    return readOracle(decodeAccount('PythLazerOracle', this.#data(address)), this.bank.slot).price;
  }

  state() {
    return decodeAccount('State', this.#data(stateAddress(this.world.deployment)));
  }

  tokenBalance(address: PublicKey): bigint {
    return readTokenAccount(this.ledger.getAccount(address))?.amount ?? 0n;
  }

  vault(market: number): bigint {
    return this.tokenBalance(spotVaultAddress(this.world.deployment, market));
  }

  #data(address: PublicKey): Buffer {
    const account = this.ledger.getAccount(address);
    if (!account) throw new Error(`No account ${address.toBase58()}`);
    return account.data;
  }
}

function orderParams(terms: OrderTerms, bitFlags: number): Record<string, unknown> {
  return {
    orderType: { [terms.type ?? 'market']: {} },
    marketType: { perp: {} },
    direction: { [terms.side]: {} },
    userOrderId: 0,
    baseAssetAmount: terms.base,
    price: terms.price ?? 0n,
    marketIndex: terms.market ?? 0,
    reduceOnly: terms.reduceOnly ?? false,
    postOnly: { [terms.postOnly ?? 'none']: {} },
    bitFlags,
    maxTs: terms.maxTs ?? null,
    triggerPrice: null,
    triggerCondition: { above: {} },
    oraclePriceOffset: null,
    auctionDuration: null,
    auctionStartPrice: null,
    auctionEndPrice: null,
  };
}

/** The error code with which the program refuses; null when it does not. */
export function refusalOf(work: () => void): number | string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof ProgramError) return error.reason;
    throw error;
  }
}
