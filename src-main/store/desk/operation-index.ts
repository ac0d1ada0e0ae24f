import { z } from 'zod';
import { FINAL_STATES, OPERATION_STATES, type OperationState } from '#domain/capital-operation.ts';
import { assertNever } from '#domain/assert-never.ts';
import type { VaultId } from '#domain/ids.ts';
import {
  OPERATION_KINDS,
  type OperationFilter,
  type OperationOutcome,
  type OperationPage,
  type OperationQuery,
  type OperationSort,
} from '#domain/operation-query.ts';
import type { OperationIndex } from '#main/engine/desk-ports.ts';
import type { ReadableDb, SqlValue } from '../database.ts';
import { integerColumn, parseRow, wholeNumber } from '../rows.ts';
import { allOf, anyOf, holdsText, isIn, oneOf, totalOf, within, type Clause } from './clauses.ts';
import { loadOperationRows } from './operation-list-rows.ts';
import { loadVaultNames, placesByName, vaultsNamedLike, type VaultNames } from './vault-names.ts';

const numberRow = z.object({ no: integerColumn });

/** The engine's `OperationIndex` over a database. Throws KeelFault for what cannot be read. */
export function operationIndexOn(db: ReadableDb): OperationIndex {
  return { query: (query) => loadPage(db, query) };
}

function loadPage(db: ReadableDb, query: OperationQuery): OperationPage {
  const { filter, sort } = query;
  const needsNames = sort.by === 'vault' || filter.text.trim() !== '';
  const names = needsNames ? loadVaultNames(db) : new Map<VaultId, string>();
  const { sql, values } = allOf(conditionsOf(filter, names));
  const order = orderOf(sort, names);
  const page = db
    .all(
      `${order.names} SELECT line.no AS no FROM operation_lines AS line ${order.join}
       WHERE ${sql} ORDER BY ${order.by} LIMIT ? OFFSET ?`,
      ...[...order.values, ...values],
      ...[wholeNumber('limit', query.limit), wholeNumber('offset', query.offset)],
    )
    .map((row) => parseRow(numberRow, row, 'line of the operations').no);
  return {
    rows: loadOperationRows(db, page),
    total: totalOf(query, page.length, () =>
      db.get(`SELECT count(*) AS count FROM operation_lines AS line WHERE ${sql}`, ...values),
    ),
  };
}

function conditionsOf(filter: OperationFilter, names: VaultNames): readonly (Clause | null)[] {
  const { vaultIds, kinds, outcomes, fromMs, toMs } = filter;
  const text = filter.text.trim();
  return [
    vaultIds.length === 0 ? null : ofVaults(vaultIds),
    oneOf('line.kind', kinds),
    oneOf('line.state', outcomes.flatMap(statesOf)),
    ...within(
      'line.created_at_ms',
      fromMs === null ? null : wholeNumber('fromMs', fromMs),
      toMs === null ? null : wholeNumber('toMs', toMs),
    ),
    text === '' ? null : found(text, vaultsNamedLike(names, text)),
  ];
}

const ofVaults = (ids: readonly string[]): Clause =>
  anyOf([isIn('line.vault_id', ids), isIn('line.to_vault_id', ids)]);

function found(text: string, vaults: readonly VaultId[]): Clause {
  const columns = ['line.symbol', 'line.signature', 'line.id'];
  const inText = columns.map((column) => holdsText(column, text));
  return anyOf(vaults.length === 0 ? inText : [...inText, ofVaults(vaults)]);
}

function statesOf(outcome: OperationOutcome): readonly OperationState[] {
  switch (outcome) {
    case 'open':
      return OPERATION_STATES.filter(
        (state) => !(FINAL_STATES as readonly string[]).includes(state),
      );
    case 'verified':
    case 'discrepant':
      return [outcome];
    case 'not-done':
      return ['denied', 'rejected', 'expired'];
    default:
      return assertNever(outcome);
  }
}

interface Order {
  /** What stands before the statement, and its values. */
  readonly names: string;
  readonly join: string;
  readonly by: string;
  readonly values: readonly SqlValue[];
}

/** Unknown values last either way; equal ones by start, newest first. */
function orderOf(sort: { by: OperationSort; descending: boolean }, names: VaultNames): Order {
  const direction = sort.descending ? 'DESC' : 'ASC';
  const newestFirst = 'line.created_at_ms DESC, line.no DESC';
  const by = (column: string): Order => ({
    ...{ names: '', join: '' },
    by: `${column} ${direction} NULLS LAST, ${newestFirst}`,
    values: [],
  });
  switch (sort.by) {
    case 'started':
      return {
        ...{ names: '', join: '' },
        by: `line.created_at_ms ${direction}, line.no ${direction}`,
        values: [],
      };
    case 'value':
      return by('line.value');
    case 'kind':
      return by(placeIn('line.kind', OPERATION_KINDS));
    case 'state':
      return by(placeIn('line.state', OPERATION_STATES));
    case 'vault':
      return {
        ...by('named.place'),
        names: `WITH named (vault, place) AS MATERIALIZED (
          SELECT CAST(value ->> 0 AS TEXT), CAST(value ->> 1 AS INTEGER) FROM json_each(?))`,
        join: 'LEFT JOIN named ON named.vault = line.vault_id',
        values: [JSON.stringify(placesByName(names))],
      };
    default:
      return assertNever(sort.by);
  }
}

/** Place of a word in the domain's own list; the words are constants of the code. */
function placeIn(column: string, words: readonly string[]): string {
  const cases = words.map((word, index) => `WHEN '${word}' THEN ${index}`).join(' ');
  return `CASE ${column} ${cases} END`;
}
