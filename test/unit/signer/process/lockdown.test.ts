import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const TARGET = resolve(import.meta.dirname, '../../../support/signer-lockdown-target.ts');

it('leaves no way to the network, to another process or to native code', () => {
  const ran = spawnSync(process.execPath, [TARGET], {
    encoding: 'utf8',
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  expect(ran.stderr).toBe('');
  const found = JSON.parse(ran.stdout) as { readonly tried: number };
  expect(found).toMatchObject({ open: [], reached: [], title: 'keel-signer' });
  expect(found.tried).toBeGreaterThan(150);
});
