import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `engine.log` and what rotation has put aside: `engine.log.1`, `.2` … */
const LOG_FILE = /^([\w-]+\.log)(?:\.(\d+))?$/;
/** Begins with the time, so that lines sort as time does. */
const WARNING = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (?:WARN|ERROR) /;
const LONGEST_LINE = 2_000;

/**
 * The last warnings and errors over the logs of all processes, oldest first. A file that cannot be read is named by a line
 * of its own; a folder that is not there has none. Never rejects.
 */
export async function readLastErrors(folder: string, count: number): Promise<readonly string[]> {
  const lines: string[] = [];
  const problems: string[] = [];
  for (const files of await logsIn(folder)) {
    const own: string[] = [];
    // The newest file first: older ones are needed only where it has too few.
    for (const file of files) {
      if (own.length >= count) break;
      const text = await readFile(join(folder, file), 'utf8').catch((fault: unknown) => {
        problems.push(`${file} cannot be read: ${fault instanceof Error ? fault.message : '?'}`);
        return '';
      });
      own.unshift(...warningsOf(text, count));
    }
    lines.push(...own.slice(-count));
  }
  const inOrder = lines.toSorted((left, right) => compare(timeOf(left), timeOf(right)));
  return [...problems, ...inOrder.slice(-count)];
}

/** Names of the files of each log, its newest file first. */
async function logsIn(folder: string): Promise<readonly (readonly string[])[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const logs = new Map<string, { readonly name: string; readonly age: number }[]>();
  for (const name of names) {
    const [, log, age = '0'] = LOG_FILE.exec(name) ?? [];
    if (log !== undefined) logs.set(log, [...(logs.get(log) ?? []), { name, age: Number(age) }]);
  }
  return [...logs.values()].map((files) =>
    files.toSorted((left, right) => left.age - right.age).map(({ name }) => name),
  );
}

function warningsOf(text: string, count: number): readonly string[] {
  return text
    .split('\n')
    .filter((line) => WARNING.test(line))
    .slice(-count)
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line));
}

const timeOf = (line: string): string => line.slice(0, 24);
const compare = (left: string, right: string): number => (left < right ? -1 : Number(left > right));
