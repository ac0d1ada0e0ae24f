/**
 * `npm test`: the static checks, every vitest project, and the end-to-end tests in real Electron on a
 * desktop of their own. Arguments go to vitest and then replace everything else:
 * `npm test -- test/unit/store`.
 */
import { globSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startSessionBus } from '../desktop/session-bus.ts';
import { startVirtualDisplay } from '../desktop/virtual-display.ts';
import { printCheck, runChecks } from './checks.ts';
import { runProgram } from './run-program.ts';
import { addCounts, countLine, countTests, noTests } from './test-count.ts';
import type { TestCount } from './test-count.ts';

const root = resolve(import.meta.dirname, '../..');
const reports = join(root, 'artifacts', 'test-reports');
const QUICK_PROJECTS = ['unit', 'component', 'contract', 'migrations', 'architecture'];

type Suite = {
  readonly name: string;
  /** Arguments that choose the tests. */
  readonly choose: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

function say(line: string): void {
  process.stdout.write(`\n── ${line}\n`);
}

/** Runs vitest and reads what came of it from its report. A crash after the last test is a failure. */
async function runSuite(suite: Suite): Promise<TestCount> {
  say(suite.name);
  const report = join(reports, `${suite.name}.json`);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const result = await runProgram(
    process.execPath,
    [vitest, 'run', ...suite.choose, ...reporters],
    {
      cwd: root,
      env: { ...process.env, ...suite.env },
      echo: true,
    },
  );
  const count = countTests(report);
  return result.status !== 0 && count.failed === 0 ? addCounts(count, oneFailure) : count;
}

const oneFailure: TestCount = { passed: 0, failed: 1, skipped: 0 };

async function runStaticChecks(): Promise<TestCount> {
  say('checks');
  const results = await runChecks(root, printCheck);
  const passed = results.filter((result) => result.passed).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

/** Runs the tests that open windows: on Linux on a virtual display and session bus, even on a desktop. */
async function runWithDesktop(suite: Suite): Promise<TestCount> {
  if (process.platform !== 'linux') return runSuite(suite);
  try {
    const display = await startVirtualDisplay();
    const bus = await startSessionBus();
    const env = { DISPLAY: display.display, DBUS_SESSION_BUS_ADDRESS: bus.address };
    const count = await runSuite({ ...suite, env });
    await Promise.all([bus.stop(), display.stop()]);
    return count;
  } catch (error) {
    process.stderr.write(`no desktop for the tests: ${String(error)}\n`);
    return oneFailure;
  }
}

/** A suite that must exist: no test found is a failure, not a pass. */
async function runRequired(suite: Suite, pattern: string): Promise<TestCount> {
  if (globSync(pattern, { cwd: root }).length > 0) return runWithDesktop(suite);
  process.stdout.write(`no test matches ${pattern}\n`);
  return oneFailure;
}

/** Steps of the set-up that failed before we were started, each a failure of its own. */
function failedSetup(): TestCount {
  const failed = (process.env.KEEL_FAILED_SETUP ?? '').split(',').filter(Boolean);
  for (const step of failed) process.stdout.write(`set-up failed: ${step}\n`);
  return { passed: 0, failed: failed.length, skipped: 0 };
}

async function runAll(): Promise<TestCount> {
  const quick = QUICK_PROJECTS.map((name) => `--project=${name}`);
  const counts = [
    await runStaticChecks(),
    await runSuite({ name: 'unit-to-architecture', choose: quick }),
    await runWithDesktop({ name: 'faults', choose: ['--project=faults'] }),
    await runRequired({ name: 'e2e', choose: ['--project=e2e'] }, 'test/e2e/**/*.test.ts'),
  ];
  return counts.reduce(addCounts, noTests);
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const chosen = process.argv.slice(2);
const ran =
  chosen.length > 0 ? await runWithDesktop({ name: 'chosen', choose: chosen }) : await runAll();
const total = addCounts(failedSetup(), ran);
process.stdout.write(`\n${countLine(total)}\n`);
// Nothing that ran is not a success either.
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
