'use strict';
/** Set-up speaks on stderr only: stdout belongs to the command that runs afterwards. */
const { spawn } = require('node:child_process');
const path = require('node:path');

const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const REMIND_EVERY_MS = 10_000;
const KEPT_LINES = 25;

/** Programs that the set-up has started and that still run. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {Set<(pid: number) => void>} */
const listeners = new Set();

/** Calls back for each program that is started from now on. @param {(pid: number) => void} listener @returns {() => void} ends it */
function onProgram(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {import('node:child_process').ChildProcess} child */
function noteRunning(child) {
  running.add(child);
  if (child.pid) for (const listener of listeners) listener(child.pid);
}

/** Ends what runs, and waits until it is gone. */
async function stopPrograms() {
  const alive = [...running].filter(
    (child) => child.exitCode === null && child.signalCode === null,
  );
  const ends = alive.map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of alive) child.kill('SIGTERM');
  await Promise.all(ends);
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`setup: ${line}\n`);
}

/** The reason for a failure stands at the start or at the end. @param {string} output */
function shortened(output) {
  const lines = output.trim().split('\n');
  if (lines.length <= 2 * KEPT_LINES) return lines.join('\n');
  return [...lines.slice(0, KEPT_LINES), '…', ...lines.slice(-KEPT_LINES)].join('\n');
}

/**
 * Runs a program quietly, with a sign of life while it takes long. What it printed is part of the
 * error when it fails.
 * @param {string} what what is being done, for the progress line
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number}} [options]
 * @returns {Promise<string>} what it printed
 */
function runQuietly(what, command, args, options = {}) {
  const startedMs = Date.now();
  const elapsed = () => `${Math.round((Date.now() - startedMs) / 1000)} s`;
  say(`${what} …`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    noteRunning(child);
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const reminder = setInterval(() => say(`${what} … ${elapsed()}`), REMIND_EVERY_MS);
    const limit = options.timeoutMs
      ? setTimeout(() => {
          keep(`\nstopped after ${options.timeoutMs} ms`);
          child.kill('SIGKILL');
        }, options.timeoutMs)
      : undefined;
    const finish = (failure) => {
      running.delete(child);
      clearInterval(reminder);
      clearTimeout(limit);
      if (failure) {
        reject(failure);
        return;
      }
      say(`${what}: done in ${elapsed()}`);
      resolve(output);
    };
    child.on('error', (error) => finish(error));
    child.on('close', (code, signal) => {
      const failed = code !== 0;
      finish(
        failed ? new Error(`${what} failed (${signal ?? code})\n${shortened(output)}`) : undefined,
      );
    });
  });
}

/**
 * Runs a program in our place: same terminal, its exit status, our signals.
 * @param {string} executable @param {string[]} args
 * @returns {Promise<number>}
 */
function runProgramInPlace(executable, args) {
  const environment = {
    ...process.env,
    PATH: `${path.dirname(executable)}${path.delimiter}${process.env.PATH ?? ''}`,
  };
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, { stdio: 'inherit', env: environment });
    noteRunning(child);
    const forward = (signal) => child.kill(signal);
    for (const signal of FORWARDED_SIGNALS) process.on(signal, forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      running.delete(child);
      for (const name of FORWARDED_SIGNALS) process.removeListener(name, forward);
      resolve(signal ? 1 : (code ?? 1));
    });
  });
}

/** @returns {{command: string, prefix: string[]}} the npm that started us, run by this very Node */
function npmCommand() {
  const script = process.env.npm_execpath;
  return script && script.endsWith('.js')
    ? { command: process.execPath, prefix: [script] }
    : { command: 'npm', prefix: [] };
}

/**
 * @param {string} what
 * @param {string[]} args
 * @param {{cwd: string, env?: NodeJS.ProcessEnv}} options
 */
function runNpm(what, args, options) {
  const { command, prefix } = npmCommand();
  return runQuietly(what, command, [...prefix, ...args], options);
}

module.exports = { say, runQuietly, runNpm, runProgramInPlace, onProgram, stopPrograms };
