import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBoundaries, productSources } from '#scripts/commands/boundary-check.ts';

const root = resolve(import.meta.dirname, '../..');
const copied = [
  'src-main',
  'src-renderer',
  'src-shared',
  'package.json',
  'tsconfig.base.json',
  '.dependency-cruiser.cjs',
];

/** What each bad file does, where it lies, its import, the rule that must catch it. */
const badImports = [
  ['the domain reads a file', 'src-shared/domain', "'node:fs'", 'src-shared-domain'],
  ['the engine knows Electron', 'src-main/engine', "'electron'", 'src-main-engine'],
  ['the engine knows SQL', 'src-main/engine', "'better-sqlite3'", 'src-main-engine'],
  ['the engine knows the vendor', 'src-main/engine', "'@drift-labs/sdk'", 'src-main-engine'],
  ['the engine uses Node', 'src-main/engine', "'node:timers'", 'src-main-engine'],
  ['siblings meet', 'src-main/store', "'#main/drift/failures.ts'", 'src-main-store'],
  [
    'the window loads the main side',
    'src-renderer/ui',
    "'#main/engine/ports.ts'",
    'src-renderer-ui',
  ],
  [
    'a component reads a store',
    'src-renderer/ui',
    "'#renderer/stores/desk-store.ts'",
    'src-renderer-ui',
  ],
  [
    'the window knows the vendor',
    'src-renderer/stores',
    "'@solana/web3.js'",
    'src-renderer-stores-not',
  ],
  ['a folder is not in the table', 'src-main/elsewhere', "'#domain/units.ts'", 'known-folder'],
  ['an import leads nowhere', 'src-main/app', "'./missing.ts'", 'resolvable'],
] as const;

const badFile = (folder: string, index: number): string => `${folder}/bad-import-${index}.ts`;

describe('the import table', () => {
  it('holds, and every source file was looked at', async () => {
    const report = await checkBoundaries(root, root);
    expect(report.violations).toEqual([]);
    expect(report.unseen).toEqual([]);
    expect(report.seen).toBe(productSources(root).length);
    expect(report.seen).toBeGreaterThan(100);
  });

  describe('in a copy with bad imports', () => {
    let copy: string;
    let violations: readonly string[];

    beforeAll(async () => {
      copy = await mkdtemp(join(tmpdir(), 'keel-boundaries-'));
      for (const name of copied) await cp(join(root, name), join(copy, name), { recursive: true });
      await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
      for (const [index, [, folder, target]] of badImports.entries()) {
        await mkdir(join(copy, folder), { recursive: true });
        // Imports of mere types count too.
        const line = index % 2 === 0 ? `import ${target};` : `export type * from ${target};`;
        await writeFile(join(copy, badFile(folder, index)), `${line}\n`);
      }
      ({ violations } = await checkBoundaries(root, copy));
    });

    afterAll(() => rm(copy, { recursive: true, force: true }));

    it.each(badImports.map((bad, index) => [...bad, index] as const))(
      'catches it when %s',
      (_what, folder, _target, rule, index) => {
        const file = badFile(folder, index);
        const caught = violations.filter((violation) => violation.includes(file));
        expect(caught.map((violation) => violation.split(':')[0])).toContain(rule);
      },
    );

    it('blames only the bad files', () => {
      expect(violations.filter((violation) => !violation.includes('/bad-import-'))).toEqual([]);
    });
  });
});
