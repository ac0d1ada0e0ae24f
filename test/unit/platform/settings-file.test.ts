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
