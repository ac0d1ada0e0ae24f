'use strict';
/** Makes ready what a command needs; whatever does not depend on each other runs at the same time. */
const path = require('node:path');
const { ensureDependencies } = require('./dependencies.cjs');
const { ensureElectronRuntime, isOfficialWithinReach } = require('./electron-runtime.cjs');
const { installNode24, nodeExecutable } = require('./node-24.cjs');
const { runProgramInPlace, say } = require('./progress.cjs');
const system = require('./system-packages.cjs');
const unofficial = require('./unofficial-electron.cjs');

/** @typedef {{needs: string[], reportsFailedSetup?: boolean}} Command as in commands.cjs */

/** Waits for all, and fails like the first that failed. @template T @param {Promise<T>[]} works */
async function together(works) {
  const outcomes = await Promise.allSettled(works);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
  return outcomes.map((outcome) => outcome.value);
}

/**
 * What comes from the system and from the network without needing anything in place.
 * @param {string} root @param {Command} command
 * @returns {Promise<{system: Promise<void>, archive: Promise<void>}>} both under way
 * @throws Error at once when something is missing that only the user can install
 */
async function startFetching(root, command) {
  const isUnofficial =
    command.needs.includes('electron') &&
    unofficial.isUnofficialElectronKnown() &&
    !(await isOfficialWithinReach(root));
  const compiles = isUnofficial && unofficial.isCompilerNeeded(root);
  const missing = system.missingFromSystem(command.needs, { compiles });
  if (missing.length > 0 && !command.reportsFailedSetup && !system.isInstallingHarmless()) {
    throw new Error(system.adviceFor(missing));
  }
  const fetching = {
    system: system.installFromSystem(missing),
    archive: isUnofficial ? unofficial.fetchUnofficialElectron(root) : Promise.resolve(),
  };
  // They are waited for later; until then a failure is nobody's surprise.
  for (const work of Object.values(fetching)) work.catch(() => {});
  return fetching;
}

/**
 * Under a Node that is too old: fetches Node 24 and everything else that has to be fetched.
 * @param {string} root @param {Command} command
 * @returns {Promise<string>} the executable of Node 24
 */
async function prepareNode24(root, command) {
  const fetching = await startFetching(root, command);
  const [folder] = await together([
    installNode24(root),
    ensureDependencies(root),
    // Asked again, and answered for, under Node 24.
    fetching.system.catch(() => {}),
    fetching.archive.catch(() => {}),
  ]);
  return nodeExecutable(folder);
}

/**
 * Under Node 24: makes everything ready. The tests run even when a step failed, so that what cannot be
 * had shows as a failure and not as silence.
 * @param {string} root @param {Command} command
 * @returns {Promise<string[]>} the steps that failed
 */
async function prepareCommand(root, command) {
  const failed = [];
  /** @param {string} step @param {Promise<unknown>} work */
  const report = async (step, work) => {
    try {
      await work;
    } catch (error) {
      if (!command.reportsFailedSetup) throw error;
      say(error.message);
      failed.push(step);
    }
  };
  const fetching = await startFetching(root, command);
  await ensureDependencies(root);
  const works = [report('system', fetching.system)];
  if (command.needs.includes('electron')) {
    works.push(report('electron', prepareElectron(root, fetching.system)));
  }
  if (command.needs.includes('build')) works.push(report('build', build(root)));
  await together(works);
  return failed;
}

/** @param {string} root @param {Promise<void>} systemReady */
async function prepareElectron(root, systemReady) {
  const settled = systemReady.catch(() => {});
  const runtime = await ensureElectronRuntime(root, settled);
  await settled;
  await system.ensureElectronLoads(runtime.executable);
}

/** @param {string} root */
async function build(root) {
  const script = path.join(root, 'scripts', 'build.mjs');
  if ((await runProgramInPlace(process.execPath, [script])) !== 0) {
    throw new Error('the build failed');
  }
}

module.exports = { prepareCommand, prepareNode24 };
