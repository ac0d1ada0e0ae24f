/** K3 where it counts: in a utility process of real Electron, with the very lockdown that the signer runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, type ShellProfile } from '#test/support/shell-profile.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Plain JavaScript without types of its own. */
interface Bundler {
  buildNodeBundle(
    root: string,
    entry: { readonly name: string; readonly source: string; readonly output: string },
  ): Promise<string[]>;
}

let folder: string;
let profile: ShellProfile;
let keel: LaunchedKeel;

beforeAll(async () => {
  profile = await createShellProfile();
  // Beside the profile: the sandbox lets the process read there.
  folder = mkdtempSync(join(profile.folder, 'probe-'));
  const { buildNodeBundle } = (await import(join(root, 'scripts/build/bundle.mjs'))) as Bundler;
  const output = join(relative(root, folder), 'probe.cjs');
  const source = 'test/support/signer-lockdown-target.ts';
  await buildNodeBundle(root, { name: 'probe', source, output });
  keel = await launchKeel({ userDataDir: profile.folder });
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
  rmSync(folder, { recursive: true, force: true });
});

it('leaves a utility process no way to the network, to another process or to native code', async () => {
  const found = await keel.app.evaluate(
    ({ utilityProcess }, path) =>
      new Promise((answer) => {
        const child = utilityProcess.fork(path, [], { stdio: 'pipe' });
        let said = '';
        child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
        child.once('message', (message) => {
          child.kill();
          answer(message);
        });
        child.once('exit', (code) => answer(`it ended with ${code}: ${said}`));
      }),
    join(folder, 'probe.cjs'),
  );
  expect(found).toMatchObject({ open: [], reached: [], title: 'keel-signer' });
  expect((found as { tried: number }).tried).toBeGreaterThan(150);
});
