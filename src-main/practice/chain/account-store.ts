/**
 * Every account of the chain with its recent past, so that a read can be answered as of an earlier slot
 * (commitments, lagging nodes). Accounts in here are never changed in place.
 */
import type { PublicKey } from '@solana/web3.js';
import type { Account } from './program.ts';

export interface AccountVersion {
  /** Slot whose end made this version; 0 when it was loaded from disk. */
  readonly slot: bigint;
  /** Null: the account does not exist from this slot on. */
  readonly account: Account | null;
  /** Filled on the first read, so that an unchanged account is encoded once. */
  base64: string | null;
}

/** A version of an account that exists. */
export interface LiveVersion extends AccountVersion {
  readonly account: Account;
}

function isLive(version: AccountVersion): version is LiveVersion {
  return version.account !== null;
}

const base58Of = new WeakMap<PublicKey, string>();

/** Base58 text of a key, remembered per key object: it is the slowest step of a look-up. */
export function addressOf(key: PublicKey): string {
  let text = base58Of.get(key);
  if (text === undefined) {
    text = key.toBase58();
    base58Of.set(key, text);
  }
  return text;
}

export function copyAccount(account: Account): Account {
  return {
    lamports: account.lamports,
    owner: account.owner,
    data: Buffer.from(account.data),
    executable: account.executable,
  };
}

export function sameAccount(left: Account | null, right: Account | null): boolean {
  if (left === null || right === null) return left === right;
  return (
    left.lamports === right.lamports &&
    left.executable === right.executable &&
    left.owner.equals(right.owner) &&
    left.data.equals(right.data)
  );
}

export class AccountStore {
  readonly #versions = new Map<string, AccountVersion[]>();
  /** Addresses that a program owns or owned within the kept past. */
  readonly #byOwner = new Map<string, Set<string>>();
  readonly #changedAt = new Map<bigint, Set<string>>();

  /** The newest version, of the slot in progress included. */
  head(address: string): Account | null {
    return this.#versions.get(address)?.at(-1)?.account ?? null;
  }

  /** The version that was current at the end of a slot; null when the account did not exist then. */
  versionAt(address: string, slot: bigint): LiveVersion | null {
    const version = this.#versions.get(address)?.findLast((each) => each.slot <= slot);
    return version !== undefined && isLive(version) ? version : null;
  }

  /** Writes as of a slot; does nothing where nothing changes. The account now belongs to the store. */
  put(address: string, account: Account | null, slot: bigint): void {
    const versions = this.#versions.get(address) ?? [];
    const newest = versions.at(-1);
    if (sameAccount(newest?.account ?? null, account)) return;
    if (newest?.slot === slot) versions.pop();
    versions.push({ slot, account, base64: null });
    this.#versions.set(address, versions);
    if (account !== null) this.#index(addressOf(account.owner), address);
    let changed = this.#changedAt.get(slot);
    if (changed === undefined) this.#changedAt.set(slot, (changed = new Set()));
    changed.add(address);
  }

  /** Addresses written in a slot; empty once the slot is older than the kept past. */
  changedAt(slot: bigint): ReadonlySet<string> {
    return this.#changedAt.get(slot) ?? new Set();
  }

  /** Accounts that a program owned at the end of a slot. */
  *ownedAt(owner: string, slot: bigint): Generator<[string, LiveVersion]> {
    for (const address of this.#byOwner.get(owner) ?? []) {
      const version = this.versionAt(address, slot);
      if (version !== null && addressOf(version.account.owner) === owner) yield [address, version];
    }
  }

  *ownedAtHead(owner: string): Generator<[string, Account]> {
    for (const address of this.#byOwner.get(owner) ?? []) {
      const account = this.head(address);
      if (account !== null && addressOf(account.owner) === owner) yield [address, account];
    }
  }

  *heads(): Generator<[string, Account]> {
    for (const address of this.#versions.keys()) {
      const account = this.head(address);
      if (account !== null) yield [address, account];
    }
  }

  /** Forgets what only slots before the given one could see. */
  prune(oldestSlot: bigint): void {
    for (const [slot, addresses] of this.#changedAt) {
      if (slot > oldestSlot) break;
      for (const address of addresses) this.#pruneAccount(address, oldestSlot);
      this.#changedAt.delete(slot);
    }
  }

  #pruneAccount(address: string, oldestSlot: bigint): void {
    const versions = this.#versions.get(address);
    if (versions === undefined) return;
    const keepFrom = versions.findLastIndex((version) => version.slot <= oldestSlot);
    const forgotten = versions.splice(0, Math.max(0, keepFrom));
    if (versions.every((version) => version.account === null)) this.#versions.delete(address);
    for (const { account } of forgotten) {
      if (account !== null) this.#dropFromIndex(addressOf(account.owner), address, versions);
    }
  }

  #dropFromIndex(owner: string, address: string, kept: readonly AccountVersion[]): void {
    const owned = kept.some(
      ({ account }) => account !== null && addressOf(account.owner) === owner,
    );
    if (!owned) this.#byOwner.get(owner)?.delete(address);
  }

  #index(owner: string, address: string): void {
    const owned = this.#byOwner.get(owner);
    if (owned === undefined) this.#byOwner.set(owner, new Set([address]));
    else owned.add(address);
  }
}
