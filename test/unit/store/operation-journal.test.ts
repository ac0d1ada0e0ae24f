import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CapitalOperation } from '#domain/capital-operation.ts';
import { unixMs } from '#domain/units.ts';
import { writableDb } from '#main/store/database.ts';
import { openDatabase } from '#main/store/open-database.ts';
import { operationJournalOn } from '#main/store/operation-journal.ts';
import { vaultIdOf } from '#test/support/vaults.ts';
import { codeOf, errorOf } from './code-of.ts';
import { openTestStore, testFolder } from './open-test-store.ts';
import { lifeOf, OPENED_MS, operationIdOf, requested, TRANSFER, WHOLE_LIFE } from './operations.ts';

function openJournal() {
  const opened = openDatabase({ file: join(testFolder(), 'keel.db') }, unixMs(0));
  if (!opened.ok) throw new Error(opened.error.message);
  const { connection } = opened.value;
  return { connection, journal: operationJournalOn(writableDb(connection)) };
}

type Journal = ReturnType<typeof openJournal>['journal'];

function write(journal: Journal, rows: readonly CapitalOperation[], locks: string[] = []): void {
  const [first, ...others] = rows;
  journal.open(first!, locks);
  for (const row of others) journal.advance(row);
}

const upTo = (number: number, state: (typeof WHOLE_LIFE)[number], intent = TRANSFER) =>
  lifeOf(number, WHOLE_LIFE.slice(0, WHOLE_LIFE.indexOf(state) + 1), intent);

