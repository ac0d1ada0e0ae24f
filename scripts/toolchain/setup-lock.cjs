'use strict';
/**
 * Two commands started at once must not both install: the second waits for the first. The lock names
 * its holder and the programs that the holder has started, for a holder that is killed leaves those
 * running; it is free when none of them lives any more.
 */
const fs = require('node:fs');
const path = require('node:path');
const { say, onProgram } = require('./progress.cjs');

const POLL_MS = 300;
const WRITING_LIMIT_MS = 5_000;

/**
 * When a process was started, in the kernel's ticks: a number that was given to another process since
 * is told apart by it.
 * @param {number} pid
 * @returns {string} empty where the system does not say
 */
function startOf(pid) {
  try {
    const status = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

/** @param {number} pid */
function entryOf(pid) {
  return `${pid} ${startOf(pid)}\n`;
}

/** @param {string} entry a line of the lock */
function isAlive(entry) {
  const [number, started] = entry.split(' ');
  const pid = Number(number);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return startOf(pid) === (started ?? '');
}

/** @param {string} file @returns {string | undefined} */
function contentOf(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param {string} file @returns {boolean} */
function tryTake(file) {
  try {
    fs.writeFileSync(file, entryOf(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** A lock is created first and written to then. @param {string} file @param {string} content */
function isBeingWritten(file, content) {
  if (content.endsWith('\n')) return false;
  const written = fs.statSync(file, { throwIfNoEntry: false });
  return written !== undefined && Date.now() - written.mtimeMs < WRITING_LIMIT_MS;
}

/**
 * Removes a lock that nobody holds. Moved aside first, and put back when it turns out to be another one:
 * a third process may have taken the lock since it was read.
 * @param {string} file @param {string} content what was read
 */
function removeAbandoned(file, content) {
  const aside = `${file}.abandoned-${process.pid}`;
  try {
    fs.renameSync(file, aside);
    if (contentOf(aside) !== content) fs.copyFileSync(aside, file, fs.constants.COPYFILE_EXCL);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

/** @param {string} file */
async function take(file) {
  let told = false;
  while (!tryTake(file)) {
    const content = contentOf(file);
    if (content === undefined) continue;
    const holder = content.split('\n').find((entry) => entry !== '' && isAlive(entry));
    if (holder === undefined && !isBeingWritten(file, content)) {
      removeAbandoned(file, content);
      continue;
    }
    if (holder !== undefined && !told) {
      say(`waiting for another set-up of this folder (process ${holder.split(' ')[0]})`);
      told = true;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/**
 * Runs the work alone on this project folder.
 * @template T
 * @param {string} root
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withSetupLock(root, work) {
  const file = path.join(root, '.tools', 'setup.lock');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await take(file);
  const forget = onProgram((pid) => fs.appendFileSync(file, entryOf(pid)));
  try {
    return await work();
  } finally {
    forget();
    fs.rmSync(file, { force: true });
  }
}

module.exports = { withSetupLock };
