import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { keelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import { unixMs } from '#domain/units.ts';
import { updateSettings, visibleSettings } from '#main/app/settings-service.ts';
import { DEFAULT_SETTINGS } from '#main/platform/default-settings.ts';
import { openSettingsFile } from '#main/platform/settings-file.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

// Outside Electron the package would look for its binary.
vi.mock('electron', () => ({ default: {} }));

const usual = visibleSettings(DEFAULT_SETTINGS);

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'keel-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clock = { nowMs: () => unixMs(0) };
  const file = openSettingsFile({ folder, appVersion: '0.1.0', clock, logger: silentLogger });
  const gate = { pass: vi.fn(() => Promise.resolve(ok(null))) };
  return { file, gate, onChange: vi.fn() };
}

it('writes thresholds and quiet hours, and passes on what counts now', async () => {
  const { file, gate, onChange } = open();
  const quietHours = { enabled: true, fromMinute: 60, toMinute: 120 };
  const next = {
    ...usual,
    watch: { ...usual.watch, criticalHealthBps: 3_000 },
    shell: { ...usual.shell, quietHours, logLevel: 'debug' as const },
  };
  expect(await updateSettings(file, gate, next, onChange)).toEqual(ok(next));
  expect(onChange).toHaveBeenCalledExactlyOnceWith(next);
  expect(file.current()).toEqual({ ...DEFAULT_SETTINGS, ...next });
});

it.each([
  ['watch.criticalHealthBps', { watch: { ...usual.watch, criticalHealthBps: 5_000 } }],
  ['watch.maxSlotLag', { watch: { ...usual.watch, maxSlotLag: 0 } }],
  ['sync.heartbeatMs', { sync: { ...usual.sync, heartbeatMs: 60_000 } }],
  [
    'shell.quietHours.toMinute',
    { shell: { ...usual.shell, quietHours: { ...usual.shell.quietHours, toMinute: 1_440 } } },
  ],
])('refuses %s out of order before anybody is asked', async (field, change) => {
  const { file, gate, onChange } = open();
  const refused = await updateSettings(file, gate, { ...usual, ...change }, onChange);
  expect(refused).toMatchObject({ ok: false, error: { code: 'SETTINGS_INVALID' } });
  expect(refused.ok ? '' : refused.error.message).toContain(`${field} is `);
  expect(gate.pass).not.toHaveBeenCalled();
  expect(onChange).not.toHaveBeenCalled();
  expect(file.current()).toEqual(DEFAULT_SETTINGS);
});

it('changes nothing where the trader keeps the limits', async () => {
  const { file, onChange } = open();
  const kept = keelError('SETTINGS_INVALID', 'operator', 'Not changed.', 'Agree.');
  const gate = { pass: () => Promise.resolve(err(kept)) };
  const next = { ...usual, theme: 'dark' as const };
  expect(await updateSettings(file, gate, next, onChange)).toEqual(err(kept));
  expect(file.current().theme).toBe('system');
  expect(onChange).not.toHaveBeenCalled();
});
