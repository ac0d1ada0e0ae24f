/** Lines of the list of operations, from the rows of the journal. */
import { z } from 'zod';
import { OPERATION_STATES } from '#domain/capital-operation.ts';
import type { NetworkId, OperationId, VaultId } from '#domain/ids.ts';
import { OPERATION_KINDS, type OperationRow } from '#domain/operation-query.ts';
import type { QuoteAmount, TokenAmount } from '#domain/units.ts';
import type { ReadableDb, SqlRow } from '../database.ts';
import {
  integerAs,
  integerColumn,
  integerText,
  jsonColumn,
  parseRow,
  unixMsColumn,
} from '../rows.ts';

const text = <Name extends string>() => z.string().transform((value) => value as Name);

const intentColumn = jsonColumn(
  z.union([
    z.object({
      token: z.object({ symbol: z.string(), decimals: z.number().int() }),
      amount: integerText<TokenAmount>(),
    }),
    z.object({ kind: z.literal('create-sub-account') }),
  ]),
);

const lineRow = z.object({
  no: integerColumn,
  id: text<OperationId>(),
  network: text<NetworkId>(),
  vaultType: z.enum(['virtual', 'onChain']),
  kind: z.enum(OPERATION_KINDS),
  vaultId: text<VaultId>(),
  toVaultId: text<VaultId>().nullable(),
  value: integerAs<QuoteAmount>().nullable(),
  state: z.enum(OPERATION_STATES),
  signature: z.string().nullable(),
  lastStep: z.string().nullable(),
  createdAtMs: unixMsColumn,
  endedAtMs: unixMsColumn.nullable(),
});

/** In the order of the numbers. Throws `DATABASE_CORRUPT` where the columns themselves do not parse. */
export function loadOperationRows(
  db: ReadableDb,
  numbers: readonly bigint[],
): readonly OperationRow[] {
  const rows = db.all(
    `SELECT no, id, network, vault_type AS vaultType, kind, vault_id AS vaultId,
       to_vault_id AS toVaultId, value, state, signature, created_at_ms AS createdAtMs,
       ended_at_ms AS endedAtMs,
       CASE WHEN json_valid(operation) THEN json_extract(operation, '$.intent') END AS intent,
       (SELECT cause FROM operation_transitions WHERE operation = no
        ORDER BY number DESC LIMIT 1) AS lastStep
     FROM operations WHERE no IN (SELECT value FROM json_each(?))`,
    `[${numbers.join(',')}]`,
  );
  const byNumber = new Map(rows.map((row) => [row['no'], row]));
  return numbers.flatMap((no) => {
    const row = byNumber.get(no);
    return row === undefined ? [] : [lineOf(row)];
  });
}

/** One whose text is damaged stays in the list and says so: its amount is not known, and nobody takes it for whole. */
function lineOf(row: SqlRow): OperationRow {
  const { no: _, lastStep, ...line } = parseRow(lineRow, row, `operation ${String(row['id'])}`);
  const intent = intentColumn.safeParse(row['intent']);
  const isWhole = intent.success && lastStep !== null;
  const moved = intent.success && 'token' in intent.data ? intent.data : null;
  return {
    ...line,
    symbol: moved?.token.symbol ?? null,
    decimals: moved?.token.decimals ?? null,
    amount: moved?.amount ?? null,
    lastStep: isWhole ? lastStep : UNREADABLE,
  };
}

const UNREADABLE =
  'The record of this operation is damaged: its amount cannot be read. Keep a copy of the database and report this with the log.';
