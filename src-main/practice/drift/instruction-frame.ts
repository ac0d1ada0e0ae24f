/**
 * One Drift instruction at work: its accounts by their IDL names, checked as Anchor checks them, and the markets and
 * oracles among the remaining accounts. Changes are written together by `commit`.
 */
import type { PublicKey } from '@solana/web3.js';
import type { DriftDeployment } from '#main/drift/codec/addresses.ts';
import {
  INSTRUCTION_ACCOUNTS,
  accountNameOf,
  decodeAccount,
  encodeAccount,
} from '#main/drift/codec/drift-coder.ts';
import type {
  DriftAccountName,
  DriftAccounts,
  DriftInstruction,
} from '#main/drift/codec/drift-coder.ts';
import type { Plain } from '#main/drift/codec/plain.ts';
import type { InstructionAccount, InstructionContext } from '../chain/program.ts';
import { anchorError, driftError, ensure } from './errors.ts';
import { QUOTE_ORACLE_PRICE, readOracle } from './math/price.ts';
import type { MarketView, OraclePrice } from './math/price.ts';
import type { PerpMarket, SpotMarket } from './types.ts';

interface OpenAccount {
  readonly name: DriftAccountName;
  readonly key: PublicKey;
  readonly value: unknown;
  dirty: boolean;
}

export class InstructionFrame implements MarketView {
  readonly context: InstructionContext;
  readonly deployment: DriftDeployment;
  readonly args: DriftInstruction['args'];
  readonly #named = new Map<string, InstructionAccount>();
  readonly #remaining: readonly InstructionAccount[];
  readonly #open = new Map<string, OpenAccount>();
  readonly #markets = new Map<string, InstructionAccount>();

  constructor(
    context: InstructionContext,
    deployment: DriftDeployment,
    instruction: DriftInstruction,
  ) {
    this.context = context;
    this.deployment = deployment;
    this.args = instruction.args;
    const names = INSTRUCTION_ACCOUNTS.get(instruction.name) ?? [];
    if (context.accounts.length < names.length) throw anchorError('AccountNotEnoughKeys', null);
    names.forEach((name, i) => {
      const account = context.accounts[i];
      if (account) this.#named.set(name, account);
    });
    this.#remaining = context.accounts.slice(names.length);
    for (const account of this.#remaining) this.#rememberMarket(account);
  }

  get now(): bigint {
    return this.context.unixTimestamp;
  }

  get slot(): bigint {
    return this.context.slot;
  }

  key(name: string): PublicKey {
    return this.#account(name).pubkey;
  }

  /** @throws AccountNotSigner */
  signer(name: string): PublicKey {
    const account = this.#account(name);
    if (!account.isSigner) throw anchorError('AccountNotSigner', name);
    return account.pubkey;
  }

  /** @throws ConstraintMut */
  writable(name: string): PublicKey {
    const account = this.#account(name);
    if (!account.isWritable) throw anchorError('ConstraintMut', name);
    return account.pubkey;
  }

  /** The account at the address that only the program can have given it. @throws ConstraintSeeds */
  atAddress(name: string, expected: PublicKey): PublicKey {
    const key = this.key(name);
    if (!key.equals(expected)) throw anchorError('ConstraintSeeds', name);
    return key;
  }

  /** To look at. */
  read<N extends DriftAccountName>(name: string, kind: N): Plain<DriftAccounts[N]> {
    return this.#load(this.#account(name), kind, name, false);
  }

  /** To change: written back by `commit`. */
  edit<N extends DriftAccountName>(name: string, kind: N): Plain<DriftAccounts[N]> {
    this.writable(name);
    return this.#load(this.#account(name), kind, name, true);
  }

  /** As `edit`, for an account that this instruction has just created. */
  create<N extends DriftAccountName>(name: string, kind: N, value: Plain<DriftAccounts[N]>): void {
    const key = this.writable(name);
    this.#open.set(key.toBase58(), { name: kind, key, value, dirty: true });
  }

  spot(index: number): SpotMarket {
    const account = this.#markets.get(`SpotMarket/${index}`);
    if (!account) throw driftError('SpotMarketNotFound', `Could not find spot market ${index}`);
    return this.#load(account, 'SpotMarket', 'spot_market', false);
  }

  perp(index: number): PerpMarket {
    const account = this.#markets.get(`PerpMarket/${index}`);
    if (!account) throw driftError('PerpMarketNotFound', `Could not find perp market ${index}`);
    return this.#load(account, 'PerpMarket', 'perp_market', false);
  }

  editSpot(index: number): SpotMarket {
    const market = this.spot(index);
    this.#markDirty(`SpotMarket/${index}`, 'SpotMarketWrongMutability');
    return market;
  }

  editPerp(index: number): PerpMarket {
    const market = this.perp(index);
    this.#markDirty(`PerpMarket/${index}`, 'MarketWrongMutability');
    return market;
  }

  spotPrice(index: number): OraclePrice {
    const market = this.spot(index);
    return 'quoteAsset' in market.oracleSource ? QUOTE_ORACLE_PRICE : this.#oracle(market.oracle);
  }

  perpPrice(index: number): OraclePrice {
    return this.#oracle(this.perp(index).amm.oracle);
  }

  /** Accounts after the named ones. */
  get remaining(): readonly InstructionAccount[] {
    return this.#remaining;
  }

  /** Writes whatever was opened to be changed. */
  commit(): void {
    for (const { name, key, value, dirty } of this.#open.values()) {
      if (!dirty) continue;
      const account = this.context.getAccount(key);
      if (!account) continue;
      this.context.setAccount(key, { ...account, data: encodeAccount(name, value as never) });
    }
  }

  /** Forgets an account that the instruction has deleted. */
  forget(key: PublicKey): void {
    this.#open.delete(key.toBase58());
  }

  #account(name: string): InstructionAccount {
    const account = this.#named.get(name);
    if (!account) throw new Error(`The instruction has no account ${name}`);
    return account;
  }

