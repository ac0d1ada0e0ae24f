/**
 * Builds what has changed into dist/. `--force` builds everything, `--only NAME[,NAME]` just those.
 * Progress goes to stderr, so that a command's own output stays alone on stdout.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildNodeBundle, buildPage } from './build/bundle.mjs';
import { nodeEntries, pageEntries } from './build/entries.mjs';
import { writeLicences } from './build/licences.mjs';
import { fingerprint, readBuildRecord, writeBuildRecord } from './build/fingerprint.mjs';

const root = resolve(import.meta.dirname, '..');
const recordPath = join(root, 'dist', '.build-record.json');
const buildSources = [
  'package-lock.json',
  'scripts/build.mjs',
  ...readdirSync(join(root, 'scripts/build')).map((name) => `scripts/build/${name}`),
];

const { values: options } = parseArgs({
  options: { force: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const only = options.only?.split(',');

/** @param {string} line */
function say(line) {
  process.stderr.write(`build: ${line}\n`);
}

const record = readBuildRecord(recordPath);

/** @param {{name: string, output: string}} entry */
function isCurrent(entry) {
  const last = record[entry.name];
  if (options.force || !last?.packages || !existsSync(join(root, entry.output))) return false;
  return last.hash === fingerprint([...last.files, ...buildSources], root);
}

/**
 * @param {{name: string, source: string, output: string}} entry
 * @param {() => Promise<import('./build/bundle.mjs').BundleParts>} run
 */
async function buildIfNeeded(entry, run) {
  if (only && !only.includes(entry.name)) return;
  if (!existsSync(join(root, entry.source))) {
    say(`${entry.name} skipped: ${entry.source} does not exist`);
    return;
  }
  if (isCurrent(entry)) return;
  const startedMs = performance.now();
  const { files, packages } = await run();
  record[entry.name] = { files, packages, hash: fingerprint([...files, ...buildSources], root) };
  say(`${entry.name} → ${entry.output} (${Math.round(performance.now() - startedMs)} ms)`);
}

const outcomes = await Promise.allSettled([
  ...nodeEntries.map((entry) => buildIfNeeded(entry, () => buildNodeBundle(root, entry))),
  ...pageEntries.map((entry) => buildIfNeeded(entry, () => buildPage(root, entry))),
]);
writeBuildRecord(recordPath, record);
gatherLicences();

/** Of what is packaged: the command lines are not. */
function gatherLicences() {
  const packaged = [...nodeEntries, ...pageEntries].filter(
    ({ output }) => !output.startsWith('dist/cli/'),
  );
  // Without all bundles nobody knows what is in them.
  if (!packaged.every(({ name }) => record[name]?.packages)) return;
  const folders = packaged.flatMap(({ name }) => record[name]?.packages ?? []);
  writeLicences(root, new Set(folders), join(root, 'dist', 'licences.json'));
}

for (const outcome of outcomes) {
  if (outcome.status === 'rejected') {
    say(`failed: ${outcome.reason?.message ?? outcome.reason}`);
    process.exitCode = 1;
  }
}
