import { PublicKey } from '@solana/web3.js';
import { addressOf, copyAccount } from './account-store.ts';
import type { AccountStore } from './account-store.ts';
import { executeInstructions } from './executor.ts';
import type { Account, InnerInstruction, Ledger, Program } from './program.ts';

/** The slot in progress as the world sees it. Writes go straight to the store and show when the slot ends. */
export class OpenLedger implements Ledger {
  readonly slot: bigint;
  readonly unixTimestamp: bigint;
  readonly #store: AccountStore;
  readonly #programs: ReadonlyMap<string, Program>;

  constructor(
    store: AccountStore,
    programs: ReadonlyMap<string, Program>,
    slot: bigint,
    unixTimestamp: bigint,
  ) {
    this.#store = store;
    this.#programs = programs;
    this.slot = slot;
    this.unixTimestamp = unixTimestamp;
  }

  getAccount(key: PublicKey): Account | null {
    const account = this.#store.head(addressOf(key));
    return account === null ? null : copyAccount(account);
  }

  setAccount(key: PublicKey, account: Account): void {
    this.#store.put(addressOf(key), copyAccount(account), this.slot);
  }

  deleteAccount(key: PublicKey): void {
    this.#store.put(addressOf(key), null, this.slot);
  }

  *accountsOf(program: PublicKey): Generator<[PublicKey, Account]> {
    for (const [address, account] of [...this.#store.ownedAtHead(addressOf(program))]) {
      yield [new PublicKey(address), copyAccount(account)];
    }
  }

  execute(instructions: readonly InnerInstruction[]): void {
    const writes = executeInstructions(
      {
        read: (address) => this.#store.head(address),
        programs: this.#programs,
        slot: this.slot,
        unixTimestamp: this.unixTimestamp,
      },
      instructions,
    );
    for (const [address, account] of writes) this.#store.put(address, account, this.slot);
  }
}
