/** What counts as failed although no test said so. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addCounts, countLine, readTestReport } from '#scripts/commands/test-count.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'keel-count-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function reportOf(testResults: object[], passed: number, failed: number) {
  const file = join(root, 'report.json');
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: 1 };
  writeFileSync(file, JSON.stringify({ ...counts, numTodoTests: 1, testResults }));
  return readTestReport(file, root);
}

describe('a test report', () => {
  it('gives the counts and the files', () => {
    const name = join(root, 'test', 'unit', 'a.test.ts');
    const report = reportOf([{ name, status: 'passed', assertionResults: [] }], 5, 2);
    expect(report).toEqual({
      count: { passed: 5, failed: 2, skipped: 2 },
      files: ['test/unit/a.test.ts'],
    });
  });

  it('counts a file that failed without a failing test', () => {
    const results = [
      { name: join(root, 'unloadable'), status: 'failed', assertionResults: [] },
      { name: join(root, 'died'), status: 'failed', assertionResults: [{ status: 'passed' }] },
      { name: join(root, 'failed'), status: 'failed', assertionResults: [{ status: 'failed' }] },
    ];
    expect(reportOf(results, 1, 1).count.failed).toBe(3);
  });

  it('is a failure when there is none, or when it is cut off', () => {
    expect(readTestReport(join(root, 'none.json'), root).count.failed).toBe(1);
    writeFileSync(join(root, 'cut.json'), '{"numPassedTests": 3');
    expect(readTestReport(join(root, 'cut.json'), root).count).toMatchObject({
      passed: 0,
      failed: 1,
    });
  });
});

it('the closing line names nothing but the two numbers', () => {
  const one = { passed: 1, failed: 0, skipped: 4 };
  expect(countLine(addCounts(one, { passed: 2, failed: 3, skipped: 0 }))).toBe(
    '3 passed, 3 failed',
  );
});
