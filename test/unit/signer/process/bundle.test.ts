import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../../..');

/** Plain JavaScript without types of its own. */
interface Bundler {
  buildNodeBundle(
    root: string,
    entry: { readonly name: string; readonly source: string; readonly output: string },
  ): Promise<string[]>;
}

describe("the signer's bundle", () => {
  let folder = '';
  let code = '';
  let sources: readonly string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keel-signer-'));
    const output = join(relative(root, folder), 'signer.cjs');
    const source = 'src-main/signer/signer-process.ts';
    const { buildNodeBundle } = (await import(join(root, 'scripts/build/bundle.mjs'))) as Bundler;
    await buildNodeBundle(root, { name: 'signer-process', source, output });
    code = readFileSync(join(folder, 'signer.cjs'), 'utf8');
    const map = JSON.parse(readFileSync(join(folder, 'signer.cjs.map'), 'utf8')) as {
      sources: string[];
    };
    sources = map.sources.map((path) => relative(root, resolve(folder, path)));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds three packages besides its own code', () => {
    const packages = sources.flatMap((path) => {
      const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(path) ?? [];
      return name ?? [];
    });
    expect([...new Set(packages)].toSorted()).toEqual([
      '@noble/hashes',
      '@scure/base',
      '@scure/bip39',
    ]);
    const own = sources.filter((path) => path.startsWith('src-'));
    expect(own.length).toBeGreaterThan(20);
    expect(own.filter((path) => !/^src-(main\/signer|shared\/domain)\//.test(path))).toEqual([]);
  });

  it('asks the runtime for six modules alone', () => {
    const asked = [...code.matchAll(/\b(?:require|import)\((["'`])([^"'`]+)\1\)/g)].map(
      ([, , name]) => name ?? '',
    );
    expect([...new Set(asked)].filter((name) => isBuiltin(name)).toSorted()).toEqual([
      'node:buffer',
      'node:crypto',
      'node:fs',
      'node:module',
      'node:path',
    ]);
    expect(asked.filter((name) => !isBuiltin(name))).toEqual([]);
  });

  it('is locked down before any other code of it runs', () => {
    const lockDown = code.search(/^lockDown\(\);$/m);
    const packages = code.search(/^\/\/ node_modules\//m);
    expect(lockDown).toBeGreaterThan(0);
    expect(packages).toBeGreaterThan(lockDown);
  });
});
