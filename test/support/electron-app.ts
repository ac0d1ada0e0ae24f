/** Starts the built app in real Electron, in a profile of its own, and drives it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { _electron } from 'playwright-core';
import type { ElectronApplication, Page } from 'playwright-core';
import { z } from 'zod';
import { chooseSandbox } from '#scripts/desktop/sandbox.ts';
import { hasDisplay } from '#scripts/desktop/virtual-display.ts';
import { startDesktopSession } from './desktop-session.ts';
import type { DesktopSession } from './desktop-session.ts';

const projectRoot = resolve(import.meta.dirname, '../..');
const CLOSE_LIMIT_MS = 15_000;

const runtimeSchema = z.object({
  executable: z.string(),
  electronVersion: z.string(),
  official: z.boolean(),
  nativeBinding: z.string().nullable(),
});

export type TestRuntime = z.infer<typeof runtimeSchema>;

export type LaunchOptions = {
  /** The profile; made by the caller, so that a second start can reuse it. */
  readonly userDataDir: string;
  /** Added after Electron's own arguments. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the app; the project itself unless given. */
  readonly appDir?: string;
  /** A session that outlives the app; without one, and without a display, the app gets its own. */
  readonly session?: DesktopSession;
};

export type LaunchedKeel = {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Everything that the app printed so far. */
  readonly output: () => string;
  /** Quits in the ordinary way. */
  readonly close: () => Promise<void>;
  /** Kills the main process without notice. */
  readonly kill: () => Promise<void>;
};

/**
 * The Electron that the set-up decided on.
 * @throws Error when none could be had: a test that needs one fails, it does not skip
 */
export function readTestRuntime(): TestRuntime {
  const file = resolve(projectRoot, '.tools/runtime.json');
  try {
    return runtimeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error('No Electron runtime is set up: run `npm run setup`', { cause });
  }
}

function inheritedEnvironment(): Record<string, string> {
  // The test runner's own options would change how Electron's Node starts.
  const dropped = ['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE'];
  const kept = Object.entries(process.env).filter(([name]) => !dropped.includes(name));
  return Object.fromEntries(kept.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

function electronArguments(runtime: TestRuntime, options: LaunchOptions): string[] {
  const args = [options.appDir ?? projectRoot, `--user-data-dir=${options.userDataDir}`];
  // Containers have little shared memory, virtual displays have no graphics card.
  args.push('--disable-dev-shm-usage', '--disable-gpu');
  return [...args, ...chooseSandbox(runtime).args, ...(options.args ?? [])];
}

function isGone(app: ElectronApplication): boolean {
  const child = app.process();
  return child.exitCode !== null || child.signalCode !== null;
}

async function closeApp(app: ElectronApplication): Promise<void> {
  if (isGone(app)) return;
  const limit = setTimeout(() => app.process().kill('SIGKILL'), CLOSE_LIMIT_MS);
  await app.close().catch(() => undefined); // it may have ended on its own meanwhile
  clearTimeout(limit);
}

async function killApp(app: ElectronApplication): Promise<void> {
  if (isGone(app)) return;
  const gone = new Promise<void>((done) => app.process().once('exit', () => done()));
  app.process().kill('SIGKILL');
  await gone;
}

/** Starts Keel and waits for its first window. The caller closes it. */
export async function launchKeel(options: LaunchOptions): Promise<LaunchedKeel> {
  const runtime = readTestRuntime();
  const own = options.session || hasDisplay() ? undefined : await startDesktopSession();
  const sessionEnv = (options.session ?? own)?.env ?? {};
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: electronArguments(runtime, options),
    env: { ...inheritedEnvironment(), ...sessionEnv, ...options.env },
    cwd: projectRoot,
  });
  let printed = '';
  const keep = (chunk: Buffer): void => {
    printed += chunk.toString();
  };
  app.process().stdout?.on('data', keep);
  app.process().stderr?.on('data', keep);
  const end = async (how: (app: ElectronApplication) => Promise<void>): Promise<void> => {
    await how(app);
    await own?.close();
  };
  try {
    const page = await app.firstWindow();
    return {
      app,
      page,
      output: () => printed,
      close: () => end(closeApp),
      kill: () => end(killApp),
    };
  } catch (cause) {
    await end(killApp);
    throw new Error(`Keel opened no window. It printed:\n${printed}`, { cause });
  }
}