describe('the journal', () => {
  it('gives back every state as it was committed, also to the next process', () => {
    const file = join(testFolder(), 'keel.db');
    lifeOf(7).forEach((row, index) => {
      const store = openTestStore(file);
      if (index === 0) store.journal.open(row, ['lock']);
      else store.journal.advance(row);
      store.close();
      const next = openTestStore(file);
      expect(next.journal.load(row.id)).toEqual(row);
      expect(next.journal.loadOpen()).toEqual(row.endedAtMs === null ? [row] : []);
      next.close();
    });
  });

  it('knows nothing of an operation that it was not given', () => {
    const { journal } = openJournal();
    expect(journal.load(operationIdOf(1))).toBeNull();
    expect(codeOf(() => journal.advance(requested(1)))).toBe('OPERATION_NOT_FOUND');
  });

  it('holds a lock until the operation has ended, and names its holder', () => {
    const { journal } = openJournal();
    const rows = lifeOf(1);
    write(journal, rows.slice(0, -1), ['a', 'b']);
    const error = errorOf(() => journal.open(requested(2), ['c', 'b']));
    expect(error).toMatchObject({ code: 'OPERATION_OPEN', details: { lock: 'b' } });
    expect(error?.message).toContain(operationIdOf(1));
    expect(journal.load(operationIdOf(2))).toBeNull();
    journal.open(requested(3), ['c']);
    journal.advance(rows.at(-1)!);
    journal.open(requested(2), ['a', 'b']);
  });

  it('begins with the request alone', () => {
    const { journal } = openJournal();
    expect(codeOf(() => journal.open(lifeOf(1)[1]!, []))).toBe('DATABASE_WRITE_FAILED');
    journal.open(requested(1), []);
    expect(codeOf(() => journal.open(requested(1), []))).toBe('DATABASE_WRITE_FAILED');
  });

  it.each<[string, (row: CapitalOperation) => CapitalOperation]>([
    ['another message', (row) => change(row, { message: 'other' })],
    ['another block height', (row) => change(row, { lastValidBlockHeight: 1n })],
    ['another signature', (row) => change(row, { signature: 'other' })],
    ['other bytes', (row) => change(row, { wire: 'other' })],
    ['no message', (row) => ({ ...row, transaction: null })],
    ['another intent', (row) => ({ ...row, intent: requested(1).intent })],
    ['another expectation', (row) => ({ ...row, expectation: null })],
    ['a transition left out', (row) => ({ ...row, transitions: row.transitions.slice(1) })],
    ['a rewritten transition', (row) => rewritten(row)],
    ['an end without its time', (row) => ({ ...row, state: 'expired' })],
  ])('refuses %s', (_what, falsify) => {
    const { journal } = openJournal();
    const rows = upTo(1, 'submitted');
    write(journal, rows.slice(0, -1));
    const before = journal.load(operationIdOf(1));
    expect(codeOf(() => journal.advance(falsify(rows.at(-1)!)))).toBe('DATABASE_WRITE_FAILED');
    expect(journal.load(operationIdOf(1))).toEqual(before);
    journal.advance(rows.at(-1)!);
  });

  it('refuses the signature of another operation, ended or not', () => {
    const { journal } = openJournal();
    write(journal, lifeOf(1));
    const rows = upTo(2, 'signed');
    write(journal, rows.slice(0, -1));
    const stolen = change(rows.at(-1)!, { signature: 'signature 1' });
    expect(errorOf(() => journal.advance(stolen))?.message).toContain(operationIdOf(1));
    expect(journal.load(operationIdOf(2))?.state).toBe('approved');
  });

  it('ends as denied what was signed and never sent, and lets go of its locks', () => {
    const { journal } = openJournal();
    const rows = lifeOf(1, ['validated', 'planned', 'simulated', 'approved', 'signed', 'denied']);
    write(journal, rows, ['lock']);
    expect(journal.load(operationIdOf(1))).toEqual(rows.at(-1));
    journal.open(requested(2), ['lock']);
  });

  it('marks the end as untold in the same commit, for the next process too, until it is noted', () => {
    const file = join(testFolder(), 'keel.db');
    const first = openTestStore(file);
    write(first.journal, upTo(1, 'synced'));
    write(first.journal, lifeOf(2));
    write(first.journal, lifeOf(3));
    first.close();
    const next = openTestStore(file);
    const untold = () => next.journal.loadUntold().map(({ id }) => id);
    expect(untold()).toEqual([2, 3].map(operationIdOf));
    next.journal.noteTold(operationIdOf(2));
    next.journal.noteTold(operationIdOf(2));
    expect(untold()).toEqual([operationIdOf(3)]);
    expect(codeOf(() => next.journal.noteTold(operationIdOf(9)))).toBe('OPERATION_NOT_FOUND');
  });

  it('refuses to go on after the end', () => {
    const { journal } = openJournal();
    const rows = lifeOf(1);
    write(journal, rows);
    expect(codeOf(() => journal.advance(rows.at(-1)!))).toBe('DATABASE_WRITE_FAILED');
  });

  it('pages backwards, of all vaults or of one', () => {
    const { journal } = openJournal();
    for (const number of [1, 2, 3, 4]) {
      journal.open(number % 2 === 0 ? requested(number, TRANSFER) : requested(number), []);
    }
    const ids = (rows: readonly CapitalOperation[]) => rows.map(({ id }) => id);
    expect(ids(journal.loadPage(null, 2, null))).toEqual([4, 3].map(operationIdOf));
    expect(ids(journal.loadPage(null, 9, operationIdOf(3)))).toEqual([2, 1].map(operationIdOf));
    expect(ids(journal.loadPage(vaultIdOf(2), 9, null))).toEqual([4, 2].map(operationIdOf));
    expect(ids(journal.loadOpen())).toEqual([1, 2, 3, 4].map(operationIdOf));
    expect(codeOf(() => journal.loadPage(null, 1, operationIdOf(99)))).toBe('OPERATION_NOT_FOUND');
  });

  it('counts for the daily cap what left or may leave still', () => {
    const { journal } = openJournal();
    const sum = (sinceMs = OPENED_MS) => journal.sumOutflow(vaultIdOf(1), unixMs(sinceMs));
    expect(sum()).toBe(0n);
    journal.open(requested(1), []);
    expect(sum()).toBe(0n);
    write(journal, lifeOf(2));
    write(journal, upTo(4, 'submitted'));
    write(journal, lifeOf(8, ['validated', 'denied']));
    write(journal, [
      ...upTo(16, 'submitted'),
      lifeOf(16, [...WHOLE_LIFE.slice(0, 6), 'expired'], TRANSFER).at(-1)!,
    ]);
    write(journal, [
      ...upTo(32, 'submitted'),
      lifeOf(32, [...WHOLE_LIFE.slice(0, 6), 'rejected'], TRANSFER).at(-1)!,
    ]);
    expect(sum()).toBe(6_000_000n);
    expect(journal.sumOutflow(vaultIdOf(2), unixMs(0))).toBe(0n);
    expect(sum(OPENED_MS + 1_000)).toBe(4_000_000n);
  });
});

