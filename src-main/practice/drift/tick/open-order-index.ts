/**
 * Users that may have orders resting: derived from the accounts at first use, then kept up by the program. May
 * name too many (a transaction that failed), never too few.
 */
import type { PublicKey } from '@solana/web3.js';
import { mayHaveOpenOrder } from '#main/drift/codec/drift-coder.ts';
import type { Ledger } from '../../chain/program.ts';

export class OpenOrderIndex {
  readonly #program: PublicKey;
  readonly #placed = new Set<string>();
  #isComplete = false;

  constructor(program: PublicKey) {
    this.#program = program;
  }

  add(user: string): void {
    this.#placed.add(user);
  }

  remove(user: string): void {
    this.#placed.delete(user);
  }

  users(ledger: Ledger): readonly string[] {
    if (!this.#isComplete) this.#scan(ledger);
    return [...this.#placed];
  }

  #scan(ledger: Ledger): void {
    for (const [address, { data }] of ledger.accountsOf(this.#program)) {
      if (mayHaveOpenOrder(data)) this.add(address.toBase58());
    }
    this.#isComplete = true;
  }
}
