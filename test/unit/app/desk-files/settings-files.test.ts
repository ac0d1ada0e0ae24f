import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import { partFilesIn } from '#main/app/desk-files/part-files.ts';
import { settingsDocument } from '#main/app/desk-files/settings-document.ts';
import { createSettingsFiles } from '#main/app/desk-files/settings-files.ts';
import { visibleSettings } from '#main/app/settings-service.ts';
import { DEFAULT_SETTINGS } from '#main/platform/default-settings.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

const usual = visibleSettings(DEFAULT_SETTINGS);
const dark: VisibleSettings = { ...usual, theme: 'dark' };
const facts = { appVersion: '0.1.0', writtenAtMs: 0 };

function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'keel-settings-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'mine.json');
  let now = usual;
  let lastId = 0;
  const parts = {
    clock: new FakeClock(Date.UTC(2026, 10, 22)),
    appVersion: '0.1.0',
    partFiles: partFilesIn(join(folder, '.parts.json')),
    noteActivity: vi.fn(),
    newId: () => `token-${(lastId += 1)}`,
    current: () => now,
    update: vi.fn((next: VisibleSettings): Promise<Result<VisibleSettings, KeelError>> => {
      now = next;
      return Promise.resolve(ok(next));
    }),
    askWhereToSave: vi.fn<(name: string) => Promise<string | null>>(() => Promise.resolve(file)),
    askWhatToOpen: vi.fn((): Promise<string | null> => Promise.resolve(file)),
  };
  const change = (next: VisibleSettings) => void (now = next);
  return { folder, file, parts, change, files: createSettingsFiles(parts) };
}

async function previewed({ file, files }: ReturnType<typeof bench>) {
  writeFileSync(file, settingsDocument(dark, facts));
  const preview = await files.previewImport();
  if (!preview.ok || preview.value === null) throw new Error('no preview');
  return preview.value;
}

it('writes the settings and names the file after the day', async () => {
  const { files, file, folder, parts } = bench();
  expect(await files.exportFile()).toEqual(ok('mine.json'));
  expect(parts.askWhereToSave).toHaveBeenCalledWith('keel-settings-2026-11-22.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'keel-settings' });
  expect(readdirSync(folder)).toEqual(['mine.json']);
});

it('says why the file could not be written', async () => {
  const { files, parts, folder } = bench();
  parts.askWhereToSave.mockResolvedValue(join(folder, 'gone', 'mine.json'));
  expect(await files.exportFile()).toMatchObject({ error: { code: 'EXPORT_FAILED' } });
  expect(existsSync(join(folder, 'gone'))).toBe(false);
});

it('changes nothing by a preview, and what was shown by applying it', async () => {
  const rig = bench();
  const preview = await previewed(rig);
  expect(preview).toMatchObject({ fileName: 'mine.json', changes: [{ field: 'theme' }] });
  expect(rig.parts.update).not.toHaveBeenCalled();
  expect(await rig.files.applyImport(preview.token)).toEqual(ok(null));
  expect(rig.parts.update).toHaveBeenCalledExactlyOnceWith(dark);
  expect(await rig.files.applyImport(preview.token)).toMatchObject({ ok: false });
});

it('applies nothing under another token, and nothing that was not shown last', async () => {
  const rig = bench();
  const first = await previewed(rig);
  await previewed(rig);
  expect(await rig.files.applyImport('guess')).toMatchObject({ ok: false });
  expect(await rig.files.applyImport(first.token)).toMatchObject({ ok: false });
  expect(rig.parts.update).not.toHaveBeenCalled();
});

it('applies nothing when the settings have changed since', async () => {
  const rig = bench();
  const { token } = await previewed(rig);
  rig.change({ ...usual, notifications: false });
  expect(await rig.files.applyImport(token)).toMatchObject({ error: { remedy: 'retry' } });
  expect(rig.parts.update).not.toHaveBeenCalled();
});

it('hands on the trader’s no to looser limits, and can be tried again', async () => {
  const rig = bench();
  const { token } = await previewed(rig);
  const no = keelError('SETTINGS_INVALID', 'operator', 'Kept.', 'Agree.');
  rig.parts.update.mockResolvedValueOnce(err(no));
  expect(await rig.files.applyImport(token)).toEqual(err(no));
  expect(await rig.files.applyImport(token)).toEqual(ok(null));
});

it('does nothing when no file is chosen', async () => {
  const { files, parts } = bench();
  parts.askWhatToOpen.mockResolvedValue(null);
  parts.askWhereToSave.mockResolvedValue(null);
  expect(await files.previewImport()).toEqual(ok(null));
  expect(await files.exportFile()).toEqual(ok(null));
});

it('refuses a file that is gone or far too large', async () => {
  const { files, file } = bench();
  expect(await files.previewImport()).toMatchObject({ error: { code: 'FILE_UNREADABLE' } });
  writeFileSync(file, ' '.repeat(1_000_001));
  expect(await files.previewImport()).toMatchObject({ error: { code: 'FILE_UNREADABLE' } });
});
