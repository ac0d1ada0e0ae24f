/** Whether Chromium can build its sandbox here, and what to do where it cannot. */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type SandboxChoice = {
  /** Arguments for Electron. */
  readonly args: readonly string[];
  /** Why the sandbox is off; undefined when it is on. */
  readonly reason?: string;
};

const SETUID = 0o4000;

/** The helper beside the executable, of use only when it belongs to root and is marked so. */
function hasSetuidHelper(executable: string): boolean {
  const helper = statSync(join(dirname(executable), 'chrome-sandbox'), { throwIfNoEntry: false });
  return helper !== undefined && helper.uid === 0 && (helper.mode & SETUID) !== 0;
}

/** Some systems and most containers forbid them; where it cannot be tried, Electron finds out itself. */
function mayMakeUserNamespaces(): boolean {
  const attempt = spawnSync('unshare', ['--user', '--map-root-user', 'true']);
  return attempt.error !== undefined || attempt.status === 0;
}

/**
 * Chooses for the given runtime. The unofficial one holds nothing but the practice network's play
 * money and shows nothing but Keel's own page: it may do without.
 * @throws Error with the remedy when Electron's own release would refuse to start
 */
export function chooseSandbox(runtime: { executable: string; official: boolean }): SandboxChoice {
  if (process.platform !== 'linux') return { args: [] };
  const off = ['--no-sandbox'];
  if (process.getuid?.() === 0) return { args: off, reason: 'Electron has none for root' };
  if (hasSetuidHelper(runtime.executable) || mayMakeUserNamespaces()) return { args: [] };
  const reason = 'this system gives its users no namespaces';
  if (!runtime.official) return { args: off, reason };
  const helper = join(dirname(runtime.executable), 'chrome-sandbox');
  throw new Error(
    `Electron cannot build its sandbox: ${reason}. Allow it with:\n` +
      `  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
  );
}
