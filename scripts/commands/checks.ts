/** The static checks: types, lint, format, boundaries, dead code. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';

export type CheckResult = {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
  readonly durationMs: number;
};

type Check = { readonly name: string; readonly program: string; readonly args: readonly string[] };

const typeProjects = [
  'src-shared',
  'src-main/engine',
  'src-main',
  'src-main/preload',
  'src-renderer',
  'scripts',
  'test',
];

/** What TypeScript remembers between runs. */
function infoFile(project: string): string {
  return `.tools/types/${project.replaceAll('/', '-')}.tsbuildinfo`;
}

const checks: readonly Check[] = [
  ...typeProjects.map((project) => ({
    name: `types ${project}`,
    program: 'typescript/bin/tsc',
    args: [
      '-p',
      project,
      '--pretty',
      'false',
      '--incremental',
      '--tsBuildInfoFile',
      infoFile(project),
    ],
  })),
  { name: 'lint', program: 'oxlint/bin/oxlint', args: ['--type-aware'] },
  { name: 'format', program: 'prettier/bin/prettier.cjs', args: ['--check', '.', '--cache'] },
  {
    name: 'boundaries',
    program: '../scripts/commands/boundaries.ts',
    args: [],
  },
  { name: 'dead code', program: 'knip/bin/knip.js', args: ['--no-progress'] },
];

/** Two at a time: that is what a small machine has, and TypeScript wants the memory. */
const AT_ONCE = 2;

async function runCheck(root: string, check: Check): Promise<CheckResult> {
  const file = join(root, 'node_modules', check.program);
  if (!existsSync(file)) {
    return { name: check.name, passed: false, output: `${file} does not exist`, durationMs: 0 };
  }
  const result = await runProgram(process.execPath, [file, ...check.args], { cwd: root });
  const { output, durationMs } = result;
  return { name: check.name, passed: result.status === 0, output, durationMs };
}

/**
 * Runs every check.
 * @param onResult called for each as it ends
 */
export async function runChecks(
  root: string,
  onResult: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> {
  const waiting = [...checks];
  const results: CheckResult[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await runCheck(root, check);
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/** One line for a check, and what it complained about. */
export function printCheck(result: CheckResult): void {
  const mark = result.passed ? '✓' : '✗';
  process.stdout.write(` ${mark} ${result.name} ${result.durationMs} ms\n`);
  if (!result.passed) process.stdout.write(`${result.output.trimEnd()}\n\n`);
}
