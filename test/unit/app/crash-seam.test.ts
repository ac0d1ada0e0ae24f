import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCrashSeam } from '#main/app/crash-seam.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keel-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the crash seam', () => {
  it('is not there without a file', () => {
    expect(createCrashSeam(null)).toBeNull();
  });

  it('kills at the named point, once', () => {
    const file = join(folder, 'point.json');
    const kill = vi.fn();
    const reach = createCrashSeam(file, kill);
    reach?.('after-send');
    writeFileSync(file, JSON.stringify({ point: 'after-send' }));
    reach?.('before-send');
    expect(kill).not.toHaveBeenCalled();
    reach?.('after-send');
    reach?.('after-send');
    expect(kill).toHaveBeenCalledTimes(1);
    expect(existsSync(file)).toBe(false);
  });

  it.each(['', '{', '[]', 'null', '{"point":7}'])('ignores a file that holds %j', (text) => {
    const file = join(folder, 'point.json');
    writeFileSync(file, text);
    const kill = vi.fn();
    createCrashSeam(file, kill)?.('after-send');
    expect(kill).not.toHaveBeenCalled();
  });
});
