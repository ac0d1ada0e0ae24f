/**
 * A page of the operations by the names of their vaults. The vaults are put in order, not the operations: of these only the
 * page itself is read, each vault's in the order of an index. A hundred thousand are paged in some milliseconds.
 */
import { z } from 'zod';
import type { VaultId } from '#domain/ids.ts';
import type { OperationQuery } from '#domain/operation-query.ts';
import type { ReadableDb } from '../database.ts';
import { integerColumn, numberColumn, parseRow, wholeNumber } from '../rows.ts';
import { allOf, isIn, type Clause } from './clauses.ts';
import { placesByName, type VaultNames } from './vault-names.ts';

export interface NumberPage {
  readonly numbers: readonly bigint[];
  readonly total: number;
}

type Span = Pick<OperationQuery, 'offset' | 'limit'>;

export const NEWEST_FIRST = 'line.created_at_ms DESC, line.no DESC';

const numberRow = z.object({ no: integerColumn });
const countRow = z.object({ vault: z.string(), count: numberColumn });

export function loadNumbers(
  db: ReadableDb,
  { sql, values }: Clause,
  order: string,
  { offset, limit }: Span,
): readonly bigint[] {
  return db
    .all(
      `SELECT line.no AS no FROM operation_lines AS line WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?`,
      ...[...values, wholeNumber('limit', limit), wholeNumber('offset', offset)],
    )
    .map((row) => parseRow(numberRow, row, 'line of the operations').no);
}

/** Vaults of one name stand together, newest operation first; what has no name stands last either way. */
export function pageByVault(
  db: ReadableDb,
  wanted: Clause,
  names: VaultNames,
  { offset, limit, sort }: OperationQuery,
): NumberPage {
  const numbers: bigint[] = [];
  let total = 0;
  for (const { vaults, count } of groupsOf(db, wanted, names, sort.descending)) {
    const skipped = Math.max(0, offset - total);
    total += count;
    if (skipped >= count || numbers.length >= limit) continue;
    const ofThese = allOf([wanted, ofVaults(vaults)]);
    const span = { offset: skipped, limit: limit - numbers.length };
    numbers.push(...loadNumbers(db, ofThese, NEWEST_FIRST, span));
  }
  return { numbers, total };
}

const ofVaults = (vaults: readonly string[]): Clause =>
  vaults.length === 1
    ? { sql: 'line.vault_id = ?', values: [...vaults] }
    : isIn('line.vault_id', vaults);

interface Group {
  readonly vaults: string[];
  count: number;
}

function groupsOf(
  db: ReadableDb,
  { sql, values }: Clause,
  names: VaultNames,
  descending: boolean,
): readonly Group[] {
  const places = new Map<string, number>(placesByName(names));
  const groups = new Map<number, Group>();
  const rows = db.all(
    `SELECT line.vault_id AS vault, count(*) AS count FROM operation_lines AS line
     WHERE ${sql} GROUP BY line.vault_id`,
    ...values,
  );
  for (const row of rows) {
    const { vault, count } = parseRow(countRow, row, 'count of a vault’s operations');
    const place = places.get(vault as VaultId) ?? Infinity;
    const group = groups.get(place) ?? { vaults: [], count: 0 };
    group.vaults.push(vault);
    group.count += count;
    groups.set(place, group);
  }
  const sign = descending ? -1 : 1;
  return [...groups]
    .toSorted(([left], [right]) =>
      left === Infinity || right === Infinity
        ? Number(left === Infinity) - Number(right === Infinity)
        : sign * (left - right),
    )
    .map(([, group]) => group);
}
