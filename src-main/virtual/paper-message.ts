/**
 * The “transaction” of a paper operation: the very lines that it adds to the ledgers, as text. A line names the
 * revision that it takes, so it can be added once, and after another line has taken that place never.
 */
import { operationId, vaultId, type OperationId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { PaperEntry } from '#domain/paper-account.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import type { PaperLine } from '#main/engine/ports.ts';

export interface PaperMessage {
  readonly operationId: OperationId;
  /** One of a deposit or a withdrawal; of a transfer first the giver's, then the taker's. */
  readonly lines: readonly PaperLine[];
}

/** Base64, the same for the same lines. */
export function writePaperMessage({ operationId: id, lines }: PaperMessage): string {
  const text = lines.map(({ vaultId: vault, entry }) => [
    ...[vault, entry.kind, String(entry.change), String(entry.cashAfter)],
    ...[entry.revision, entry.atMs, entry.note],
  ]);
  return Buffer.from(JSON.stringify([id, ...text])).toString('base64');
}

/** Reads back what `writePaperMessage` wrote; `ENGINE_FAULT` for anything else. */
export function readPaperMessage(message: string): Result<PaperMessage, KeelError> {
  try {
    const [id, ...rows] = arrayOf(JSON.parse(Buffer.from(message, 'base64').toString()));
    const operation = operationId(textOf(id));
    const lines = rows.map((row) => lineOf(arrayOf(row), operation));
    if (lines.length > 0) return ok({ operationId: operation, lines });
  } catch (caught) {
    if (!(caught instanceof SyntaxError || caught instanceof TypeError)) throw caught;
  }
  return err(
    keelError(
      'ENGINE_FAULT',
      'operator',
      'The stored message of a paper operation cannot be read.',
      'Nothing was changed. Send the log to the support.',
    ),
  );
}

const KINDS: readonly string[] = ['credit', 'debit'];

function lineOf(row: readonly unknown[], operation: OperationId): PaperLine {
  const [vault, kind, change, cashAfter, revision, atMs, note] = row;
  if (!KINDS.includes(textOf(kind))) throw new TypeError('not a kind of line');
  return {
    vaultId: vaultId(textOf(vault)),
    entry: {
      kind: kind as PaperEntry['kind'],
      change: quoteAmount(BigInt(textOf(change))),
      cashAfter: quoteAmount(BigInt(textOf(cashAfter))),
      revision: wholeOf(revision),
      atMs: unixMs(wholeOf(atMs)),
      note: textOf(note),
      operationId: operation,
    },
  };
}

function arrayOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('not a list');
  return value as readonly unknown[];
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('not a text');
  return value;
}

function wholeOf(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new TypeError('not a whole number');
  return value as number;
}
