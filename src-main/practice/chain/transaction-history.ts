import type { TransactionRecord } from './transaction-record.ts';

const KEPT_TRANSACTIONS = 20_000;

/** Every transaction that entered a block, newest last; the oldest are forgotten beyond a generous number. */
export class TransactionHistory {
  readonly #bySignature = new Map<string, TransactionRecord>();
  readonly #byAddress = new Map<string, TransactionRecord[]>();
  readonly #bySlot = new Map<bigint, TransactionRecord[]>();

  add(record: TransactionRecord): void {
    this.#bySignature.set(record.signature, record);
    for (const address of new Set(record.accountKeys)) append(this.#byAddress, address, record);
    append(this.#bySlot, record.slot, record);
    if (this.#bySignature.size > KEPT_TRANSACTIONS) this.#forgetOldest();
  }

  get size(): number {
    return this.#bySignature.size;
  }

  find(signature: string): TransactionRecord | null {
    return this.#bySignature.get(signature) ?? null;
  }

  /** Oldest first. */
  ofAddress(address: string): readonly TransactionRecord[] {
    return this.#byAddress.get(address) ?? [];
  }

  inSlot(slot: bigint): readonly TransactionRecord[] {
    return this.#bySlot.get(slot) ?? [];
  }

  /** Oldest first. */
  all(): IterableIterator<TransactionRecord> {
    return this.#bySignature.values();
  }

  #forgetOldest(): void {
    const [oldest] = this.#bySignature.values();
    if (oldest === undefined) return;
    this.#bySignature.delete(oldest.signature);
    for (const address of new Set(oldest.accountKeys)) drop(this.#byAddress, address, oldest);
    drop(this.#bySlot, oldest.slot, oldest);
  }
}

function append<Key>(
  map: Map<Key, TransactionRecord[]>,
  key: Key,
  record: TransactionRecord,
): void {
  const records = map.get(key);
  if (records === undefined) map.set(key, [record]);
  else records.push(record);
}

function drop<Key>(map: Map<Key, TransactionRecord[]>, key: Key, record: TransactionRecord): void {
  const left = (map.get(key) ?? []).filter((each) => each !== record);
  if (left.length === 0) map.delete(key);
  else map.set(key, left);
}
