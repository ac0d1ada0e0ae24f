'use strict';
/**
 * The system's own libraries and programs that Electron and its tests need on Linux. What is missing
 * is installed where that harms nobody (root in a container, or CI), and named everywhere else.
 */
const fs = require('node:fs');
const { spawnSync } = require('node:child_process');
const { runQuietly, say } = require('./progress.cjs');

const electronPackages = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libnotify4',
  'libxss1',
  'libxtst6',
];
const compilerPackages = ['g++', 'make', 'python3'];

/** @param {string} program */
function hasProgram(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** @param {string} executable @returns {string[]} the shared libraries that the loader does not find */
function missingLibraries(executable) {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return (stdout ?? '')
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0]);
}

/** Newer releases renamed some packages for their 64-bit time. @param {string} name */
function currentName(name) {
  const renamed = `${name}t64`;
  const { stdout } = spawnSync('apt-cache', ['policy', renamed], { encoding: 'utf8' });
  return (stdout ?? '').includes('Candidate: ') && !stdout.includes('Candidate: (none)')
    ? renamed
    : name;
}

function isInstallingHarmless() {
  const isRoot = process.getuid?.() === 0;
  const inContainer = fs.existsSync('/.dockerenv') || fs.existsSync('/run/.containerenv');
  return isRoot && hasProgram('apt-get') && (inContainer || process.env.CI === 'true');
}

/** @param {string} reason @param {string[]} packages */
async function installOrName(reason, packages) {
  if (!isInstallingHarmless()) {
    const names = packages.map(currentName).join(' ');
    throw new Error(`${reason}. Install it with:\n  sudo apt-get install ${names}`);
  }
  say(`${reason}: installing ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runQuietly('apt-get update', 'apt-get', ['update', '-q'], { env });
  const install = ['install', '-qy', '--no-install-recommends', ...packages.map(currentName)];
  await runQuietly('apt-get install', 'apt-get', install, { env });
}

/**
 * What the given programs need, by Debian package.
 * @param {Record<string, string>} programs program → package
 * @param {string} purpose for the message
 */
async function ensurePrograms(programs, purpose) {
  if (process.platform !== 'linux') return;
  const missing = Object.keys(programs).filter((program) => !hasProgram(program));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => programs[program]))];
  await installOrName(`${purpose} needs ${missing.join(', ')}`, packages);
}

/** @param {string} executable */
async function ensureElectronLibraries(executable) {
  if (process.platform !== 'linux') return;
  const missing = missingLibraries(executable);
  if (missing.length === 0) return;
  await installOrName(`Electron needs ${missing.join(', ')}`, electronPackages);
  const still = missingLibraries(executable);
  if (still.length > 0) throw new Error(`Electron still lacks ${still.join(', ')}`);
}

function ensureCompiler() {
  return ensurePrograms(
    Object.fromEntries(compilerPackages.map((name) => [name, name])),
    'Compiling the database module for this Electron',
  );
}

const virtualDisplay = { Xvfb: 'xvfb' };
const desktopServices = { ...virtualDisplay, 'dbus-daemon': 'dbus' };

module.exports = {
  ensureCompiler,
  ensureElectronLibraries,
  ensurePrograms,
  virtualDisplay,
  desktopServices,
};