  #rememberMarket(account: InstructionAccount): void {
    const data = this.#ownData(account.pubkey);
    const kind = data && accountNameOf(data);
    if (!data || (kind !== 'SpotMarket' && kind !== 'PerpMarket')) return;
    this.#markets.set(`${kind}/${decodeAccount(kind, data).marketIndex}`, account);
  }

  #markDirty(market: string, error: string): void {
    const account = this.#markets.get(market);
    ensure(account?.isWritable === true, error);
    const open = account && this.#open.get(account.pubkey.toBase58());
    if (open) open.dirty = true;
  }

  #oracle(address: PublicKey): OraclePrice {
    const account = this.#remaining.find((each) => each.pubkey.equals(address));
    if (!account) throw driftError('OracleNotFound', `Could not find oracle ${address.toBase58()}`);
    return readOracle(this.#load(account, 'PythLazerOracle', 'oracle', false), this.slot);
  }

  #load<N extends DriftAccountName>(
    { pubkey }: InstructionAccount,
    kind: N,
    label: string,
    dirty: boolean,
  ): Plain<DriftAccounts[N]> {
    const open = this.#open.get(pubkey.toBase58());
    if (open) {
      open.dirty ||= dirty;
      return open.value as Plain<DriftAccounts[N]>;
    }
    const account = this.context.getAccount(pubkey);
    if (!account || account.data.length === 0) throw anchorError('AccountNotInitialized', label);
    if (!account.owner.equals(this.deployment.program))
      throw anchorError('AccountOwnedByWrongProgram', label);
    if (accountNameOf(account.data) !== kind)
      throw anchorError('AccountDiscriminatorMismatch', label);
    const value = decodeAccount(kind, account.data);
    this.#open.set(pubkey.toBase58(), { name: kind, key: pubkey, value, dirty });
    return value;
  }

  #ownData(key: PublicKey): Buffer | null {
    const account = this.context.getAccount(key);
    return account?.owner.equals(this.deployment.program) ? account.data : null;
  }
}
