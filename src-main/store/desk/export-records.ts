/**
 * Operations, alerts and the activity feed as rows of a file, in the order in which they were written down. What is
 * written down after the first page is not in it.
 */
import { z } from 'zod';
import type { ExportRequest, ExportSubject } from '#domain/data-export.ts';
import { columnNames } from '#domain/export-columns.ts';
import type { ExportPage } from '#main/engine/desk-ports.ts';
import type { ReadableDb, SqlRow, SqlValue } from '../database.ts';
import { integerColumn, parseRow, wholeNumber } from '../rows.ts';
import { cursorParts, cursorText, known } from './export-cursor.ts';
import { PAGE_ROWS } from './export-history.ts';
import { decimalCell, moneyCell, timeCells, usdCell, wholeCell, type Cell } from './export-text.ts';

interface Records {
  readonly subject: ExportSubject;
  readonly table: string;
  /** Column of the number that grows with each record. */
  readonly key: string;
  readonly time: string;
  /** Columns that name a vault. */
  readonly vaults: readonly string[];
  /** Selected beside the key, from `r` with its vault as `v`. */
  readonly select: string;
  readonly joins: string;
  cellsOf(row: SqlRow): readonly Cell[];
}

const words = z.string().nullable();
const moment = integerColumn.nullable();
const keyRow = z.object({ key: integerColumn });
const boundRow = z.object({ bound: integerColumn.nullable(), count: integerColumn });

const ofVault = { vaultName: words, vaultNetwork: words, vaultType: words };
const VAULT = 'v.name AS vaultName, v.network AS vaultNetwork, v.vault_type AS vaultType';

export const OPERATIONS: Records = (() => {
  const schema = z.object({
    ...ofVault,
    id: z.string(),
    vaultId: z.string(),
    network: z.string(),
    ownType: z.string(),
    newName: words,
    toVaultId: words,
    toVaultName: words,
    kind: z.string(),
    symbol: words,
    mint: words,
    decimals: moment,
    amount: words,
    value: moment,
    state: z.string(),
    lastStep: words,
    errorCode: words,
    errorMessage: words,
    signer: words,
    signature: words,
    landed: words,
    createdAtMs: integerColumn,
    endedAtMs: moment,
  });
  const json = (path: string, name: string) => `json_extract(r.operation, '$.${path}') AS ${name}`;
  return {
    subject: 'operations',
    table: 'operations',
    key: 'no',
    time: 'created_at_ms',
    vaults: ['vault_id', 'to_vault_id'],
    select: [
      VAULT,
      'r.id, r.vault_id AS vaultId, r.network, r.vault_type AS ownType, t.name AS toVaultName',
      'r.to_vault_id AS toVaultId, r.kind, r.value, r.state, r.signature',
      'r.created_at_ms AS createdAtMs, r.ended_at_ms AS endedAtMs',
      json('intent.vault.name', 'newName'),
      json('intent.token.symbol', 'symbol'),
      json('intent.token.mint', 'mint'),
      json('intent.token.decimals', 'decimals'),
      json('intent.amount', 'amount'),
      json('error.code', 'errorCode'),
      json('error.message', 'errorMessage'),
      json('signerKey', 'signer'),
      json('landedAtSlot', 'landed'),
      `(SELECT cause FROM operation_transitions WHERE operation = r.no
        ORDER BY number DESC LIMIT 1) AS lastStep`,
    ].join(', '),
    joins: 'LEFT JOIN vaults v ON v.id = r.vault_id LEFT JOIN vaults t ON t.id = r.to_vault_id',
    cellsOf(raw) {
      const row = parseRow(schema, raw, `operation ${String(raw['id'])}`);
      const amount = row.amount === null ? null : BigInt(row.amount);
      return [
        row.id,
        ...[row.vaultId, row.vaultName ?? row.newName, row.network],
        ...[moneyCell(row.ownType, row.network), row.toVaultId, row.toVaultName],
        ...[row.kind, row.symbol, row.mint],
        row.decimals === null ? null : decimalCell(amount, Number(row.decimals)),
        usdCell(row.value),
        ...[row.state, row.lastStep, row.errorCode, row.errorMessage],
        ...[row.signer, row.signature, row.landed],
        ...timeCells(row.createdAtMs),
        ...timeCells(row.endedAtMs),
      ];
    },
  };
})();

