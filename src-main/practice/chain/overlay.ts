import type { PublicKey } from '@solana/web3.js';
import { addressOf, copyAccount } from './account-store.ts';
import type { Account } from './program.ts';

/** Writes on top of a state, kept apart until they are committed: a failed transaction leaves no trace. */
export class Overlay {
  readonly #read: (address: string) => Account | null;
  readonly #writes = new Map<string, Account | null>();

  constructor(read: (address: string) => Account | null) {
    this.#read = read;
  }

  /** The caller's own copy, free to be changed. */
  get(key: PublicKey): Account | null {
    const account = this.peek(addressOf(key));
    return account === null ? null : copyAccount(account);
  }

  /** Not a copy: look, do not change. */
  peek(address: string): Account | null {
    const written = this.#writes.get(address);
    return written !== undefined ? written : this.#read(address);
  }

  set(key: PublicKey, account: Account | null): void {
    this.#writes.set(addressOf(key), account === null ? null : copyAccount(account));
  }

  writes(): IterableIterator<[string, Account | null]> {
    return this.#writes.entries();
  }
}
