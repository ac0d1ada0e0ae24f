'use strict';
/** Fetches one npm package outside the project's own node_modules, checked against a known hash. */
const fs = require('node:fs');
const path = require('node:path');
const { newPart, putInPlace } = require('./part-folder.cjs');
const { runNpm } = require('./progress.cjs');

/**
 * Installs exactly this package into a folder of its own; npm refuses it when the content differs
 * from the integrity given here.
 * @param {string} folder where it goes; created when missing
 * @param {{name: string, version: string, integrity: string}} pinned
 * @returns {Promise<string>} the installed package's folder
 */
async function installPinnedPackage(folder, pinned) {
  const installed = path.join(folder, 'node_modules', pinned.name);
  if (installedVersion(installed) === pinned.version) return installed;
  const unfinished = newPart(folder);
  const dependencies = { [pinned.name]: pinned.version };
  const manifest = { name: 'keel-toolchain', version: '1.0.0', private: true, dependencies };
  const lock = {
    name: manifest.name,
    version: manifest.version,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: manifest.name, version: manifest.version, dependencies },
      [`node_modules/${pinned.name}`]: { version: pinned.version, integrity: pinned.integrity },
    },
  };
  fs.writeFileSync(path.join(unfinished, 'package.json'), JSON.stringify(manifest));
  fs.writeFileSync(path.join(unfinished, 'package-lock.json'), JSON.stringify(lock));
  await runNpm(
    `downloading ${pinned.name} ${pinned.version}`,
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    { cwd: unfinished },
  );
  putInPlace(unfinished, folder);
  return installed;
}

/** @param {string} folder @returns {string | undefined} */
function installedVersion(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
  } catch {
    return undefined; // not installed, or half installed
  }
}

module.exports = { installPinnedPackage, installedVersion };
