/**
 * Changes its keys until it is killed: adds, renames, removes and chooses new passphrases. Prints the number of each change
 * once it is acknowledged; the number stands in the name of the newest key, so that half of a change would show.
 */
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { unixMs } from '#domain/units.ts';
import { openKeyFolder } from '#main/signer/keys/key-folder.ts';
import { openKeyStore } from '#main/signer/keys/key-store.ts';
import { passphraseOf, quickKdf } from './numbered-changes.ts';

const [folderPath = '', first = '1'] = process.argv.slice(2);
const folder = openKeyFolder(folderPath);
if (!folder.ok) throw new Error(folder.error.code);
const clock = { nowMs: () => unixMs(1_800_000_000_000) };
const opened = openKeyStore({ folder: folder.value, kdf: quickKdf, clock });
if (!opened.ok) throw new Error(opened.error.message);
const store = opened.value;

/** The number of the change that the passphrase was chosen at; 0: none yet. */
async function currentMaster(before: number): Promise<Buffer> {
  for (let number = before; number >= 0; number -= 1) {
    const master = await store.openMaster(passphraseOf(number), null);
    if (master.ok) return master.value;
    if (master.error.code !== 'PASSPHRASE_WRONG') throw new Error(master.error.message);
  }
  throw new Error('No passphrase opens the keys');
}

let master: Buffer;
if (store.isProtected) {
  master = await currentMaster(Number(first));
} else {
  const made = await store.protect(null, passphraseOf(0), null);
  if (!made.ok) throw new Error(made.error.message);
  master = made.value;
}

for (let number = Number(first); ; number += 1) {
  const seed = createHash('sha256').update(`seed ${number}`).digest();
  const plain = { networkKind: 'practice', derivationPath: null } as const;
  const added = store.addKeypair(master, { ...plain, seed, name: `Key ${number}` });
  if (!added.ok && added.error.code !== 'KEY_EXISTS') throw new Error(added.error.message);
  const oldest = store.keys[0];
  if (oldest !== undefined && store.keys.length > 4) store.remove(oldest.publicKey, 'keypair');
  if (number % 3 === 0) {
    const changed = await store.protect(master, passphraseOf(number), null);
    if (!changed.ok) throw new Error(changed.error.message);
    master = changed.value;
  }
  writeSync(1, `${number}\n`);
}
