/**
 * Carries capital operations through their whole life, and prints each transition once it is acknowledged. Its disk
 * is recorded from outside. `synchronous` weakens the database, to show that the test would see it.
 */
import type Database from 'better-sqlite3';
import { writeSync } from 'node:fs';
import { unixMs } from '#domain/units.ts';
import { writableDb } from '#main/store/database.ts';
import { openDatabase } from '#main/store/open-database.ts';
import { operationJournalOn } from '#main/store/operation-journal.ts';
import { lifeOf } from '#test/unit/store/operations.ts';

const [file = '', operations = '1', synchronous = 'FULL'] = process.argv.slice(2);

function connect(): Database.Database {
  const opened = openDatabase({ file }, unixMs(0));
  if (!opened.ok) throw new Error(opened.error.message);
  const { connection } = opened.value;
  if (synchronous !== 'FULL') connection.pragma(`synchronous = ${synchronous}`);
  // Folds the log in early, so that the record holds check points and logs begun anew.
  connection.pragma('wal_autocheckpoint = 60');
  return connection;
}

const half = Math.ceil(Number(operations) / 2);
let connection = connect();
for (let number = 1; number <= Number(operations); number += 1) {
  const journal = operationJournalOn(writableDb(connection));
  const [first, ...others] = lifeOf(number);
  journal.open(first, ['lock']);
  writeSync(1, `${number} 1\n`);
  others.forEach((row, index) => {
    journal.advance(row);
    writeSync(1, `${number} ${index + 2}\n`);
  });
  if (number !== half) continue;
  connection.close();
  connection = connect();
}
connection.close();
