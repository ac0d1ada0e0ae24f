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

/** @param {{needs: string[]}} command */
async function prepare(command) {
  const { ensureDependencies } = require('./dependencies.cjs');
  await ensureDependencies(root);
  if (command.needs.includes('electron')) {
    const { ensureElectronRuntime } = require('./electron-runtime.cjs');
    const { ensureElectronLibraries } = require('./system-packages.cjs');
    const runtime = await ensureElectronRuntime(root);
    await ensureElectronLibraries(runtime.executable);
  }
  if (command.needs.includes('build')) {
    const build = path.join(root, 'scripts', 'build.mjs');
    const status = await become(process.execPath, [build]);
    if (status !== 0) throw new Error('the build failed');
  }
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
  try {
    await withSetupLock(root, () => prepare(command));
  } catch (error) {
    // The tests run all the same, so that what cannot be had shows as a failure and not as silence.
    if (!command.runsWithoutSetup) throw error;
    say(error.message);
  }
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
