/** What the About screen lists against what the bundles themselves say they were made of: their source maps. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { loadLicences } from '#main/app/desk-files/licence-list.ts';

const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'dist');
const mapSchema = z.object({ sources: z.array(z.string()) });
const packageSchema = z.object({ name: z.string(), version: z.string() });

async function listed() {
  const answer = await loadLicences(dist);
  if (!answer.ok) throw new Error('Run `npm run build` first: dist/licences.json is missing');
  return answer.value.licences;
}

/** Name and version of every package with a line of its code in a bundle. */
function inTheMaps(): ReadonlySet<string> {
  const maps = ['main', 'renderer', 'signer-window'].flatMap((part) =>
    readdirSync(join(dist, part), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.map'))
      .map((name) => join(dist, part, name)),
  );
  const folders = maps.flatMap((map) =>
    mapSchema
      .parse(JSON.parse(readFileSync(map, 'utf8')))
      .sources.map((source) => packageFolderOf(resolve(dirname(map), source)))
      .filter((folder) => folder !== null),
  );
  return new Set([...new Set(folders)].map(nameIn));
}

/** Said here once more: the build must not judge itself. */
function packageFolderOf(file: string): string | null {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? null;
}

function nameIn(folder: string): string {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { name, version } = packageSchema.parse(JSON.parse(text));
  return `${name}@${version}`;
}

it('lists every package whose code is in a bundle, in the version that is there', async () => {
  const names = new Set((await listed()).map(({ name, version }) => `${name}@${version}`));
  const built = inTheMaps();
  expect(built.size).toBeGreaterThan(50);
  expect([...built].filter((name) => !names.has(name))).toEqual([]);
});

it('lists the runtime and the native module, which lie beside the bundles', async () => {
  const names = (await listed()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['electron', 'better-sqlite3']));
});

it('lists no package twice, and none that is not installed', async () => {
  const names = (await listed()).map(({ name, version }) => `${name}@${version}`);
  expect(new Set(names).size).toBe(names.length);
  const missing = (await listed()).filter(
    ({ name }) => !existsSync(join(root, 'node_modules', name, 'package.json')),
  );
  // A package may lie within another one alone.
  expect(missing.length).toBeLessThan(names.length / 10);
});

it('names the licence of each, and holds its text where the package brings one', async () => {
  const licences = await listed();
  expect(licences.filter(({ licence }) => licence === 'UNSTATED')).toEqual([]);
  const textless = licences.filter(({ text }) => text === '').map(({ licence }) => licence);
  expect(new Set(textless)).toEqual(
    new Set(textless.filter((name) => /MIT|Apache-2\.0/.test(name))),
  );
  expect(textless.length).toBeLessThan(20);
});

it('takes in nothing that would bind the whole to its own terms', async () => {
  const binding = (await listed()).filter(({ licence }) => /GPL|EUPL|MPL|SSPL/.test(licence));
  expect(binding.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
});

it('holds the notice that TradingView asks for', async () => {
  const charts = (await listed()).find(({ name }) => name === 'lightweight-charts');
  expect(charts).toMatchObject({ licence: 'Apache-2.0' });
  expect(charts?.text).toContain('TradingView, Inc. https://www.tradingview.com/');
});

it('says so when the list is not there', async () => {
  expect(await loadLicences(join(root, 'nowhere'))).toMatchObject({
    ok: false,
    error: { code: 'FILE_UNREADABLE' },
  });
});
