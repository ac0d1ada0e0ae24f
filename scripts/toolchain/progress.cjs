'use strict';
/** Set-up speaks on stderr only: stdout belongs to the command that runs afterwards. */
const { spawn } = require('node:child_process');

const REMIND_EVERY_MS = 10_000;
const KEPT_LINES = 25;

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

/** @returns {{command: string, prefix: string[]}} the npm that started us, run by this very Node */
function npmCommand() {
  const path = process.env.npm_execpath;
  return path && path.endsWith('.js')
    ? { command: process.execPath, prefix: [path] }
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

module.exports = { say, runQuietly, runNpm };
