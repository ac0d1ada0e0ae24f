/** Checks the import table of .dependency-cruiser.cjs, and that the tool really saw the modules. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';

const PRODUCT_FOLDERS = ['src-main', 'src-renderer', 'src-shared'];

type CruiseReport = {
  modules: { source: string }[];
  summary: {
    violations: { from: string; to: string; rule: { name: string; severity: string } }[];
  };
};

export type BoundaryReport = {
  /** One line each: rule, importing file, imported file. */
  readonly violations: readonly string[];
  /** Product source files on disk that the tool did not look at. */
  readonly unseen: readonly string[];
  readonly seen: number;
};

/** The product's own source files, relative to the project folder. */
export function productSources(folder: string): string[] {
  return PRODUCT_FOLDERS.flatMap((top) => globSync(`${top}/**/*.{ts,tsx}`, { cwd: folder }))
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted();
}

/**
 * @param toolRoot where dependency-cruiser is installed
 * @param folder the project folder to look at; its own configuration counts
 * @throws Error when the tool itself fails
 */
export async function checkBoundaries(toolRoot: string, folder: string): Promise<BoundaryReport> {
  const tool = join(toolRoot, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [tool, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const result = await runProgram(process.execPath, [...args, ...PRODUCT_FOLDERS], { cwd: folder });
  if (!result.stdout.startsWith('{')) throw new Error(`dependency-cruiser: ${result.output}`);
  const report = JSON.parse(result.stdout) as CruiseReport;
  const seen = new Set(report.modules.map((module) => module.source));
  const sources = productSources(folder);
  return {
    violations: report.summary.violations.map(
      ({ rule, from, to }) => `${rule.name}: ${from} → ${to}`,
    ),
    unseen: sources.filter((file) => !seen.has(file)),
    seen: sources.filter((file) => seen.has(file)).length,
  };
}
