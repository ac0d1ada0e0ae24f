'use strict';
/**
 * The system's own libraries and programs that Electron and its tests need on Linux. What is missing
 * is installed where that harms nobody (root in a container, or CI), and named everywhere else.
 */
const fs = require('node:fs');
const { spawnSync } = require('node:child_process');
const { runQuietly, say } = require('./progress.cjs');

/** The libraries that stand for all that Electron loads, and the package of each. */
const electronLibraries = {
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libasound.so.2': 'libasound2',
  'libgbm.so.1': 'libgbm1',
  'libnotify.so.4': 'libnotify4',
  'libXss.so.1': 'libxss1',
  'libXtst.so.6': 'libxtst6',
};
const compiler = { 'g++': 'g++', make: 'make', python3: 'python3' };
const virtualDisplay = { Xvfb: 'xvfb' };
const sessionBus = { 'dbus-daemon': 'dbus' };

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

/** No init system of its own: a container or a machine for one task, and nobody's desktop. */
function isContainer() {
  const marks = ['/.dockerenv', '/run/.containerenv', '/run/systemd/container'];
  return marks.some((mark) => fs.existsSync(mark)) || !fs.existsSync('/run/systemd/system');
}

function isInstallingHarmless() {
  const isRoot = process.getuid?.() === 0;
  return isRoot && hasProgram('apt-get') && (isContainer() || process.env.CI === 'true');
}

/** @typedef {{name: string, debian: string}} Missing a program or library, and what brings it */

/** @param {Record<string, string>} programs program → package @returns {Missing[]} */
function missingPrograms(programs) {
  return Object.entries(programs)
    .filter(([program]) => !hasProgram(program))
    .map(([name, debian]) => ({ name, debian }));
}

/** From the loader's own list; nothing where there is none to ask. @returns {Missing[]} */
function missingElectronLibraries() {
  const search = `${process.env.PATH ?? ''}:/sbin:/usr/sbin`;
  const env = { ...process.env, PATH: search };
  const { status, stdout } = spawnSync('ldconfig', ['-p'], { encoding: 'utf8', env });
  if (status !== 0 || !stdout.includes('libc.so')) return [];
  return Object.entries(electronLibraries)
    .filter(([library]) => !stdout.includes(`${library} `))
    .map(([name, debian]) => ({ name, debian }));
}

/**
 * Everything that is missing for what a command needs, asked before anything is fetched.
 * @param {string[]} needs electron, display, desktop: as in commands.cjs
 * @param {{compiles: boolean}} options whether a module has to be compiled for the Electron at hand
 * @returns {Missing[]}
 */
function missingFromSystem(needs, { compiles }) {
  if (process.platform !== 'linux') return [];
  const hasDisplay = Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  const wantsDisplay = needs.includes('desktop') || (needs.includes('display') && !hasDisplay);
  return [
    ...(needs.includes('electron') ? missingElectronLibraries() : []),
    ...(wantsDisplay ? missingPrograms(virtualDisplay) : []),
    ...(needs.includes('desktop') ? missingPrograms(sessionBus) : []),
    ...(compiles ? missingPrograms(compiler) : []),
  ];
}

/** @param {Missing[]} missing */
function namesOf(missing) {
  return [...new Set(missing.map(({ name }) => name))].join(', ');
}

/** @param {Missing[]} missing */
function adviceFor(missing) {
  const names = namesOf(missing);
  const packages = [...new Set(missing.map((item) => currentName(item.debian)))].join(' ');
  const command = `apt-get install -y ${packages}`;
  return hasProgram('apt-get')
    ? `this system lacks ${names}. Install it with one command:\n  sudo ${command}`
    : `this system lacks ${names}. On Debian and Ubuntu: sudo ${command}; elsewhere the packages of the same programs.`;
}

/**
 * Installs what is missing where that harms nobody.
 * @param {Missing[]} missing
 * @throws Error that names it with the one command that installs it, everywhere else
 */
async function installFromSystem(missing) {
  if (missing.length === 0) return;
  if (!isInstallingHarmless()) throw new Error(adviceFor(missing));
  say(`this system lacks ${namesOf(missing)}: installing it`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const patience = ['-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120'];
  await runQuietly('apt-get update', 'apt-get', [...patience, 'update', '-q'], { env });
  const packages = [...new Set(missing.map((item) => currentName(item.debian)))];
  const install = [...patience, 'install', '-qy', '--no-install-recommends', ...packages];
  await runQuietly(`apt-get install ${packages.join(' ')}`, 'apt-get', install, { env });
}

/**
 * The last word on whether this executable can load.
 * @param {string} executable
 */
async function ensureElectronLoads(executable) {
  if (process.platform !== 'linux') return;
  const missing = missingLibraries(executable);
  if (missing.length === 0) return;
  const name = missing.join(', ');
  const lacking = Object.values(electronLibraries).map((debian) => ({ name, debian }));
  await installFromSystem(lacking);
  const still = missingLibraries(executable);
  if (still.length > 0) throw new Error(`Electron still lacks ${still.join(', ')}`);
}

module.exports = {
  adviceFor,
  ensureElectronLoads,
  installFromSystem,
  isInstallingHarmless,
  missingFromSystem,
};
