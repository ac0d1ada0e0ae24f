import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteAmount } from '#domain/units.ts';
import type { VisibleSettings } from '#domain/settings.ts';
import { readSettingsDocument, settingsDocument } from '#main/app/desk-files/settings-document.ts';
import { visibleSettings } from '#main/app/settings-service.ts';
import { DEFAULT_SETTINGS } from '#main/platform/default-settings.ts';

const usual = visibleSettings(DEFAULT_SETTINGS);
const facts = { appVersion: '0.1.0', writtenAtMs: 0 };
const other: VisibleSettings = {
  ...usual,
  theme: 'dark',
  sync: { ...usual.sync, maxRetries: 5 },
  capital: { ...usual.capital, confirmFrom: quoteAmount(50_500_000n), dailyCap: quoteAmount(1n) },
  watch: { ...usual.watch, warningHealthBps: 6_000 },
  desk: { ...usual.desk, tables: { vaults: { hidden: ['pnl'], sort: null } } },
};

function read(settings: unknown, change: object = {}, now = usual) {
  const document = { format: 'keel-settings', version: 1, settings, ...change };
  return readSettingsDocument(JSON.stringify(document), now);
}

function imported(settings: unknown, now = usual) {
  const outcome = read(settings, {}, now);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

it('reads back what it wrote, and tells each change with its unit', () => {
  const outcome = readSettingsDocument(settingsDocument(other, facts), usual);
  expect(outcome).toMatchObject({ ok: true, value: { next: other, refused: [] } });
  expect(outcome.ok && outcome.value.changes).toEqual([
    { field: 'theme', from: 'system', to: 'dark' },
    { field: 'sync.maxRetries', from: String(usual.sync.maxRetries), to: '5' },
    { field: 'capital.confirmFrom', from: '100.00 USD', to: '50.50 USD' },
    { field: 'capital.dailyCap', from: 'none', to: '0.000001 USD' },
    { field: 'watch.warningHealthBps', from: expect.any(String) as string, to: '60 %' },
    { field: 'desk.tables', from: '{}', to: '{"vaults":{"hidden":["pnl"],"sort":null}}' },
  ]);
});

it('holds no network, no endpoint and no address', () => {
  const text = settingsDocument(visibleSettings(DEFAULT_SETTINGS), facts);
  expect(text).not.toMatch(/https?:|wss?:|network|endpoint|genesis/i);
});

it('leaves as it is what the file does not name', () => {
  const { next, changes } = imported({ theme: 'light' }, other);
  expect(next).toEqual({ ...other, theme: 'light' });
  expect(changes).toHaveLength(1);
});

it('keeps a refused value as it is, takes the others, and says why', () => {
  const { next, refused } = imported(
    { theme: 'pink', notifications: 'yes', sync: { maxRetries: 4, heartbeatMs: -1 }, shell: 3 },
    other,
  );
  expect(next).toEqual({ ...other, sync: { ...other.sync, maxRetries: 4 } });
  expect(refused.join('\n')).toMatch(/theme is "pink".*it stays\./);
  expect(refused.join('\n')).toMatch(/notifications.*\n.*sync\.heartbeatMs|sync\.heartbeatMs/s);
  expect(refused.join('\n')).toMatch(/shell is no setting/);
});

it('refuses two values that cannot stand together, and both stay', () => {
  const watch = { criticalHealthBps: 7_000, warningHealthBps: 6_500 };
  const { next, changes, refused } = imported({ watch });
  expect(next).toEqual(usual);
  expect(changes).toEqual([]);
  expect(refused).toHaveLength(1);
});

it('refuses a value that cannot stand with what is there', () => {
  const { next, refused } = imported({ watch: { criticalHealthBps: 9_000 } });
  expect(next).toEqual(usual);
  expect(refused).toHaveLength(1);
});

it('imports no network, whatever the file says', () => {
  const { next, refused } = imported({ networks: [{ id: 'evil' }], theme: 'dark' });
  expect(next).toEqual({ ...usual, theme: 'dark' });
  expect(refused).toEqual(['networks: endpoints are never imported.']);
});

it('leaves out what this Keel has no setting for', () => {
  const { refused, changes } = imported({ sync: { warp: 9 }, colour: 'red' });
  expect(changes).toEqual([]);
  expect(refused).toEqual([
    expect.stringContaining('sync.warp') as string,
    expect.stringContaining('colour') as string,
  ]);
});

describe('a file that is none of Keel’s', () => {
  it.each([
    ['no JSON', '{"format": "keel-sett', /not JSON/],
    ['nothing', '', /not JSON/],
    ['another format', '{"format":"other","version":1,"settings":{}}', /not an export/],
    ['a settings file itself', '{"theme":"dark","networks":[]}', /not an export/],
    ['a list', '[]', /not an export/],
    ['a newer version', '{"format":"keel-settings","version":2,"settings":{}}', /newer Keel/],
  ])('is refused: %s', (_, text, why) => {
    expect(readSettingsDocument(text, usual)).toMatchObject({
      ok: false,
      error: { code: 'FILE_UNREADABLE', message: expect.stringMatching(why) as string },
    });
  });

  it('never breaks the reader, and never makes settings that are not sound', () => {
    const file = fc.oneof(
      fc.json(),
      fc
        .object()
        .map((settings) =>
          JSON.stringify({ format: 'keel-settings', version: 1, settings: { ...settings } }),
        ),
    );
    fc.assert(
      fc.property(file, (text) => {
        const outcome = readSettingsDocument(text, other);
        if (outcome.ok) expect(outcome.value.next).toEqual(other);
        else expect(outcome.error.code).toBe('FILE_UNREADABLE');
      }),
    );
  });
});
