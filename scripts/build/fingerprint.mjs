/**
 * Decides whether a bundle is up to date: the fingerprint covers every project file that went into
 * it, the lockfile (for everything from node_modules) and the build's own sources.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';

/** @param {string[]} files absolute or relative to root @param {string} root */
export function fingerprint(files, root) {
  const hash = createHash('sha256');
  for (const file of [...new Set(files)].sort()) {
    const path = isAbsolute(file) ? file : join(root, file);
    hash.update(relative(root, path));
    hash.update('\0');
    hash.update(existsSync(path) ? readFileSync(path) : 'missing');
    hash.update('\0');
  }
  return hash.digest('hex');
}

/** @typedef {Record<string, {files: string[], packages: string[], hash: string}>} BuildRecord */

/** @param {string} path @returns {BuildRecord} */
export function readBuildRecord(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {}; // no record, or an unreadable one: build everything
  }
}

/** @param {string} path @param {BuildRecord} record */
export function writeBuildRecord(path, record) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(record));
}
