/** What the trader has approved, and what was signed. Kept in memory alone, as long as the process runs. */
import { createHash } from 'node:crypto';
import type { ApprovalKind } from '#domain/capital-operation.ts';
import type { SigningIntent } from '#domain/capital-intent.ts';
import type { OperationId } from '#domain/ids.ts';

const APPROVAL_LIFE_MS = 600_000;
const MAX_APPROVALS = 1_000;
/** Signed operations are never forgotten: at this many the signer signs no more until it is started anew. */
const MAX_SIGNED = 50_000;

interface Approval {
  readonly digest: string;
  readonly kind: ApprovalKind;
  readonly atMs: number;
}

export interface SignedRecord {
  /** Of the whole message, its blockhash too. */
  readonly messageDigest: string;
  /** Base58. */
  readonly signature: string;
}

export class Approvals {
  readonly #nowMs: () => number;
  readonly #approved = new Map<OperationId, Approval>();
  readonly #signed = new Map<OperationId, SignedRecord>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Null: not approved, for something else, or too long ago. */
  find(operation: OperationId, digest: string): ApprovalKind | null {
    const approval = this.#approved.get(operation);
    if (approval?.digest !== digest) return null;
    return this.#nowMs() - approval.atMs < APPROVAL_LIFE_MS ? approval.kind : null;
  }

  grant(operation: OperationId, digest: string, kind: ApprovalKind): void {
    this.#approved.delete(operation);
    const oldest = this.#approved.keys().next();
    if (this.#approved.size >= MAX_APPROVALS && oldest.done !== true) {
      this.#approved.delete(oldest.value);
    }
    this.#approved.set(operation, { digest, kind, atMs: this.#nowMs() });
  }

  withdraw(operation: OperationId): void {
    this.#approved.delete(operation);
  }

  /** What was signed stays known. */
  forgetApprovals(): void {
    this.#approved.clear();
  }

  get isFull(): boolean {
    return this.#signed.size >= MAX_SIGNED;
  }

  signed(operation: OperationId): SignedRecord | null {
    return this.#signed.get(operation) ?? null;
  }

  recordSigned(operation: OperationId, record: SignedRecord): void {
    this.#signed.set(operation, record);
    this.#approved.delete(operation);
  }
}

/** Stands for an intent and for what its message does, whichever blockhash it has. */
export function digestOf(intent: SigningIntent, meaning: Uint8Array): string {
  // The parser has made the intent anew, so its fields are in one order.
  const text = JSON.stringify(intent, (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
  return createHash('sha256').update(`${text.length}:${text}`).update(meaning).digest('hex');
}

export function digestOfMessage(message: Uint8Array): string {
  return createHash('sha256').update(message).digest('hex');
}
