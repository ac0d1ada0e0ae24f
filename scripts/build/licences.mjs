/**
 * The licences of everything whose code is in the application: of the packages in the bundles' own module graphs, of the
 * native module and of the runtime beside them.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { externalPackages } from './entries.mjs';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;
const NOT_A_TEXT = /\.(c?[jt]s|mjs|json|html)$/i;

/** @typedef {{name: string, version: string, licence: string, text: string}} Licence */

/**
 * The folder of the package that a module belongs to; null: it is the project's own, or made up by the bundler.
 * @param {string} id
 */
export function packageFolderOf(id) {
  const file = id.replace(/^\0/, '').split('?')[0] ?? '';
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return found?.[1] ?? null;
}

/**
 * Writes the list, sorted by name and version.
 * @param {string} root project folder
 * @param {Iterable<string>} folders of the packages in the bundles, absolute
 * @param {string} output absolute
 */
export function writeLicences(root, folders, output) {
  const beside = externalPackages.map((name) => join(root, 'node_modules', name));
  /** @type {Map<string, Licence>} */
  const licences = new Map();
  for (const folder of [...folders, ...beside]) {
    const licence = licenceOf(folder);
    licences.set(`${licence.name}@${licence.version}`, licence);
  }
  const sorted = [...licences.keys()].sort().map((key) => licences.get(key));
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, JSON.stringify(sorted));
  return sorted.length;
}

/** What a package is listed with that neither states a licence nor brings a known text; the tests let none pass. */
const UNSTATED = 'UNSTATED';
const KNOWN_TEXTS = [
  { licence: 'Apache-2.0', words: /Apache License\s+Version 2\.0/ },
  { licence: 'Unlicense', words: /free and unencumbered software released into the public domain/ },
  { licence: 'MIT', words: /Permission is hereby granted, free\s+of charge,\s+to any\s+person/ },
];
/** Asked for by the package's README; the file itself is not in the package. */
const NOTICES = new Map([
  [
    'lightweight-charts',
    'TradingView Lightweight Charts™\nCopyright (c) 2025 TradingView, Inc. https://www.tradingview.com/',
  ],
]);
/** As old packages wrote it, and as SPDX does. */
const SPDX_OF = new Map([
  ['Apache2', 'Apache-2.0'],
  ['MIT/X11', 'MIT'],
]);

/** @param {string} folder @returns {Licence} */
function licenceOf(folder) {
  const { name, version, license, licenses } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const text = [NOTICES.get(name), textsIn(folder)].filter(Boolean).join('\n\n');
  const read = KNOWN_TEXTS.find(({ words }) => words.test(text))?.licence;
  return { name, version, licence: spdxOf(license) ?? spdxOf(licenses) ?? read ?? UNSTATED, text };
}

/**
 * A name; or, as packages did it long ago, an object, or a list of either to choose from.
 * @param {unknown} stated
 * @returns {string | null}
 */
function spdxOf(stated) {
  if (typeof stated === 'string') return SPDX_OF.get(stated) ?? stated;
  if (Array.isArray(stated)) {
    const names = stated.map(spdxOf).filter((name) => name !== null);
    if (names.length < 2) return names[0] ?? null;
    return `(${names.join(' OR ')})`;
  }
  if (typeof stated !== 'object' || stated === null || !('type' in stated)) return null;
  return spdxOf(stated.type);
}

/** @param {string} folder */
function textsIn(folder) {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .filter((entry) => !NOT_A_TEXT.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim())
    .sort()
    .join('\n\n');
}
