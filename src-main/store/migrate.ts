import type Database from 'better-sqlite3';
import { MIGRATIONS, SCHEMA_VERSION } from './migrations/index.ts';

/** `KEEL` in ASCII: tells Keel's database from any other SQLite file. */
export const APPLICATION_ID = 0x4b45454c;

/** `user_version` of an open database: the number of its last migration; 0 for an empty file. */
export function schemaVersionOf(connection: Database.Database): number {
  return Number(connection.pragma('user_version', { simple: true }));
}

/**
 * Brings a database to the given version, one transaction per migration, and returns the version it was at.
 * Throws what SQLite throws; the database then stands at the last migration that is whole.
 * @param target below the newest only to build the fixtures of the migration tests
 */
export function migrate(connection: Database.Database, target = SCHEMA_VERSION): number {
  const from = schemaVersionOf(connection);
  for (const migration of MIGRATIONS) {
    if (migration.version <= from || migration.version > target) continue;
    connection
      .transaction(() => {
        connection.exec(migration.sql);
        connection.pragma(`user_version = ${migration.version}`);
        connection.pragma(`application_id = ${APPLICATION_ID}`);
      })
      .immediate();
  }
  return from;
}