describe('the schema itself', () => {
  it.each<[string, string]>([
    ['a second message', `UPDATE operations SET message = 'x'`],
    ['another signature', `UPDATE operations SET signature = 'x'`],
    ['a step back', `UPDATE operations SET state = 'approved'`],
    ['a denial of what was sent', `UPDATE operations SET state = 'denied', ended_at_ms = 1`],
    ['an end without its time', `UPDATE operations SET state = 'expired'`],
    ['a lost operation', `DELETE FROM operations`],
    ['a rewritten transition', `UPDATE operation_transitions SET cause = 'x'`],
    ['a lost transition', `DELETE FROM operation_transitions`],
    ['a gap', `INSERT INTO operation_transitions VALUES (1, 99, 'signed', 1, '')`],
    ['a lock let go', `DELETE FROM operation_locks`],
    ['a lock that changes hands', `UPDATE operation_locks SET operation = 1`],
    ['another vault', `UPDATE operations SET vault_id = 'x'`],
  ])('refuses %s', (_what, sql) => {
    const { connection, journal } = openJournal();
    write(journal, upTo(1, 'submitted'), ['lock']);
    expect(() => connection.exec(sql)).toThrow(
      /SQLITE_CONSTRAINT|never|one message|signed once|CHECK|keeps|follows/,
    );
  });

  it.each([
    ['approved without a message', 'approved', 'NULL', 'NULL', 'NULL'],
    ['signed without a signature', 'signed', `'m'`, 'NULL', 'NULL'],
    ['submitted without its bytes', 'submitted', `'m'`, `'s'`, 'NULL'],
  ])('refuses an operation %s', (_what, state, message, signature, wire) => {
    const { connection } = openJournal();
    const insert = (values: string) =>
      connection.exec(
        `INSERT INTO operations (id, network, vault_type, kind, vault_id, created_at_ms, operation,
           last_valid_block_height, state, message, signature, wire)
         VALUES ('i', 'n', 'onChain', 'deposit', 'v', 1, '{}', ${message === 'NULL' ? 'NULL' : '1'}, ${values})`,
      );
    expect(() => insert(`'${state}', ${message}, ${signature}, ${wire}`)).toThrow(/CHECK/);
    if (message !== 'NULL') insert(`'${state}', 'm', 's', 'w'`);
  });

  it.each(['requested', 'approved', 'signed'] as const)(
    'lets an operation that was never sent end as denied: %s',
    (state) => {
      const { connection, journal } = openJournal();
      if (state === 'requested') journal.open(requested(1), ['lock']);
      else write(journal, upTo(1, state), ['lock']);
      connection.exec(`UPDATE operations SET state = 'denied', ended_at_ms = 1`);
      expect(connection.prepare('SELECT count(*) FROM operation_locks').pluck().get()).toBe(0n);
    },
  );

  it.each(['submitted', 'unresolved', 'confirmed', 'synced'] as const)(
    'never lets an operation that was sent end as denied: %s',
    (state) => {
      const { connection, journal } = openJournal();
      write(journal, upTo(1, state));
      expect(() =>
        connection.exec(`UPDATE operations SET state = 'denied', ended_at_ms = 1`),
      ).toThrow('never denied');
    },
  );

  it('refuses a signature twice', () => {
    const { connection, journal } = openJournal();
    write(journal, upTo(1, 'signed'));
    write(journal, upTo(2, 'approved'));
    expect(() =>
      connection.exec(
        `UPDATE operations SET state = 'signed', signature = 'signature 1', wire = 'w' WHERE no = 2`,
      ),
    ).toThrow(/UNIQUE/);
  });

  it('tells a text that differs from its columns', () => {
    const { connection, journal } = openJournal();
    write(journal, upTo(1, 'submitted'));
    connection.exec(`UPDATE operations SET operation = replace(operation, 'wire 1', 'wire 2')`);
    expect(codeOf(() => journal.load(operationIdOf(1)))).toBe('DATABASE_CORRUPT');
  });
});

function change(row: CapitalOperation, changes: object): CapitalOperation {
  return { ...row, transaction: { ...row.transaction!, ...changes } };
}

function rewritten(row: CapitalOperation): CapitalOperation {
  const [first, ...others] = row.transitions;
  return { ...row, transitions: [{ ...first!, cause: 'other' }, ...others] };
}
