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
import type { ReadableDb } from '../database.ts';
import { wholeNumber } from '../rows.ts';
import { allOf, anyOf, holdsText, isIn, oneOf, totalOf, within, type Clause } from './clauses.ts';
import { loadOperationRows } from './operation-list-rows.ts';
import { loadNumbers, NEWEST_FIRST, pageByVault, type NumberPage } from './operations-by-vault.ts';
import { loadVaultNames, vaultsNamedLike, type VaultNames } from './vault-names.ts';

/** The engine's `OperationIndex` over a database. Throws KeelFault for what cannot be read. */
export function operationIndexOn(db: ReadableDb): OperationIndex {
  return { query: (query) => loadPage(db, query) };
}

function loadPage(db: ReadableDb, query: OperationQuery): OperationPage {
  const { filter, sort } = query;
  const needsNames = sort.by === 'vault' || filter.text.trim() !== '';
  const names = needsNames ? loadVaultNames(db) : new Map<VaultId, string>();
  const wanted = allOf(conditionsOf(filter, names));
  const { numbers, total } =
    sort.by === 'vault'
      ? pageByVault(db, wanted, names, query)
      : pageBy(db, wanted, orderBy(sort.by, sort.descending), query);
  return { rows: loadOperationRows(db, numbers), total };
}

function pageBy(
  db: ReadableDb,
  { sql, values }: Clause,
  order: string,
  { offset, limit }: Pick<OperationQuery, 'offset' | 'limit'>,
): NumberPage {
  const numbers = loadNumbers(db, { sql, values }, order, { offset, limit });
  const total = totalOf({ offset, limit }, numbers.length, () =>
    db.get(`SELECT count(*) AS count FROM operation_lines AS line WHERE ${sql}`, ...values),
  );
  return { numbers, total };
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
  const inText = [
    holdsText('line.symbol', text),
    // Compared as they are, many times as fast: in a signature the case is part of it, and ids have none of their own.
    { sql: 'instr(line.signature, ?)', values: [text] },
    { sql: 'instr(line.id, ?)', values: [text.toLowerCase()] },
  ];
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

/** Unknown values last either way; equal ones by start, newest first. */
function orderBy(by: Exclude<OperationSort, 'vault'>, descending: boolean): string {
  const direction = descending ? 'DESC' : 'ASC';
  const then = (column: string) => `${column} ${direction} NULLS LAST, ${NEWEST_FIRST}`;
  switch (by) {
    case 'started':
      return `line.created_at_ms ${direction}, line.no ${direction}`;
    case 'value':
      return then('line.value');
    case 'kind':
      return then(placeIn('line.kind', OPERATION_KINDS));
    case 'state':
      return then(placeIn('line.state', OPERATION_STATES));
    default:
      return assertNever(by);
  }
}

/** Place of a word in the domain's own list; the words are constants of the code. */
function placeIn(column: string, words: readonly string[]): string {
  const cases = words.map((word, index) => `WHEN '${word}' THEN ${index}`).join(' ');
  return `CASE ${column} ${cases} END`;
}
