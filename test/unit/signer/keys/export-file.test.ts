import * as nodeFs from 'node:fs';
import { join } from 'node:path';
import { Keypair } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { writeKeypairFile } from '#main/signer/import/export-file.ts';
import { readSecret } from '#main/signer/import/read-secret.ts';
import { addressOf } from '#main/signer/keys/ed25519.ts';
import { errorIn, keysFolder, openFolder, seedNumber, value } from '#test/support/signer-keys.ts';

function exportPath(): string {
  const folder = keysFolder();
  openFolder(folder);
  return join(folder, 'export.json');
}

describe('an exported key', () => {
  it('is the file of solana-cli, for its owner alone, and can be imported again', () => {
    const path = exportPath();
    value(writeKeypairFile(path, seedNumber(1)));
    expect(nodeFs.statSync(path).mode & 0o777).toBe(0o600);
    const bytes = nodeFs.readFileSync(path);
    const numbers = JSON.parse(bytes.toString()) as number[];
    const keypair = Keypair.fromSecretKey(Uint8Array.from(numbers));
    expect(keypair.publicKey.toBase58()).toBe(addressOf(seedNumber(1)));
    expect(bytes.toString()).toBe(JSON.stringify(numbers));
    const read = value(readSecret(bytes, new Uint8Array()));
    expect(read.seed.equals(seedNumber(1))).toBe(true);
  });

  it('overwrites nothing', () => {
    const path = exportPath();
    nodeFs.writeFileSync(path, 'precious');
    const error = errorIn(writeKeypairFile(path, seedNumber(1)));
    expect(error.message).toContain('exists already');
    expect(nodeFs.readFileSync(path, 'utf8')).toBe('precious');
  });

  it('leaves nothing of itself on a full disk', () => {
    const path = exportPath();
    const full = {
      ...nodeFs,
      fsyncSync: () => {
        throw Object.assign(new Error(), { code: 'ENOSPC' });
      },
    };
    const error = errorIn(writeKeypairFile(path, seedNumber(1), full));
    expect(error.code).toBe('KEY_FILE_WRITE_FAILED');
    expect(error.message).toContain('the disk is full');
    expect(nodeFs.existsSync(path)).toBe(false);
  });
});
