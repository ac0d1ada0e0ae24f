'use strict';
/** Brings node_modules in line with the lockfile, and leaves it alone when it already is. */
const fs = require('node:fs');
const path = require('node:path');
const { runNpm } = require('./progress.cjs');

/** @param {string} file */
function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return undefined; // missing or broken
  }
}

/** Written by npm when everything is in its place. @param {string} root */
function installedNote(root) {
  return path.join(root, 'node_modules', '.package-lock.json');
}

/**
 * The packages that the lockfile names and node_modules lacks or holds in another version. npm notes
 * what it installed in node_modules/.package-lock.json; packages for other platforms are not in it.
 * @param {string} root
 * @returns {string[] | undefined} undefined: nothing is installed at all
 */
function outdatedPackages(root) {
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  const installed = readPackages(installedNote(root));
  if (!wanted) throw new Error('package-lock.json is missing or unreadable: restore it from git');
  if (!installed) return undefined;
  return Object.keys(wanted).filter((key) => {
    if (key === '' || wanted[key].link) return false;
    if (!installed[key]) return !wanted[key].optional && !wanted[key].peer;
    if (installed[key].version !== wanted[key].version) return true;
    return !fs.existsSync(path.join(root, key, 'package.json'));
  });
}

/** @param {string} root */
async function ensureDependencies(root) {
  const outdated = outdatedPackages(root);
  if (outdated && outdated.length === 0) return;
  // Without the note, an installation that is cut off is never taken for a finished one.
  fs.rmSync(installedNote(root), { force: true });
  const why = outdated ? `${outdated.length} not as in the lockfile` : 'first time';
  await runNpm(`installing dependencies (${why})`, ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
  });
}

module.exports = { ensureDependencies };
