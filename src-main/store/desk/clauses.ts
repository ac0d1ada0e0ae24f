/** Conditions of a list as SQL with its values: what the window sends is never part of a statement. */
import { z } from 'zod';
import type { SqlRow, SqlValue } from '../database.ts';
import { numberColumn, parseRow } from '../rows.ts';

export interface Clause {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** All of them hold; none: everything does. */
export function allOf(clauses: readonly (Clause | null)[]): Clause {
  const given = clauses.filter((clause) => clause !== null);
  if (given.length === 0) return { sql: 'TRUE', values: [] };
  return {
    sql: given.map(({ sql }) => `(${sql})`).join(' AND '),
    values: given.flatMap(({ values }) => values),
  };
}

export function anyOf(clauses: readonly Clause[]): Clause {
  return {
    sql: clauses.map(({ sql }) => sql).join(' OR '),
    values: clauses.flatMap(({ values }) => values),
  };
}

/** As many values as there are, in one parameter. */
export function isIn(column: string, values: readonly string[]): Clause {
  return {
    sql: `${column} IN (SELECT value FROM json_each(?))`,
    values: [JSON.stringify(values)],
  };
}

/** An empty list narrows nothing. */
export function oneOf(column: string, values: readonly string[]): Clause | null {
  return values.length === 0 ? null : isIn(column, values);
}

/** Times from … to, both included; null: no bound. */
export function within(
  column: string,
  fromMs: bigint | null,
  toMs: bigint | null,
): readonly (Clause | null)[] {
  return [
    fromMs === null ? null : { sql: `${column} >= ?`, values: [fromMs] },
    toMs === null ? null : { sql: `${column} <= ?`, values: [toMs] },
  ];
}

/** The text stands in the column as it is: `%` and `_` are letters like any other. Case of ASCII letters is the same. */
export function holdsText(column: string, text: string): Clause {
  const pattern = `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  return { sql: String.raw`${column} LIKE ? ESCAPE '\'`, values: [pattern] };
}

const countRow = z.object({ count: numberColumn });

/** How many there are; counted only where the page does not show its end. */
export function totalOf(
  { offset, limit }: { readonly offset: number; readonly limit: number },
  found: number,
  count: () => SqlRow | undefined,
): number {
  const showsTheEnd = found < limit && (found > 0 || offset === 0);
  return showsTheEnd ? offset + found : parseRow(countRow, count() ?? {}, 'count of a list').count;
}