export const ALERTS: Records = (() => {
  const schema = z.object({
    ...ofVault,
    id: z.string(),
    vaultId: words,
    network: words,
    kind: z.string(),
    severity: z.string(),
    title: z.string(),
    text: z.string(),
    advice: z.string(),
    operationId: words,
    raisedAtMs: integerColumn,
    changedAtMs: integerColumn,
    clearedAtMs: moment,
    acknowledgedAtMs: moment,
  });
  return {
    subject: 'alerts',
    table: 'alerts',
    key: 'no',
    time: 'raised_at_ms',
    vaults: ['vault_id'],
    select: `${VAULT}, r.id, r.vault_id AS vaultId, r.network, r.kind, r.severity, r.title, r.text, r.advice,
      r.operation_id AS operationId, r.raised_at_ms AS raisedAtMs, r.changed_at_ms AS changedAtMs,
      r.cleared_at_ms AS clearedAtMs, r.acknowledged_at_ms AS acknowledgedAtMs`,
    joins: 'LEFT JOIN vaults v ON v.id = r.vault_id',
    cellsOf(raw) {
      const row = parseRow(schema, raw, `alert ${String(raw['id'])}`);
      return [
        row.id,
        ...vaultCells(row),
        ...[row.kind, row.severity, row.title, row.text, row.advice, row.operationId],
        ...timeCells(row.raisedAtMs),
        ...timeCells(row.changedAtMs),
        ...timeCells(row.clearedAtMs),
        ...timeCells(row.acknowledgedAtMs),
      ];
    },
  };
})();

export const ACTIVITY: Records = (() => {
  const schema = z.object({
    ...ofVault,
    key: integerColumn,
    vaultId: words,
    network: words,
    atMs: integerColumn,
    kind: z.string(),
    tone: z.string(),
    actor: z.string(),
    title: z.string(),
    text: z.string(),
    operationId: words,
    alertId: words,
  });
  return {
    subject: 'activity',
    table: 'activity',
    key: 'id',
    time: 'at_ms',
    vaults: ['vault_id'],
    select: `${VAULT}, r.vault_id AS vaultId, r.network, r.at_ms AS atMs, r.kind, r.tone, r.actor, r.title,
      r.text, r.operation_id AS operationId, r.alert_id AS alertId`,
    joins: 'LEFT JOIN vaults v ON v.id = r.vault_id',
    cellsOf(raw) {
      const row = parseRow(schema, raw, 'entry of the activity feed');
      return [
        wholeCell(row.key),
        ...vaultCells(row),
        ...timeCells(row.atMs),
        ...[row.kind, row.tone, row.actor, row.title, row.text, row.operationId, row.alertId],
      ];
    },
  };
})();

interface OfVault {
  readonly vaultId: string | null;
  readonly vaultName: string | null;
  readonly vaultNetwork: string | null;
  readonly vaultType: string | null;
  readonly network: string | null;
}

/** What is of no vault has no money either, except that all of the practice network is play money. */
function vaultCells(row: OfVault): readonly Cell[] {
  const network = row.network ?? row.vaultNetwork;
  return [row.vaultId, row.vaultName, network, moneyCell(row.vaultType, network)];
}

export function recordsPage(
  db: ReadableDb,
  records: Records,
  request: ExportRequest,
  cursor: string | null,
): ExportPage {
  const { key, table } = records;
  const within = whereOf(records, request);
  const [bound, total, after] =
    cursor === null ? firstOf(db, records, within) : cursorParts(cursor, 3).map(known);
  const rows = db.all(
    `SELECT r.${key} AS key, ${records.select} FROM ${table} r ${records.joins}
     WHERE r.${key} > ? AND r.${key} <= ? AND ${within.sql} ORDER BY r.${key} LIMIT ?`,
    ...[known(after), known(bound), ...within.values, BigInt(PAGE_ROWS)],
  );
  const last = rows.at(-1);
  const isLast = last === undefined || rows.length < PAGE_ROWS;
  return {
    columns: columnNames(records.subject),
    rows: rows.map((row) => records.cellsOf(row)),
    next: isLast
      ? null
      : cursorText([known(bound), known(total), parseRow(keyRow, last, 'record').key]),
    total: Number(known(total)),
  };
}

interface Where {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** What the whole export ends with, how many records it has, and where it begins. */
function firstOf(db: ReadableDb, { key, table }: Records, within: Where): readonly bigint[] {
  const row = db.get(
    `SELECT max(r.${key}) AS bound, count(*) AS count FROM ${table} r WHERE ${within.sql}`,
    ...within.values,
  );
  const { bound, count } = parseRow(boundRow, row ?? {}, table);
  return [bound ?? 0n, count, -1n];
}

function whereOf({ time, vaults }: Records, { vaultIds, fromMs, toMs }: ExportRequest): Where {
  const parts: string[] = ['1'];
  const values: SqlValue[] = [];
  if (vaultIds.length > 0) {
    const chosen = JSON.stringify(vaultIds);
    const each = vaults.map((name) => `r.${name} IN (SELECT value FROM json_each(?))`);
    parts.push(`(${each.join(' OR ')})`);
    values.push(...vaults.map(() => chosen));
  }
  if (fromMs !== null) {
    parts.push(`r.${time} >= ?`);
    values.push(wholeNumber('fromMs', fromMs));
  }
  if (toMs !== null) {
    parts.push(`r.${time} <= ?`);
    values.push(wholeNumber('toMs', toMs));
  }
  return { sql: parts.join(' AND '), values };
}
