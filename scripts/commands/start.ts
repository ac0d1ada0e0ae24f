/**
 * `npm start`: opens the desk on the practice network. Without a display it opens on a virtual one:
 * the app then prints a status line per vault as it changes and keeps a screenshot up to date.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chooseSandbox } from '../desktop/sandbox.ts';
import { hasDisplay, startVirtualDisplay, stopChild } from '../desktop/virtual-display.ts';

type Runtime = { executable: string; electronVersion: string; official: boolean };

const root = resolve(import.meta.dirname, '../..');

function say(line: string): void {
  process.stderr.write(`start: ${line}\n`);
}

function readRuntime(): Runtime {
  return JSON.parse(readFileSync(join(root, '.tools/runtime.json'), 'utf8')) as Runtime;
}

/** What the app needs to show itself where nobody can look at a screen. */
function headlessEnvironment(display: string): Record<string, string> {
  const artifacts = join(root, 'artifacts');
  mkdirSync(artifacts, { recursive: true });
  const screenshot = join(artifacts, 'desk.png');
  say(`no display here: the desk opens on the virtual display ${display}`);
  say(`its picture is kept in ${screenshot}; Ctrl+C ends it`);
  return {
    DISPLAY: display,
    KEEL_HEADLESS_STATUS: '1',
    KEEL_STATUS_LINES: '1',
    KEEL_SCREENSHOT_FILE: screenshot,
  };
}

function electronArguments(runtime: Runtime, isVirtual: boolean): string[] {
  const sandbox = chooseSandbox(runtime);
  if (sandbox.reason !== undefined) say(`the window runs without a sandbox: ${sandbox.reason}`);
  const args = [root, ...sandbox.args];
  // Chromium's own complaints about a desktop that is not there would bury the status lines.
  if (isVirtual) args.push('--disable-gpu', '--disable-dev-shm-usage', '--log-level=3');
  return [...args, ...process.argv.slice(2)];
}

async function start(): Promise<number> {
  const runtime = readRuntime();
  const isVirtual = !hasDisplay();
  const args = electronArguments(runtime, isVirtual);
  const display = isVirtual ? await startVirtualDisplay({ outlivesInterrupt: true }) : undefined;
  const extra = display ? headlessEnvironment(display.display) : {};
  say(
    `Electron ${runtime.electronVersion}${runtime.official ? '' : ' (unofficial: practice network only)'}`,
  );
  const app = spawn(runtime.executable, args, {
    stdio: 'inherit',
    env: { ...process.env, ...extra },
    // In a process group of its own: Ctrl+C reaches it once, through us, and not twice.
    detached: process.platform !== 'win32',
  });
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void stopChild(app);
    });
  }
  const status = await new Promise<number>((done, fail) => {
    app.on('error', fail);
    app.on('exit', (code) => done(code ?? 1));
  });
  await display?.stop();
  return status;
}

try {
  process.exitCode = await start();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
