/** What moves capital is reached by one way only, and that way asks the gate (M4). */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { productSources } from '#scripts/commands/boundary-check.ts';

const root = resolve(import.meta.dirname, '../..');
const sources = productSources(root).map((file) => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
}));

/** The files of the main side that match, below the folder. */
const filesWith = (pattern: RegExp, folder = 'src-main/'): string[] =>
  sources
    .filter(({ file, text }) => file.startsWith(folder) && pattern.test(text))
    .map(({ file }) => file)
    .sort();

/** What a venue does with money, called on anything that may be one. */
const ON_A_VENUE = (act: string): RegExp =>
  new RegExp(String.raw`\b(?:\w*[vV]enue|value|look)(?:\.\w+)*\??\.${act}\(`);

describe('the ways to the money', () => {
  it('sees the sources', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(filesWith(ON_A_VENUE('send'))).not.toEqual([]);
  });

  it.each([
    ['sign', ['src-main/engine/capital/guarded-venue.ts', 'src-main/engine/capital/send-steps.ts']],
    ['send', ['src-main/engine/capital/guarded-venue.ts', 'src-main/engine/capital/send-steps.ts']],
    [
      'approve',
      ['src-main/engine/capital/guarded-venue.ts', 'src-main/engine/capital/prepare-steps.ts'],
    ],
    [
      'build',
      ['src-main/engine/capital/guarded-venue.ts', 'src-main/engine/capital/prepare-steps.ts'],
    ],
  ])('only an operation has a venue %s', (act, files) => {
    expect(filesWith(ON_A_VENUE(act))).toEqual(files);
  });

  it('a venue is opened by the engine’s capital alone', () => {
    expect(filesWith(/\bcapitalVenueFor\(/)).toEqual(['src-main/engine/capital/venues.ts']);
    expect(filesWith(/\bCapitalVenue\b/, 'src-main/engine/').sort()).toEqual([
      'src-main/engine/capital/guarded-venue.ts',
      'src-main/engine/capital/look.ts',
      'src-main/engine/capital/request-operation.ts',
      'src-main/engine/capital/send-steps.ts',
      'src-main/engine/capital/venues.ts',
      'src-main/engine/ports.ts',
    ]);
  });

  it('paper money is changed where the gate is asked, and where a vault is made', () => {
    expect(filesWith(/\bledger\.append\(/, 'src-main/engine/')).toEqual([
      'src-main/engine/vaults/paper-commands.ts',
      'src-main/engine/vaults/vault-commands.ts',
    ]);
  });

  it('the gate is judged by one function, and asked of one place in the engine', () => {
    expect(filesWith(/\b(?:tradingGate|gateInputsOf)\(/, 'src-main/engine/')).toEqual([
      'src-main/engine/risk/gatekeeper.ts',
    ]);
    for (const file of [
      'src-main/engine/capital/ask-gate.ts',
      'src-main/engine/vaults/paper-commands.ts',
      'src-main/engine/vaults/trading-commands.ts',
    ]) {
      expect(filesWith(/\bgate\b[^;]*\.(?:refusal|answer)\(/s)).toContain(file);
    }
    expect(filesWith(/\brefusalByGate\(/, 'src-main/engine/')).toEqual([
      'src-main/engine/capital/ask-gate.ts',
      'src-main/engine/capital/capital-desk.ts',
      'src-main/engine/capital/operation-run.ts',
    ]);
  });
});
