import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import { openKeyFolder } from '#main/signer/keys/key-folder.ts';
import { openKeyStore, type KeyStore } from '#main/signer/keys/key-store.ts';
import { runUntilKilled } from '#test/support/run-until-killed.ts';
import { passphraseOf, quickKdf } from './numbered-changes.ts';

const KILLS = 60;
const CHILD = join(import.meta.dirname, 'change-keys-forever.ts');

function open(folder: string): KeyStore {
  const opened = openKeyFolder(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  const clock = { nowMs: () => unixMs(0) };
  const store = openKeyStore({ folder: opened.value, kdf: quickKdf, clock });
  if (!store.ok) throw new Error(`${store.error.code}: ${store.error.message}`);
  return store.value;
}

/** Kills the child at any moment after its first acknowledgement: the last one seen. */
const changeUntilKilled = async (folder: string, first: number): Promise<number> =>
  Number(await runUntilKilled(CHILD, [folder, String(first)], 30));

/** The passphrase of the last change but a few opens every key. */
async function opensWithin(store: KeyStore, last: number): Promise<boolean> {
  for (let number = last + 2; number >= Math.max(0, last - 3); number -= 1) {
    const master = await store.openMaster(passphraseOf(number), null);
    if (master.ok) return true;
    expect(master.error.code).toBe('PASSPHRASE_WRONG');
  }
  return false;
}

it(`holds the old keys or the new ones, whole, after each of ${KILLS} kills`, async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'keel-kill-')), 'keys');
  let last = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    last = await changeUntilKilled(folder, last + 1);
    const store = open(folder);
    const newest = Math.max(...store.keys.map(({ name }) => Number(name.replace('Key ', ''))));
    // What was acknowledged is there; of the change under way, all or nothing.
    expect([last, last + 1]).toContain(newest);
    expect(await opensWithin(store, last), `after change ${last}`).toBe(true);
  }
  rmSync(join(folder, '..'), { recursive: true, force: true });
});
