import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setAutostart } from '#main/app/autostart-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keel-autostart-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('starting at login on Linux', () => {
  it('is a file that starts Keel in the tray, and goes with the setting', () => {
    const autostart = path.join(folder, 'not', 'there', 'yet');
    const file = path.join(autostart, 'keel.desktop');
    setAutostart(true, autostart, ['/opt/Keel/keel']);
    expect(readFileSync(file, 'utf8')).toMatch(/^\[Desktop Entry\]\nType=Application\n/);
    expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Keel/keel" "--hidden"\n');
    setAutostart(false, autostart, ['/opt/Keel/keel']);
    expect(existsSync(file)).toBe(false);
    setAutostart(false, autostart, []);
  });

  it('keeps an odd path one argument, which no shell and no field code changes', () => {
    setAutostart(true, folder, [String.raw`/home/a "b" $c 100% \d/keel`]);
    expect(readFileSync(path.join(folder, 'keel.desktop'), 'utf8')).toContain(
      String.raw`Exec="/home/a \\"b\\" \\$c 100%% \\\\d/keel" "--hidden"`,
    );
  });
});
