import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXPORT_SUBJECTS, type ExportRequest } from '#domain/data-export.ts';
import { EXPORT_COLUMNS } from '#domain/export-columns.ts';
import { defused, fileTextOf } from '#main/app/desk-files/export-text.ts';
import { readCsv } from './read-csv.ts';

const facts = { appVersion: '0.1.0', writtenAtMs: Date.UTC(2026, 10, 22) };
const request = (change: Partial<ExportRequest> = {}): ExportRequest => ({
  subject: 'activity',
  format: 'csv',
  vaultIds: [],
  fromMs: null,
  toMs: null,
  ...change,
});

const hostile = fc.oneof(
  fc.constantFrom('=1+1', '+1', '-1', '-1+2', '@SUM(A1)', '\t=1', '\r=1', '＝1', '', '"', '""'),
  fc.constantFrom('a,b', 'a;b', 'line\nline', 'line\r\nline', ' leading', 'ünïcode 🙂', "'quoted"),
  fc.string(),
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }).map(String),
);
const cell = fc.option(hostile, { nil: null });
const pages = (width: number) =>
  fc.array(fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 4 }), {
    maxLength: 4,
  });

function written(format: 'csv' | 'json', subject: ExportRequest['subject'], all: Row[][]): string {
  const text = fileTextOf(format, request({ format, subject }), facts);
  return text.head + all.map((rows) => text.page(rows)).join('') + text.tail;
}

type Row = (string | null)[];

describe.each(EXPORT_SUBJECTS)('a file with %s', (subject) => {
  const names = EXPORT_COLUMNS[subject].map(({ name }) => name);

  it('has no column twice, and says what each one means', () => {
    expect(new Set(names).size).toBe(names.length);
    for (const { name, meaning } of EXPORT_COLUMNS[subject]) {
      expect(name).toMatch(/^[a-z][a-z_]*$/);
      expect(meaning).not.toBe('');
    }
    expect(names).toEqual(expect.arrayContaining(['vault_id', 'vault_name', 'network', 'money']));
  });

  it('is read back from CSV as it was, but for what a spreadsheet would compute', () => {
    fc.assert(
      fc.property(pages(names.length), (all) => {
        const [head, ...rows] = readCsv(written('csv', subject, all).replace(/^\uFEFF/, ''));
        expect(head).toEqual(names);
        const plain = all.flat().map((row) => row.map((each) => each && defused(each)));
        expect(rows).toEqual(plain);
      }),
    );
  });

  it('is read back from JSON as it was', () => {
    fc.assert(
      fc.property(pages(names.length), (all) => {
        const file = JSON.parse(written('json', subject, all)) as Record<string, unknown>;
        expect(file).toMatchObject({ format: 'keel-export', version: 1, subject });
        expect(file['columns']).toEqual(EXPORT_COLUMNS[subject]);
        const rows = file['rows'] as Record<string, string | null>[];
        expect(rows.map((row) => names.map((name) => row[name]))).toEqual(all.flat());
      }),
    );
  });
});

it.each(['=1', '+1', '-x', '-1+2', '@a', '\t1', '\r1', '＝1', '＋1', '－1', '＠a'])(
  'lets a spreadsheet compute nothing of %j',
  (text) => expect(defused(text)).toBe(`'${text}`),
);

it.each(['-12.500000', '-1', '0.000000', 'plain', '', '1=1'])('leaves %j alone', (text) =>
  expect(defused(text)).toBe(text),
);
