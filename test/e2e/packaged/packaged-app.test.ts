/** The application as it ships: packed, its fuses read back from the binary, started from outside. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '#scripts/commands/run-program.ts';
import { readTestRuntime } from '#test/support/electron-app.ts';
import { startDesktopSession } from '#test/support/desktop-session.ts';
import type { DesktopSession } from '#test/support/desktop-session.ts';

const root = resolve(import.meta.dirname, '../../..');
const packed = join(root, 'release/linux-unpacked');
const executable = join(packed, 'keel');
const asar = join(packed, 'resources/app.asar');
const marker = join(packed, 'keel-unofficial-runtime.json');

/** Resolves with everything printed once it matches; rejects when the process ends before. */
function printedUntil(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((found, missed) => {
    let printed = '';
    const take = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (pattern.test(printed)) found(printed);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.on('exit', (code) => missed(new Error(`ended with ${code} after printing:\n${printed}`)));
  });
}

describe.runIf(process.platform === 'linux')('the packaged app', () => {
  let session: DesktopSession;
  let profile: string;

  beforeAll(async () => {
    readTestRuntime();
    const packaging = join(root, 'scripts/commands/package.ts');
    const result = await runProgram(process.execPath, [packaging], { cwd: root });
    if (result.status !== 0) throw new Error(result.output);
    session = await startDesktopSession();
    profile = await mkdtemp(join(tmpdir(), 'keel-packaged-'));
  });

  afterAll(async () => {
    await session.close();
    await rm(profile, { recursive: true, force: true });
  });

  it('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(executable);
    expect({
      runAsNode: wire[FuseV1Options.RunAsNode],
      nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
      inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
      integrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
      onlyAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
      fileProtocol: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
    }).toEqual({
      runAsNode: FuseState.DISABLE,
      nodeOptions: FuseState.DISABLE,
      inspect: FuseState.DISABLE,
      integrity: FuseState.ENABLE,
      onlyAsar: FuseState.ENABLE,
      fileProtocol: FuseState.DISABLE,
    });
  });

  it('holds the bundles and the native module, and nothing else', () => {
    const files = listPackage(asar, { isPack: false });
    const tops = new Set(files.map((file) => file.split('/')[1]));
    expect(tops).toEqual(new Set(['dist', 'node_modules', 'package.json', 'resources']));
    const modules = new Set(
      files.filter((file) => file.startsWith('/node_modules/')).map((file) => file.split('/')[2]),
    );
    expect([...modules]).toEqual(['better-sqlite3']);
    expect(files.filter((file) => /\.(map|ts|tsx|cpp)$/.test(file))).toEqual([]);
    expect(existsSync(join(packed, 'resources/default_app.asar'))).toBe(false);
  });

  it('stays marked when its runtime is unofficial', () => {
    expect(existsSync(marker)).toBe(!readTestRuntime().official);
  });

  it('starts as the app and never as Node, and shows a vault in step', async () => {
    const child = spawn(
      executable,
      [`--user-data-dir=${profile}`, '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
      {
        env: {
          ...process.env,
          ...session.env,
          ELECTRON_RUN_AS_NODE: '1',
          NODE_OPTIONS: '--require=/nonexistent',
          KEEL_STATUS_LINES: '1',
        },
      },
    );
    const gone = new Promise((done) => child.once('exit', done));
    try {
      const printed = await printedUntil(child, /Funding {2}fresh/);
      expect(printed).toContain('USDC');
    } finally {
      child.kill('SIGTERM');
      await gone;
    }
  });
});
