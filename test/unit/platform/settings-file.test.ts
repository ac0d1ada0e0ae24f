import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { quoteAmount, unixMs } from '#domain/units.ts';
import type { Settings } from '#domain/settings.ts';
import { DEFAULT_SETTINGS } from '#main/platform/default-settings.ts';
import { openSettingsFile, type SettingsFile } from '#main/platform/settings-file.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

// Outside Electron the package would look for its binary.
vi.mock('electron', () => ({ default: {} }));

let folder = '';
const clock = { nowMs: () => unixMs(Date.UTC(2026, 4, 6, 7, 8, 9)) };

const open = (): SettingsFile =>
  openSettingsFile({ folder, appVersion: '0.1.0', clock, logger: silentLogger });
const file = () => join(folder, 'settings.json');
const onDisk = (): unknown => JSON.parse(readFileSync(file(), 'utf8'));
const writeRaw = (value: unknown) => writeFileSync(file(), JSON.stringify(value));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keel-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the settings file', () => {
  it('is not needed: the defaults hold, without a notice', () => {
    const settings = open();
    expect(settings.current()).toEqual(DEFAULT_SETTINGS);
    expect(settings.notices).toEqual([]);
  });

  it('keeps what was changed over a restart, readable by the user alone', () => {
    const sync = { ...DEFAULT_SETTINGS.sync, heartbeatMs: 7_000 };
    expect(open().update({ theme: 'dark', sync }).ok).toBe(true);
    expect(open().current()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', sync });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('takes the address and its token out of a label', () => {
    const [mainnet] = DEFAULT_SETTINGS.networks;
    const httpUrl = 'https://node.example/?api-key=7f3c9a51e0d24b6c8e1f';
    const endpoints = [httpUrl, 'Mine 7f3c9a51e0d24b6c8e1f'].map((label) => ({
      ...{ label, httpUrl },
      webSocketUrl: 'wss://node.example/',
    }));
    expect(open().update({ networks: [{ ...mainnet, endpoints }] as never }).ok).toBe(true);
    const told = open().current().networks[0]?.endpoints;
    expect(told).toMatchObject([
      { label: '…', httpUrl },
      { label: 'Mine …', httpUrl },
    ]);
  });

  it('keeps live networks over a restart', () => {
    const [mainnet] = DEFAULT_SETTINGS.networks;
    const network = { ...mainnet!, label: 'Mine' };
    expect(open().update({ networks: [network] }).ok).toBe(true);
    expect(open().current().networks).toEqual([network]);
  });

  it.each(['{"theme": "dark"', '[]', '"text"', 'null', '', '\u0000\u0001'])(
    'sets aside a file that holds %j and says so',
    (text) => {
      writeFileSync(file(), text);
      const settings = open();
      expect(settings.current()).toEqual(DEFAULT_SETTINGS);
      expect(settings.notices).toHaveLength(1);
      const aside = 'settings.json.corrupt-20260506T070809Z';
      expect(settings.notices[0]).toContain(aside);
      expect(readFileSync(join(folder, aside), 'utf8')).toBe(text);
      expect(open().notices).toEqual([]);
    },
  );

  it('never overwrites a file that was set aside before', () => {
    for (const text of ['first', 'second']) {
      writeFileSync(file(), text);
      open();
    }
    const aside = readdirSync(folder).filter((name) => name.includes('corrupt'));
    expect(aside.map((name) => readFileSync(join(folder, name), 'utf8')).sort()).toEqual([
      'first',
      'second',
    ]);
  });

  it('replaces one value out of bounds, keeps the others, and names field and value', () => {
    writeRaw({ theme: 'dark', sync: { heartbeatMs: 10, maxRetries: 2 } });
    const settings = open();
    expect(settings.current()).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'dark',
      sync: { ...DEFAULT_SETTINGS.sync, maxRetries: 2 },
    });
    expect(settings.notices[0]).toContain('sync.heartbeatMs is 10');
    expect(settings.notices[0]).toContain('5000 is used instead');
    const copy = join(folder, 'settings.json.refused-20260506T070809Z');
    expect(JSON.parse(readFileSync(copy, 'utf8'))).toHaveProperty('sync.heartbeatMs', 10);
    expect(onDisk()).toHaveProperty('sync.heartbeatMs', 5_000);
    expect(open().notices).toEqual([]);
  });

  it('keeps the limits of capital to the last unit, as decimal strings', () => {
    const capital = {
      ...DEFAULT_SETTINGS.capital,
      confirmFrom: quoteAmount(9_007_199_254_740_993n),
      dailyCap: quoteAmount(1n),
    };
    open().update({ capital });
    expect(onDisk()).toMatchObject({
      capital: { confirmFrom: '9007199254740993', dailyCap: '1', solReserve: '17000000' },
    });
    expect(open().current().capital).toEqual(capital);
    open().update({ capital: { ...capital, dailyCap: null } });
    expect(open().current().capital.dailyCap).toBeNull();
  });

  const badLimits: [string, unknown][] = [
    ['confirmFrom', '-1'],
    ['confirmFrom', 100],
    ['typeAmountFrom', '1e9'],
    ['dailyCap', ''],
    ['maxPriorityFee', '0.5'],
    ['minHealthAfterWithdrawal', 101],
    ['autoLockMs', 0],
    ['backupsKept', 0],
  ];
  it.each(badLimits)('replaces the limit %s = %j by the default and says so', (field, value) => {
    writeRaw({ capital: { [field]: value, solReserve: '5' } });
    const settings = open();
    expect(settings.current().capital).toEqual({ ...DEFAULT_SETTINGS.capital, solReserve: 5n });
    expect(settings.notices[0]).toContain(`capital.${field} is `);
    expect(open().notices).toEqual([]);
  });

  it('checks a change of limits without writing it', () => {
    const settings = open();
    const capital = { ...DEFAULT_SETTINGS.capital, confirmFrom: quoteAmount(-1n) };
    expect(settings.check({ capital })).toMatchObject({
      ok: false,
      error: { code: 'SETTINGS_INVALID', message: expect.stringContaining('capital.confirmFrom') },
    });
    expect(settings.update({ capital })).toMatchObject({ ok: false });
    expect(settings.check({ capital: DEFAULT_SETTINGS.capital })).toMatchObject({ ok: true });
    expect(settings.current()).toEqual(DEFAULT_SETTINGS);
  });

  it('keeps keys that it does not know, at the top and within sync', () => {
    writeRaw({ fromTheFuture: [1], sync: { jitterMs: 3 }, 'dotted.key': 1 });
    const settings = open();
    settings.update({ theme: 'light', sync: { ...DEFAULT_SETTINGS.sync, maxRetries: 1 } });
    expect(onDisk()).toMatchObject({
      fromTheFuture: [1],
      sync: { jitterMs: 3, maxRetries: 1 },
      theme: 'light',
    });
    expect(onDisk()).toHaveProperty(['dotted.key'], 1);
  });

  it('keeps the thresholds of the watch and what belongs to this computer over a restart', () => {
    const watch = { ...DEFAULT_SETTINGS.watch, warningHealthBps: 6_050, maxSlotLag: 10 };
    const quietHours = { enabled: true, fromMinute: 0, toMinute: 1_439 };
    const shell = { ...DEFAULT_SETTINGS.shell, quietHours, logLevel: 'debug' } as const;
    expect(open().update({ watch, shell })).toMatchObject({ ok: true });
    expect(open().current()).toEqual({ ...DEFAULT_SETTINGS, watch, shell });
    expect(open().notices).toEqual([]);
  });

  const badSections: [string, string, unknown][] = [
    ['watch', 'warningHealthBps', 10_001],
    ['watch', 'criticalHealthBps', -1],
    ['watch', 'criticalHealthBps', '2000'],
    ['watch', 'hysteresisBps', 2_001],
    ['watch', 'marginUnknownAfterMs', 4_999],
    ['watch', 'maxLatencyMs', 49],
    ['watch', 'maxSlotLag', 0],
    ['watch', 'maxOracleAgeSlots', 1.5],
    ['watch', 'requestsPerSecond', null],
    ['shell', 'closeToTray', 'yes'],
    ['shell', 'startAtLogin', 1],
    ['shell', 'logLevel', 'trace'],
  ];
  it.each(badSections)(
    'replaces %s.%s = %j by the default, and nothing else',
    (name, field, value) => {
      writeRaw({
        watch: { maxLatencyMs: 400, [field]: value },
        shell: { startAtLogin: true, [field]: value },
      });
      const settings = open();
      const { watch, shell } = settings.current();
      const { [name as 'watch']: usual } = DEFAULT_SETTINGS;
      expect({ ...watch, ...shell }).toHaveProperty(field, usual[field as 'maxSlotLag']);
      if (field !== 'maxLatencyMs') expect(watch.maxLatencyMs).toBe(400);
      if (field !== 'startAtLogin') expect(shell.startAtLogin).toBe(true);
      expect(settings.notices[0]).toContain(`${name}.${field} is ${JSON.stringify(value)}`);
      expect(open().notices).toEqual([]);
    },
  );

  it('replaces one of the quiet hours, or all where they are none', () => {
    writeRaw({ shell: { quietHours: { enabled: true, fromMinute: 1_440, toMinute: 60 } } });
    const settings = open();
    expect(settings.current().shell.quietHours).toEqual({
      ...{ enabled: true, fromMinute: 23 * 60, toMinute: 60 },
    });
    expect(settings.notices[0]).toContain('shell.quietHours.fromMinute is 1440');
    writeRaw({ shell: { quietHours: 'always', closeToTray: false } });
    expect(open().current().shell).toEqual({ ...DEFAULT_SETTINGS.shell, closeToTray: false });
    for (const section of [5, [], 'x', null]) {
      writeRaw({ shell: section, watch: section, theme: 'dark' });
      expect(open().current()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    }
  });

  const against: [string, Partial<Settings>, string, string][] = [
    [
      'a heartbeat that is not below the age of stale figures',
      { sync: { ...DEFAULT_SETTINGS.sync, heartbeatMs: 8_000 } },
      'sync.heartbeatMs is 8000, which is not below sync.staleAfterMs (8000)',
      '5000 and 8000 are used instead',
    ],
    [
      'a critical health that is not below the warning',
      { watch: { ...DEFAULT_SETTINGS.watch, warningHealthBps: 1_500 } },
      'watch.criticalHealthBps is 2000, which is not below watch.warningHealthBps (1500)',
      '2000 and 5000 are used instead',
    ],
    [
      'a warning that could never clear',
      { watch: { ...DEFAULT_SETTINGS.watch, warningHealthBps: 9_801 } },
      'watch.warningHealthBps is 9801, which with watch.hysteresisBps (200) is above 10000',
      '5000 and 200 are used instead',
    ],
  ];
  it.each(against)('refuses %s, naming both', (_what, change, words, mended) => {
    const settings = open();
    const refused = settings.check(change);
    expect(refused).toMatchObject({ ok: false, error: { code: 'SETTINGS_INVALID' } });
    expect(refused.ok ? '' : refused.error.message).toContain(words);
    expect(refused.ok ? '' : refused.error.message).not.toContain('used instead');
    expect(settings.update(change).ok).toBe(false);
    expect(settings.current()).toEqual(DEFAULT_SETTINGS);
    writeRaw({ ...change, theme: 'dark' });
    const read = open();
    expect(read.notices[0]).toContain(words);
    expect(read.notices[0]).toContain(mended);
    expect(read.current()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    expect(open().notices).toEqual([]);
  });

  it('takes what lies just within the rules', () => {
    const sync = { ...DEFAULT_SETTINGS.sync, heartbeatMs: 7_999 };
    const watch = { ...DEFAULT_SETTINGS.watch, warningHealthBps: 9_800, criticalHealthBps: 9_799 };
    expect(open().update({ sync, watch })).toMatchObject({ ok: true });
  });

  it('keeps keys that it does not know within the sections of the watch and the shell', () => {
    const quietHours = { ...DEFAULT_SETTINGS.shell.quietHours, weekdays: [1, 2] };
    writeRaw({ watch: { pager: 'on' }, shell: { dock: 1, quietHours } });
    const { shell, watch } = DEFAULT_SETTINGS;
    const enabled = { ...shell.quietHours, enabled: true };
    open().update({ shell: { ...shell, quietHours: enabled }, watch: { ...watch, maxSlotLag: 9 } });
    expect(onDisk()).toMatchObject({
      watch: { pager: 'on', maxSlotLag: 9 },
      shell: { dock: 1, quietHours: { weekdays: [1, 2], enabled: true } },
    });
  });

  it('leaves out a network that is not sound, without showing its URL', () => {
    const [mainnet] = DEFAULT_SETTINGS.networks;
    const secret = 'ftp://node.example/token-of-mine';
    const broken = {
      ...mainnet,
      id: 'broken',
      endpoints: [{ label: 'x', httpUrl: secret, webSocketUrl: 'wss://node.example' }],
    };
    writeRaw({ networks: [mainnet, broken, mainnet, { ...mainnet, id: 'practice' }] });
    const settings = open();
    expect(settings.current().networks).toEqual([mainnet]);
    const notices = settings.notices.join('\n');
    expect(notices).toContain('networks.1 was left out (endpoints.0.httpUrl');
    expect(notices).toContain('networks.2 was left out');
    expect(notices).toContain('networks.3 was left out');
    expect(notices).not.toContain('token-of-mine');
  });

  it('refuses a change out of bounds and changes nothing', () => {
    const settings = open();
    settings.update({ theme: 'dark' });
    const before = readFileSync(file(), 'utf8');
    const result = settings.update({ sync: { ...DEFAULT_SETTINGS.sync, maxRetries: 11 } });
    expect(result).toMatchObject({ ok: false, error: { code: 'SETTINGS_INVALID' } });
    expect(result.ok ? '' : result.error.message).toContain('sync.maxRetries is 11');
    expect(settings.current().sync).toEqual(DEFAULT_SETTINGS.sync);
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('gives defaults and a notice when the file cannot be read', () => {
    mkdirSync(file());
    const settings = open();
    expect(settings.current()).toEqual(DEFAULT_SETTINGS);
    expect(settings.notices[0]).toContain('cannot be used');
    expect(settings.update({ theme: 'dark' })).toMatchObject({ ok: false });
    expect(settings.current().theme).toBe('system');
  });
});
