/** `npm start` where nobody can look at a screen: status lines, and a picture that is kept up to date. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopChild } from '#scripts/desktop/virtual-display.ts';
import { driveDesk } from '#test/support/desk-driver.ts';
import { launchKeel } from '#test/support/electron-app.ts';
import {
  createDefaultProfile,
  eventually,
  type ShellProfile,
} from '#test/support/shell-profile.ts';

const root = resolve(import.meta.dirname, '../../..');
const PNG = '89504e470d0a1a0a';

let profile: ShellProfile;
let starting: ChildProcess | null;

beforeEach(async () => {
  starting = null;
  profile = await createDefaultProfile();
});

afterEach(async () => {
  // Of a test that failed, the app would run on.
  if (starting !== null) await stopChild(starting);
  await profile.remove();
});

async function isWholePicture(file: string): Promise<boolean> {
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  return bytes.subarray(0, 8).toString('hex') === PNG && bytes.includes('IEND');
}

const linesOf = (output: string, vault: string): string[] =>
  output.split('\n').filter((line) => line.includes(`  ${vault}  `));

describe('a desk that nobody looks at', () => {
  it('prints a line per vault as it changes, and keeps its picture up to date', async () => {
    const picture = join(profile.folder, 'desk.png');
    const keel = await launchKeel({
      userDataDir: profile.folder,
      env: { KEEL_STATUS_LINES: '1', KEEL_SCREENSHOT_FILE: picture },
    });
    try {
      const desk = driveDesk(keel.page);
      await desk.ready();
      await eventually('a line for each vault', () =>
        ['Funding', 'Funding on paper'].every((vault) =>
          linesOf(keel.output(), vault).some((line) => line.includes('  fresh  ')),
        ),
      );
      await eventually('the picture is there', () => isWholePicture(picture));

      const paper = await desk.row('Funding on paper').getAttribute('data-testid');
      const vaultId = paper?.replace('vault-row-', '');
      const before = linesOf(keel.output(), 'Funding on paper').length;
      const takenAt = (await stat(picture)).mtimeMs;
      const change = { kind: 'credit', amount: '1234500000' };
      await desk.invoke('vault.changePaper', { vaultId, change });
      await eventually('the credit is printed', () =>
        linesOf(keel.output(), 'Funding on paper')
          .slice(before)
          .some((line) => line.includes('USDC 1,284.50')),
      );
      await eventually('the picture is newer', async () => (await stat(picture)).mtimeMs > takenAt);
      expect(linesOf(keel.output(), 'Funding on paper')).toHaveLength(before + 1);
    } finally {
      await keel.close();
    }
  });
});

describe.runIf(process.platform === 'linux')('npm start without a display', () => {
  it('says so, opens the desk on a virtual one, and ends in order on Ctrl+C', async () => {
    const picture = join(root, 'artifacts/desk.png');
    await rm(picture, { force: true });
    const { DISPLAY: _, WAYLAND_DISPLAY: __, NODE_OPTIONS: ___, ...env } = process.env;
    starting = spawn(
      process.execPath,
      ['scripts/commands/start.ts', `--user-data-dir=${profile.folder}`],
      { cwd: root, env },
    );
    const output = collect(starting);
    const ended = new Promise<unknown>((done) => starting?.once('exit', done));
    await eventually('it says where it shows itself', () =>
      /no display here: the desk opens on the virtual display :\d+/.test(output()),
    );
    await eventually('the vaults are told', () =>
      linesOf(output(), 'Funding on paper').some((line) => line.includes('trading on')),
    );
    // Its key is not there: it is only watched.
    await eventually('the vault on the chain is watched', () =>
      linesOf(output(), 'Funding').some((line) => /  fresh  .*trading off/.test(line)),
    );
    await eventually('the picture is there', () => isWholePicture(picture));
    starting.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(await profile.log('main')).toContain('name=engine code=0');
  });
});

function collect(child: ChildProcess): () => string {
  let text = '';
  const keep = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => text;
}
