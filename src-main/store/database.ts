/**
 * The connection as the entity files see it. The capability to write is a type: a function that takes a
 * `ReadableDb` cannot change a row, and the statement itself is checked as well.
 */
import type Database from 'better-sqlite3';
import { guarded } from './database-errors.ts';

export type SqlValue = string | number | bigint | null;
/** INTEGER columns are bigint, REAL columns number: nothing is rounded on the way. */
export type SqlRow = Readonly<Record<string, unknown>>;

export interface ReadableDb {
  get(sql: string, ...values: readonly SqlValue[]): SqlRow | undefined;
  all(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[];
}

export interface WritableDb extends ReadableDb {
  /** Rows that the statement changed. */
  run(sql: string, ...values: readonly SqlValue[]): number;
  /** All or nothing, and on disk when it returns. Inside another transaction it is a savepoint. */
  transaction<Value>(work: () => Value): Value;
}

type Statement = Database.Statement<SqlValue[], SqlRow>;

/**
 * Wraps an open connection; statements are prepared once. Throws KeelFault for what SQLite refuses
 * (`DATABASE_WRITE_FAILED`, `DATABASE_CORRUPT`, `DATABASE_UNAVAILABLE`).
 */
export function writableDb(connection: Database.Database): WritableDb {
  connection.defaultSafeIntegers(true);
  const prepared = new Map<string, Statement>();
  const statement = (sql: string): Statement => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const fresh = connection.prepare<SqlValue[], SqlRow>(sql);
    prepared.set(sql, fresh);
    return fresh;
  };
  const reading = (sql: string): Statement => {
    const found = statement(sql);
    if (!found.readonly) throw new Error(`A read was asked to write: ${sql}`);
    return found;
  };
  return {
    get: (sql, ...values) => guarded(() => reading(sql).get(...values)),
    all: (sql, ...values) => guarded(() => reading(sql).all(...values)),
    run: (sql, ...values) => guarded(() => statement(sql).run(...values).changes),
    transaction: (work) => guarded(() => connection.transaction(work).immediate()),
  };
}
