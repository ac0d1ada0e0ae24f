import { describe, expect, it } from 'vitest';
import { parseReadArguments } from '#main/app/read/read-arguments.ts';

const AUTHORITY = '7dHbWXmci3dT8UFYWYZweBLXgycu7Y3iL6trKn1Y7ARj';
const GOOD = ['--rpc', 'http://127.0.0.1:8899', '--authority', AUTHORITY, '--sub-account', '3'];

describe('parseReadArguments', () => {
  it('fills in what is not given', () => {
    expect(parseReadArguments(GOOD)).toEqual({
      ok: true,
      value: {
        rpc: 'http://127.0.0.1:8899',
        authority: AUTHORITY,
        subAccountId: 3,
        program: 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH',
        stateSeed: 'drift_state',
        commitment: 'confirmed',
        timeoutMs: 10_000,
      },
    });
  });

  it.each([
    ['--sub-account', '65536'],
    ['--sub-account', '-1'],
    ['--sub-account', '1.5'],
    ['--sub-account', ''],
    ['--authority', 'not a key'],
    ['--authority', '0OIl'],
    ['--program', 'x'],
    ['--rpc', 'ftp://node'],
    ['--rpc', 'node'],
    ['--commitment', 'soon'],
    ['--state-seed', ''],
    ['--timeout', '0'],
  ])('refuses %s %s and names both', (field, value) => {
    const result = parseReadArguments([...GOOD, field, value]);
    expect(parseReadArguments([...GOOD, `${field}=${value}`])).toEqual(result);
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'INPUT_INVALID', remedy: 'fix-input' },
    });
    if (result.ok) return;
    expect(result.error.message).toContain(field);
    expect(result.error.message).toContain(value);
    expect(result.error.advice).toMatch(/^Give /);
  });

  it.each(['--rpc', '--authority', '--sub-account'])('says that %s is missing', (field) => {
    const at = GOOD.indexOf(field);
    const result = parseReadArguments(GOOD.toSpliced(at, 2));
    expect(result).toMatchObject({ ok: false, error: { message: `${field} is missing.` } });
  });

  it('says which argument has no value', () => {
    const result = parseReadArguments([...GOOD, '--program', '--json']);
    expect(result).toMatchObject({ ok: false, error: { message: '--program has no value.' } });
  });

  it('refuses an unknown option', () => {
    const result = parseReadArguments([...GOOD, '--speed', 'fast']);
    expect(result).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
  });

  it('does not repeat a token that an address may hold', () => {
    const result = parseReadArguments(['--rpc', 'ftp://node/path?token=hidden', ...GOOD.slice(2)]);
    expect(JSON.stringify(result)).not.toContain('hidden');
  });
});
