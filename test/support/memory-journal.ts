import { mayFollow } from '#domain/advance-operation.ts';
import { isFinal, type CapitalOperation } from '#domain/capital-operation.ts';
import { vaultsOf } from '#domain/capital-intent.ts';
import type { OperationId, VaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';
import { quoteAmount, type QuoteAmount, type UnixMs } from '#domain/units.ts';
import type { OperationJournal } from '#main/engine/ports.ts';

/**
 * The journal in memory, as strict as the real one: rows are copies, a lock has one holder, a message and a signature
 * never change, and no signature is that of two operations.
 */
export class MemoryJournal implements OperationJournal {
  readonly #rows = new Map<OperationId, CapitalOperation>();
  readonly #locks = new Map<string, OperationId>();
  readonly #untold = new Set<OperationId>();
  /** Throws before the write when it answers true: a full disk. */
  failWrites: ((operation: CapitalOperation) => boolean) | null = null;
  failReads = false;

  open(operation: CapitalOperation, locks: readonly string[]): void {
    this.#mayWrite(operation);
    if (operation.state !== 'requested') throw new Error('does not begin as requested');
    if (this.#rows.has(operation.id)) throw new Error(`operation ${operation.id} exists`);
    for (const name of locks) this.#refuseHeld(name);
    this.#rows.set(operation.id, structuredClone(operation));
    for (const name of locks) this.#locks.set(name, operation.id);
  }

  advance(operation: CapitalOperation): void {
    this.#mayWrite(operation);
    const stored = this.#rows.get(operation.id);
    if (stored === undefined) throw new Error(`no operation ${operation.id}`);
    const problem = continuationProblem(stored, operation) ?? this.#signatureProblem(operation);
    if (problem !== null) throw new Error(`operation ${operation.id}: ${problem}`);
    this.#rows.set(operation.id, structuredClone(operation));
    if (!isFinal(operation.state)) return;
    this.#untold.add(operation.id);
    for (const [name, holder] of this.#locks) {
      if (holder === operation.id) this.#locks.delete(name);
    }
  }

  load(id: OperationId): CapitalOperation | null {
    this.#mayRead();
    const row = this.#rows.get(id);
    return row === undefined ? null : structuredClone(row);
  }

  loadOpen(): readonly CapitalOperation[] {
    this.#mayRead();
    return structuredClone([...this.#rows.values()].filter(({ state }) => !isFinal(state)));
  }

  loadUntold(): readonly CapitalOperation[] {
    this.#mayRead();
    return structuredClone([...this.#rows.values()].filter(({ id }) => this.#untold.has(id)));
  }

  noteTold(id: OperationId): void {
    if (!this.#rows.has(id)) throw new Error(`no operation ${id}`);
    this.#untold.delete(id);
  }

  loadPage(
    vault: VaultId | null,
    limit: number,
    before: OperationId | null,
  ): readonly CapitalOperation[] {
    this.#mayRead();
    const newest = [...this.#rows.values()].reverse();
    const of = newest.filter(({ intent }) => vault === null || vaultsOf(intent).includes(vault));
    const from = before === null ? 0 : of.findIndex(({ id }) => id === before) + 1;
    return structuredClone(of.slice(from, from + limit));
  }

  sumOutflow(vault: VaultId, sinceMs: UnixMs): QuoteAmount {
    this.#mayRead();
    const sum = [...this.#rows.values()]
      .filter(({ intent, state, createdAtMs, endedAtMs }) => {
        const out = intent.kind === 'withdraw' || intent.kind === 'transfer';
        const counts = !['denied', 'rejected', 'expired'].includes(state);
        const recent = endedAtMs === null || endedAtMs >= sinceMs || createdAtMs >= sinceMs;
        return out && intent.vaultId === vault && counts && recent;
      })
      .reduce((total, { value }) => total + (value ?? 0n), 0n);
    return quoteAmount(sum);
  }

  /** Every row, oldest first: for assertions. */
  all(): readonly CapitalOperation[] {
    return structuredClone([...this.#rows.values()]);
  }

  #mayWrite(operation: CapitalOperation): void {
    if (this.failWrites?.(operation) === true) throw new Error('database or disk is full');
  }

  #mayRead(): void {
    if (this.failReads) throw new Error('disk I/O error');
  }

  #refuseHeld(name: string): void {
    const holder = this.#locks.get(name);
    if (holder === undefined) return;
    const words = `Operation ${holder} is still open.`;
    throw new KeelFault(keelError('OPERATION_OPEN', 'operator', words, 'Wait.'));
  }

  #signatureProblem({ id, transaction }: CapitalOperation): string | null {
    const signature = transaction?.signature ?? null;
    if (signature === null) return null;
    const twin = [...this.#rows.values()].find(
      (row) => row.id !== id && row.transaction?.signature === signature,
    );
    return twin === undefined ? null : `its signature is that of ${twin.id}`;
  }
}

function continuationProblem(stored: CapitalOperation, next: CapitalOperation): string | null {
  if (!mayFollow(stored.state, next.state)) return `${next.state} after ${stored.state}`;
  const known = stored.transitions.length;
  if (next.transitions.length !== known + 1) return 'a transition is missing';
  if (next.transitions.at(-1)?.state !== next.state) return 'the last transition is another';
  const { transaction } = stored;
  if (transaction === null) return null;
  if (next.transaction?.message !== transaction.message) return 'another message';
  const { signature } = transaction;
  return signature === null || next.transaction.signature === signature ? null : 'signed twice';
}
