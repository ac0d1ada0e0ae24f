'use strict';
/** Node 24 first, then dependencies, Electron and the build as the command needs them, then the command. */
const { spawn } = require('node:child_process');
const path = require('node:path');
const { isNode24, installNode24, nodeExecutable } = require('./node-24.cjs');
const { commands } = require('./commands.cjs');
const { say } = require('./progress.cjs');
const { withSetupLock } = require('./setup-lock.cjs');

const root = path.resolve(__dirname, '..', '..');
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program in our place: same terminal, its exit status. @param {string} executable @param {string[]} args */
function become(executable, args) {
  const environment = {
    ...process.env,
    PATH: `${path.dirname(executable)}${path.delimiter}${process.env.PATH ?? ''}`,
  };
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, { stdio: 'inherit', env: environment });
    for (const signal of FORWARDED_SIGNALS) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

async function prepareElectron() {
  const { ensureElectronRuntime } = require('./electron-runtime.cjs');
  const { ensureElectronLibraries } = require('./system-packages.cjs');
  const runtime = await ensureElectronRuntime(root);
  await ensureElectronLibraries(runtime.executable);
}

async function prepareDisplay() {
  const { ensurePrograms, virtualDisplay } = require('./system-packages.cjs');
  const hasDisplay = Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  if (!hasDisplay) await ensurePrograms(virtualDisplay, 'A window without a display');
}

async function prepareDesktop() {
  const { ensurePrograms, desktopServices } = require('./system-packages.cjs');
  await ensurePrograms(desktopServices, 'A virtual desktop');
}

async function prepareBuild() {
  const status = await become(process.execPath, [path.join(root, 'scripts', 'build.mjs')]);
  if (status !== 0) throw new Error('the build failed');
}

const steps = {
  electron: prepareElectron,
  display: prepareDisplay,
  desktop: prepareDesktop,
  build: prepareBuild,
};

/**
 * Takes the steps that a command needs. The tests run even when a step failed, so that what cannot be
 * had shows as a failure and not as silence.
 * @param {{needs: string[], reportsFailedSetup?: boolean}} command
 * @returns {Promise<string[]>} the steps that failed
 */
async function prepare(command) {
  const { ensureDependencies } = require('./dependencies.cjs');
  await ensureDependencies(root);
  const failed = [];
  for (const need of command.needs) {
    try {
      await steps[need]();
    } catch (error) {
      if (!command.reportsFailedSetup) throw error;
      say(error.message);
      failed.push(need);
    }
  }
  return failed;
}

/** @param {string} name @param {string[]} args */
async function run(name, args) {
  const command = commands[name];
  if (!command) {
    throw new Error(`unknown command ${name}; known: ${Object.keys(commands).join(', ')}`);
  }
  if (!isNode24()) {
    const node = nodeExecutable(await withSetupLock(root, () => installNode24(root)));
    return become(node, [path.join(__dirname, 'run.cjs'), name, ...args]);
  }
  const failed = await withSetupLock(root, () => prepare(command));
  if (failed.length > 0) process.env.KEEL_FAILED_SETUP = failed.join(',');
  return become(process.execPath, [path.join(root, command.file), ...args]);
}

/** @param {string} name @param {string[]} args */
async function launch(name, args) {
  try {
    process.exitCode = await run(name, args);
  } catch (error) {
    process.stderr.write(`setup failed: ${error.message}\n`);
    process.exitCode = 1;
  }
}

module.exports = { launch };
