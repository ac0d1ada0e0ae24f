/** The built app, or an empty window, in real Electron without a driver: started as a user starts it. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readTestRuntime } from '#test/support/electron-app.ts';
import { eventually } from '#test/support/shell-profile.ts';

const projectRoot = resolve(import.meta.dirname, '../..');

export interface ElectronRun {
  readonly pid: number;
  readonly output: () => string;
  readonly end: () => Promise<void>;
}

export type SessionEnv = Readonly<Record<string, string>>;

export function runElectron(folder: string, profile: string, env: SessionEnv): ElectronRun {
  const args = [folder, `--user-data-dir=${profile}`, '--disable-dev-shm-usage', '--disable-gpu'];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const child = spawn(readTestRuntime().executable, args, {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    async end() {
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await gone;
      clearTimeout(limit);
    },
  };
}

/** @returns the run and milliseconds from its process start to its first paint */
export async function runEmptyWindow(
  profile: string,
  env: SessionEnv,
): Promise<{ run: ElectronRun; paintMs: number }> {
  const run = runElectron(resolve(import.meta.dirname, 'empty-window'), profile, env);
  const painted = (): number => Number(/painted (\d+)/.exec(run.output())?.[1] ?? 0);
  await eventually('the empty window is painted', () => painted() > 0);
  return { run, paintMs: painted() };
}

export function runKeel(profile: string, env: SessionEnv): ElectronRun {
  return runElectron(projectRoot, profile, { ...env, KEEL_LOOP_REPORT_MS: '1000' });
}

/** Lines of a log of the profile that tell of the event, oldest first. */
export async function logged(
  profile: string,
  source: 'main' | 'engine',
  event: string,
): Promise<readonly Readonly<Record<string, string>>[]> {
  const text = await readFile(join(profile, 'logs', `${source}.log`), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line.split(' ')[3] === event)
    .map((line) => {
      const pairs = line
        .split(' ')
        .slice(4)
        .map((pair) => pair.split('=', 2));
      return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
    });
}

/** Waits for the event and gives its milliseconds since the process began. */
export async function markOf(profile: string, event: string): Promise<number> {
  const marks = () => logged(profile, 'main', event);
  await eventually(event, async () => (await marks()).length > 0);
  return Number((await marks())[0]?.['sinceStartMs']);
}
