'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { MARKER_FILE } = require('../toolchain/unofficial-electron.cjs');

const NATIVE_FILE = 'better-sqlite3-unofficial.node';

/**
 * An app packed with the unofficial runtime stays marked as such; the module that its marker names
 * comes along, so that the folder works wherever it is put.
 * @param {string} folder
 */
function carryMarker(folder) {
  const file = path.join(folder, MARKER_FILE);
  if (!fs.existsSync(file)) return;
  const marker = JSON.parse(fs.readFileSync(file, 'utf8'));
  const inside = path.join('resources', NATIVE_FILE);
  fs.copyFileSync(path.resolve(folder, marker.nativeBinding), path.join(folder, inside));
  fs.writeFileSync(file, `${JSON.stringify({ ...marker, nativeBinding: inside }, null, 2)}\n`);
}

/** Called by electron-builder. @param {{appOutDir: string}} context */
exports.default = async function afterPack({ appOutDir }) {
  // The development runtime's own start page has no place in the product.
  fs.rmSync(path.join(appOutDir, 'resources', 'default_app.asar'), { force: true });
  carryMarker(appOutDir);
};
