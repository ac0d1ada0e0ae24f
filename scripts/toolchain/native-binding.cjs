'use strict';
/**
 * The prebuilt better-sqlite3 wants Node-API 10. A runtime with Node-API 9 loads it only when it is
 * compiled from the package's own source as an experimental Node-API module.
 */
const fs = require('node:fs');
const path = require('node:path');
const { newPart, putInPlace } = require('./part-folder.cjs');
const { runQuietly } = require('./progress.cjs');
const { installNode24 } = require('./node-24.cjs');

const DECLARED = "'NAPI_VERSION=10'";
const EXPERIMENTAL = "'NAPI_EXPERIMENTAL'";

/** Where the headers to compile against are: with the running Node, or in its npm package. @param {string} root */
async function headersFolder(root) {
  const besideNode = path.resolve(path.dirname(process.execPath), '..');
  const known = [besideNode, '/usr'].find((folder) =>
    fs.existsSync(path.join(folder, 'include', 'node', 'common.gypi')),
  );
  return known ?? installNode24(root);
}

/** @param {string} file @param {string} old @param {string} replacement */
function rewrite(file, old, replacement) {
  const text = fs.readFileSync(file, 'utf8');
  if (!text.includes(old)) throw new Error(`better-sqlite3's ${path.basename(file)} lacks ${old}`);
  fs.writeFileSync(file, text.replaceAll(old, replacement));
}

/** @param {string} packageFolder @param {string} workFolder @param {string} addonApiFolder */
function copySource(packageFolder, workFolder, addonApiFolder) {
  for (const name of ['binding.gyp', 'package.json', 'lib', 'src', 'deps']) {
    fs.cpSync(path.join(packageFolder, name), path.join(workFolder, name), { recursive: true });
  }
  const addonApi = path.join(workFolder, 'node_modules', 'node-addon-api');
  fs.cpSync(addonApiFolder, addonApi, { recursive: true });
  rewrite(path.join(workFolder, 'binding.gyp'), DECLARED, EXPERIMENTAL);
  // Compiled in a third of the time; this file serves tests and the practice network only.
  rewrite(path.join(workFolder, 'binding.gyp'), "'-flto', ", '');
  rewrite(path.join(workFolder, 'binding.gyp'), ", '-flto'", '');
  rewrite(path.join(workFolder, 'deps', 'common.gypi'), "'-O3'", "'-O1'");
}

/** Where the compiled module of the locked version belongs. @param {string} root @param {string} electronVersion */
function nativeBindingFile(root, electronVersion) {
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const { version } = lock.packages['node_modules/better-sqlite3'];
  const name = `better-sqlite3-${version}-electron-${electronVersion}.node`;
  return path.join(root, '.tools', 'native', name);
}

/**
 * @param {string} root project folder
 * @param {string} electronVersion the runtime that will load it; part of the cache's key
 * @returns {Promise<string>} the compiled module
 */
async function ensureNativeBinding(root, electronVersion) {
  const target = nativeBindingFile(root, electronVersion);
  if (fs.existsSync(target)) return target;

  const work = newPart(path.join(path.dirname(target), 'build'));
  copySource(
    path.join(root, 'node_modules', 'better-sqlite3'),
    work,
    path.join(root, 'node_modules', 'node-addon-api'),
  );
  const gyp = path.join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const headers = await headersFolder(root);
  await runQuietly(
    `compiling the database module for Electron ${electronVersion}`,
    process.execPath,
    [gyp, 'rebuild', '--release', '--force_build=1', `--nodedir=${headers}`],
    { cwd: work, env: { ...process.env, JOBS: 'max' } },
  );
  putInPlace(path.join(work, 'build', 'Release', 'better_sqlite3.node'), target);
  fs.rmSync(work, { recursive: true, force: true });
  return target;
}

module.exports = { ensureNativeBinding, nativeBindingFile };
