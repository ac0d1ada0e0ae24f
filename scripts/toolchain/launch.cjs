'use strict';
/** Node 24 first, then what the command needs, then the command. */
const path = require('node:path');
const { commands } = require('./commands.cjs');
const { isNode24 } = require('./node-24.cjs');
const { prepareCommand, prepareNode24 } = require('./prepare.cjs');
const { runProgramInPlace, stopPrograms } = require('./progress.cjs');
const { withSetupLock } = require('./setup-lock.cjs');

const root = path.resolve(__dirname, '..', '..');
const PARENT_POLL_MS = 500;
const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };

/**
 * npm passes a signal to the shell between us, which dies of it and tells nobody. So the death of our
 * parent is taken for the signal.
 */
function endWithParent() {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_POLL_MS);
  watch.unref();
}

/** What the set-up has started ends with it. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
async function interruptible(work) {
  const handlers = Object.entries(SIGNALS).map(([signal, number]) => {
    const handler = () => void stopPrograms().then(() => process.exit(128 + number));
    process.once(signal, handler);
    return { signal, handler };
  });
  try {
    return await withSetupLock(root, work);
  } finally {
    for (const { signal, handler } of handlers) process.removeListener(signal, handler);
  }
}

/** @param {string} name @param {string[]} args */
async function run(name, args) {
  const command = commands[name];
  if (!command) {
    throw new Error(`unknown command ${name}; known: ${Object.keys(commands).join(', ')}`);
  }
  if (!isNode24()) {
    const node = await interruptible(() => prepareNode24(root, command));
    return runProgramInPlace(node, [path.join(__dirname, 'run.cjs'), name, ...args]);
  }
  const failed = await interruptible(() => prepareCommand(root, command));
  if (failed.length > 0) process.env.KEEL_FAILED_SETUP = failed.join(',');
  return runProgramInPlace(process.execPath, [path.join(root, command.file), ...args]);
}

/** @param {string} name @param {string[]} args */
async function launch(name, args) {
  endWithParent();
  try {
    process.exitCode = await run(name, args);
  } catch (error) {
    process.stderr.write(`setup failed: ${error.message}\n`);
    process.exitCode = 1;
  }
}

module.exports = { launch };
