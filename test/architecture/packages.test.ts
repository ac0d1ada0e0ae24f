import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

type Manifest = {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  scripts: Record<string, string>;
};
type LockEntry = { version?: string; optionalDependencies?: Record<string, string> };
type Lock = { packages: Record<string, LockEntry> };

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(resolve(root, file), 'utf8')) as T;
}

/** Where npm would find a package that the one at `key` requires. */
function isLocked(lock: Lock, key: string, name: string): boolean {
  const folders = key === '' ? [] : key.split(/(?:^|\/)node_modules\//).slice(1);
  for (let depth = folders.length; depth >= 0; depth -= 1) {
    const path = [...folders.slice(0, depth), name].map((part) => `node_modules/${part}`).join('/');
    if (lock.packages[path]) return true;
  }
  return false;
}

describe('packages', () => {
  const manifest = readJson<Manifest>('package.json');
  const lock = readJson<Lock>('package-lock.json');

  it('are pinned exactly', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  it('each have their reason written down', () => {
    const text = readFileSync(resolve(root, 'docs/dependencies.md'), 'utf8');
    const named = [...text.matchAll(/^\| (\S+) \| .+ \|$/gm)].flatMap(([, name]) => name ?? []);
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    const titles = ['package', '---'];
    expect(named.filter((name) => !titles.includes(name)).toSorted()).toEqual(
      Object.keys(all).toSorted(),
    );
  });

  it('ship nothing but the native module', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['better-sqlite3']);
  });

  // npm ci refuses a lockfile that leaves out the packages of another platform.
  it('are locked for every platform', () => {
    const missing = Object.entries(lock.packages).flatMap(([key, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter((name) => !isLocked(lock, key, name)),
    );
    expect(missing).toEqual([]);
  });

  it('come from wherever the registry is configured', () => {
    const text = readFileSync(resolve(root, 'package-lock.json'), 'utf8');
    expect(text.match(/"resolved": "https?:/g)).toBeNull();
  });

  it('are started through one launcher', () => {
    for (const [name, script] of Object.entries(manifest.scripts)) {
      expect(script).toBe(`node scripts/toolchain/run.cjs ${name}`);
    }
  });
});
