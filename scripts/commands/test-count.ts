/** What a test run amounted to, read from vitest's own JSON report. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

export type TestCount = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
};

export const noTests: TestCount = { passed: 0, failed: 0, skipped: 0 };

/** A failure that no test could report. */
export const oneFailure: TestCount = { passed: 0, failed: 1, skipped: 0 };

export type TestReport = {
  readonly count: TestCount;
  /** The test files that ran, relative to the project folder, with forward slashes. */
  readonly files: readonly string[];
};

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
};

/**
 * A test file that failed without a failing test of its own (it could not be loaded, or its process
 * ended) counts as one failure. No report at all is a failure as well.
 */
export function readTestReport(reportFile: string, root: string): TestReport {
  let report: VitestReport;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport;
  } catch {
    return { count: oneFailure, files: [] };
  }
  const broken = report.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    count: {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    files: report.testResults.map((file) => relative(root, file.name).replaceAll('\\', '/')),
  };
}

export function addCounts(one: TestCount, other: TestCount): TestCount {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** The closing line of a test run. */
export function countLine({ passed, failed }: TestCount): string {
  return `${passed} passed, ${failed} failed`;
}
