/** Set-ups of one folder run one after the other, and outlive each other's death. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const require = createRequire(import.meta.url);
const { withSetupLock } = require('#scripts/toolchain/setup-lock.cjs') as {
  withSetupLock: <T>(root: string, work: () => Promise<T>) => Promise<T>;
};

const toolchain = resolve(import.meta.dirname, '../../../scripts/toolchain');
let root: string;
let lock: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'keel-lock-'));
  lock = join(root, '.tools/setup.lock');
  mkdirSync(join(root, '.tools'));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

/** A process of its own that does the given work under the lock. */
function startHolder(work: string): ChildProcess {
  const code = `
    const { withSetupLock } = require(${JSON.stringify(join(toolchain, 'setup-lock.cjs'))});
    const { runQuietly } = require(${JSON.stringify(join(toolchain, 'progress.cjs'))});
    const fs = require('node:fs');
    const root = ${JSON.stringify(root)};
    void withSetupLock(root, async () => { ${work} });
  `;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  return child;
}

function firstOutput(child: ChildProcess): Promise<string> {
  return new Promise((done) => child.stdout?.once('data', (chunk: Buffer) => done(String(chunk))));
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => child.once('exit', () => done()));
}

describe('the set-up lock', () => {
  it('lets many processes in one by one', async () => {
    const log = join(root, 'log');
    const work = `
      fs.appendFileSync(${JSON.stringify(log)}, 'in ');
      await new Promise((done) => setTimeout(done, 30));
      fs.appendFileSync(${JSON.stringify(log)}, 'out ');
    `;
    await Promise.all(Array.from({ length: 6 }, () => ended(startHolder(work))));
    expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(6));
    expect(existsSync(lock)).toBe(false);
  });

  it('is taken over from a holder that was killed', async () => {
    const holder = startHolder(
      `console.log('held'); await new Promise((r) => setTimeout(r, 1e6));`,
    );
    await firstOutput(holder);
    holder.kill('SIGKILL');
    await ended(holder);
    expect(existsSync(lock)).toBe(true);
    expect(await withSetupLock(root, async () => 'done')).toBe('done');
  });

  it('stays with what a killed holder has started, until that ends', async () => {
    const holder = startHolder(`
      const sleeper = "console.log(1); setTimeout(() => {}, 1e6)";
      void runQuietly('work', process.execPath, ['-e', sleeper]);
      console.log('held');
      await new Promise((r) => setTimeout(r, 1e6));
    `);
    await firstOutput(holder);
    holder.kill('SIGKILL');
    await ended(holder);
    const orphan = Number(readFileSync(lock, 'utf8').trim().split('\n').at(-1)?.split(' ')[0]);
    let isIn = false;
    const waiting = withSetupLock(root, async () => {
      isIn = true;
    });
    await new Promise((done) => setTimeout(done, 700));
    expect(isIn).toBe(false);
    process.kill(orphan, 'SIGKILL');
    await waiting;
    expect(isIn).toBe(true);
  });

  it.runIf(process.platform === 'linux')(
    'is not held by a process that got the number of a dead one',
    async () => {
      writeFileSync(lock, `${process.pid} 1\n`);
      expect(await withSetupLock(root, async () => 'done')).toBe('done');
    },
  );

  it('is freed when the work fails', async () => {
    const failing = withSetupLock(root, async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });
});
