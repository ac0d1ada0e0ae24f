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
import { endProgramsWithUs, runProgram } from './run-program.ts';
import { addCounts, countLine, noTests, oneFailure, readTestReport } from './test-count.ts';
import type { TestCount } from './test-count.ts';

const root = resolve(import.meta.dirname, '../..');
const reports = join(root, 'artifacts', 'test-reports');
/** Longer than any suite takes even on a slow machine; a run that hangs ends as a failure. */
const SUITE_LIMIT_MS = 50 * 60_000;

/** The vitest projects of vitest.config.ts, and where their files lie. */
const projectFiles = {
  unit: 'test/unit/**/*.test.ts',
  component: 'test/unit/**/*.test.tsx',
  contract: 'test/contract/**/*.test.ts',
  migrations: 'test/migrations/**/*.test.ts',
  architecture: 'test/architecture/**/*.test.ts',
  faults: 'test/faults/**/*.test.ts',
  e2e: 'test/e2e/**/*.test.ts',
} as const;

type ProjectName = keyof typeof projectFiles;

type Suite = {
  readonly name: string;
  /** Arguments that choose the tests. */
  readonly choose: readonly string[];
  /** Test files that must have run when it ends. */
  readonly expected: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

function say(line: string): void {
  process.stdout.write(`\n── ${line}\n`);
}

/** A suite of whole projects: every test file that is on disk has to run. */
function suiteOf(name: string, projects: readonly ProjectName[]): Suite {
  return {
    name,
    choose: projects.map((project) => `--project=${project}`),
    expected: projects.flatMap((project) =>
      globSync(projectFiles[project], { cwd: root }).map((file) => file.replaceAll('\\', '/')),
    ),
  };
}

/** A project without a single test is a failure, not a pass. */
function countEmptyProjects(): TestCount {
  const empty = Object.entries(projectFiles).filter(
    ([, pattern]) => globSync(pattern, { cwd: root }).length === 0,
  );
  for (const [name, pattern] of empty)
    process.stdout.write(`no test of ${name}: nothing matches ${pattern}\n`);
  return { ...noTests, failed: empty.length };
}

/** Runs vitest and reads what came of it from its report; what did not run counts as failed. */
async function runSuite(suite: Suite): Promise<TestCount> {
  say(suite.name);
  const reportFile = join(reports, `${suite.name}.json`);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const result = await runProgram(
    process.execPath,
    [vitest, 'run', ...suite.choose, ...reporters],
    { cwd: root, env: { ...process.env, ...suite.env }, echo: true, limitMs: SUITE_LIMIT_MS },
  );
  const { count, files } = readTestReport(reportFile, root);
  const missing = suite.expected.filter((file) => !files.includes(file));
  for (const file of missing) process.stdout.write(`did not run: ${file}\n`);
  const whole = addCounts(count, { ...noTests, failed: missing.length });
  // vitest also fails for what belongs to no test: an error after the last one, a worker that died.
  return result.status !== 0 && whole.failed === 0 ? addCounts(whole, oneFailure) : whole;
}

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

/** Steps of the set-up that failed before we were started, each a failure of its own. */
function failedSetup(): TestCount {
  const failed = (process.env.KEEL_FAILED_SETUP ?? '').split(',').filter(Boolean);
  for (const step of failed) process.stdout.write(`set-up failed: ${step}\n`);
  return { passed: 0, failed: failed.length, skipped: 0 };
}

async function runAll(): Promise<TestCount> {
  const quick = ['unit', 'component', 'contract', 'migrations', 'architecture'] as const;
  const counts = [
    countEmptyProjects(),
    await runStaticChecks(),
    await runSuite(suiteOf('unit-to-architecture', quick)),
    await runWithDesktop(suiteOf('faults', ['faults'])),
    await runWithDesktop(suiteOf('e2e', ['e2e'])),
  ];
  return counts.reduce(addCounts, noTests);
}

endProgramsWithUs();
// Colours are for people who watch.
if (!process.stdout.isTTY) process.env.NO_COLOR = '1';
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const chosen = process.argv.slice(2);
const ran =
  chosen.length > 0
    ? await runWithDesktop({ name: 'chosen', choose: chosen, expected: [] })
    : await runAll();
const total = addCounts(failedSetup(), ran);
if (total.skipped > 0) process.stdout.write(`\n${total.skipped} skipped\n`);
process.stdout.write(`\n${countLine(total)}\n`);
// Nothing that ran is not a success either.
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
