import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TRAY_STATES } from '#main/app/tray-model.ts';

const folder = path.resolve(import.meta.dirname, '../../../resources/tray');

/** Edge length as the file itself says it; the header's chunk comes first and has it at a fixed place. */
const edgeOf = (picture: Buffer): readonly number[] => [
  picture.readUInt32BE(16),
  picture.readUInt32BE(20),
];

describe('the pictures of the tray', () => {
  it.each([
    { suffix: '.png', edge: 32 },
    { suffix: '@2x.png', edge: 64 },
    { suffix: 'Template.png', edge: 16 },
    { suffix: 'Template@2x.png', edge: 32 },
  ])('are there for every state, each another one ($suffix)', ({ suffix, edge }) => {
    const pictures = TRAY_STATES.map((state) => readFileSync(path.join(folder, state + suffix)));
    expect(pictures.map(edgeOf)).toEqual(pictures.map(() => [edge, edge]));
    expect(new Set(pictures.map(String)).size).toBe(TRAY_STATES.length);
  });
});
