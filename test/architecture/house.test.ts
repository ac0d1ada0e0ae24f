import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { productSources } from '#scripts/commands/boundary-check.ts';

const root = resolve(import.meta.dirname, '../..');

const allowedAtTop = new Set([
  '.ci',
  '.dependency-cruiser.cjs',
  '.gitattributes',
  '.gitignore',
  '.npmrc',
  '.oxlintrc.json',
  '.prettierignore',
  '.prettierrc.json',
  'README.md',
  'docs',
  'electron-builder.yml',
  'knip.json',
  'package-lock.json',
  'package.json',
  'resources',
  'scripts',
  'src-main',
  'src-renderer',
  'src-shared',
  'test',
  'tsconfig.base.json',
  'vitest.config.ts',
]);

function trackedFiles(): string[] {
  const output = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' });
  return output.split('\n').filter(Boolean);
}

function readSource(file: string): string {
  return readFileSync(resolve(root, file), 'utf8');
}

describe('the house', () => {
  it('has nothing at its top level but what belongs there', () => {
    const top = new Set(trackedFiles().map((file) => file.split('/')[0] ?? file));
    expect([...top].filter((name) => !allowedAtTop.has(name))).toEqual([]);
  });

  it('names files in kebab case', () => {
    const odd = productSources(root).filter((file) => /[A-Z_]/.test(file));
    expect(odd).toEqual([]);
  });

  it('keeps files small enough to be one idea', () => {
    const long = productSources(root)
      .map((file) => ({ file, lines: readSource(file).split('\n').length }))
      .filter(({ lines }) => lines > 450);
    expect(long).toEqual([]);
  });

  it('keeps the domain and the engine free of a platform', () => {
    const pure = productSources(root).filter(
      (file) => file.startsWith('src-shared/') || file.startsWith('src-main/engine/'),
    );
    expect(pure.length).toBeGreaterThan(20);
    const platform = /\b(process\.|Buffer\.|setTimeout\(|setInterval\(|Date\.now\(|Math\.random\()/;
    expect(pure.filter((file) => platform.test(readSource(file)))).toEqual([]);
  });

  it('touches window in the bridge only', () => {
    const elsewhere = productSources(root)
      .filter((file) => file.startsWith('src-renderer/'))
      .filter((file) => !file.startsWith('src-renderer/bridge/'))
      .filter((file) => /\bwindow\.keel\b|\bfetch\(|\bnew WebSocket\b/.test(readSource(file)));
    expect(elsewhere).toEqual([]);
  });

  it('names neither the folder that it lies in nor a host that packages come from', () => {
    const folder = new RegExp(`(?<![\\w.}-])${root.replaceAll(/[^\w/]/g, '\\$&')}\\b`);
    const host = /\b(registry|deb|mirror)\.[a-z]+\.(com|net|org)\b/;
    const own = trackedFiles().filter(
      (file) =>
        /\.(ts|tsx|mjs|cjs|json|yml|md|css|html)$/.test(file) && !file.startsWith('test/data/'),
    );
    const named = own.filter((file) => [folder, host].some((word) => word.test(readSource(file))));
    expect(named).toEqual([]);
  });
});
