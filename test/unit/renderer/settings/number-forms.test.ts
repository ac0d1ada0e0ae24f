/** Numbers of the settings as text and back: what is typed is what is saved, or the field says why not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPITAL_FORM, DATA_FORM, KEYS_FORM } from '#renderer/features/settings/capital-fields.ts';
import { DEFAULTS, type NumberForm } from '#renderer/features/settings/number-fields.ts';
import { SYNC_FORM } from '#renderer/features/settings/sync-fields.ts';
import { WATCH_FORM } from '#renderer/features/settings/watch-fields.ts';

function problemsOf<Name extends string>(
  form: NumberForm<Name>,
  part: Partial<Record<Name, string>>,
): ReadonlyMap<string, string> {
  const read = form.read({ ...form.text(DEFAULTS), ...part }, DEFAULTS);
  return read.ok ? new Map<string, string>() : read.error;
}

const wrong = <Name extends string>(
  form: NumberForm<Name>,
  part: Partial<Record<Name, string>>,
) => [...problemsOf(form, part).keys()];

it('the defaults of every form come back as they were', () => {
  expect(SYNC_FORM.read(SYNC_FORM.text(DEFAULTS), DEFAULTS)).toEqual({ ok: true, value: DEFAULTS });
  expect(WATCH_FORM.read(WATCH_FORM.text(DEFAULTS), DEFAULTS)).toEqual({
    ok: true,
    value: DEFAULTS,
  });
  for (const form of [CAPITAL_FORM, KEYS_FORM, DATA_FORM]) {
    expect(form.read(form.text(DEFAULTS), DEFAULTS)).toEqual({ ok: true, value: DEFAULTS });
  }
});

it('any sync settings within their bounds come back as they were', () => {
  const tenths = (min: number, max: number) =>
    fc.integer({ min: min * 10, max: max * 10 }).map((value) => value * 100);
  fc.assert(
    fc.property(
      tenths(1, 60),
      tenths(61, 600),
      fc.integer({ min: 0, max: 10 }),
      tenths(1, 60),
      (heartbeatMs, staleAfterMs, maxRetries, firstRetryDelayMs) => {
        const sync = {
          ...DEFAULTS.sync,
          heartbeatMs,
          staleAfterMs,
          maxRetries,
          firstRetryDelayMs,
        };
        const settings = { ...DEFAULTS, sync };
        expect(SYNC_FORM.read(SYNC_FORM.text(settings), DEFAULTS)).toEqual({
          ok: true,
          value: settings,
        });
      },
    ),
  );
});

describe('the watch settings', () => {
  it('take up to two decimals of a health', () => {
    const read = WATCH_FORM.read(
      { ...WATCH_FORM.text(DEFAULTS), warningHealthBps: '50.25' },
      DEFAULTS,
    );
    expect(read).toMatchObject({ value: { watch: { warningHealthBps: 5_025 } } });
  });

  it('name the field that is wrong', () => {
    expect(wrong(WATCH_FORM, { maxLatencyMs: 'fast' })).toEqual(['maxLatencyMs']);
    expect(wrong(WATCH_FORM, { warningHealthBps: '101' })).toEqual(['warningHealthBps']);
    expect(wrong(WATCH_FORM, { hysteresisBps: '1.005' })).toEqual(['hysteresisBps']);
    expect(wrong(WATCH_FORM, { requestsPerSecond: '0', maxSlotLag: '' })).toEqual(['maxSlotLag']);
  });

  it('say what is missing, and the range, where nothing was typed', () => {
    expect(problemsOf(WATCH_FORM, { criticalHealthBps: ' ' }).get('criticalHealthBps')).toBe(
      'Type a number. 0 to 100, below the warning.',
    );
  });

  it('keep critical below the warning, and a warning that can clear', () => {
    expect(wrong(WATCH_FORM, { criticalHealthBps: '50' })).toEqual(['criticalHealthBps']);
    expect(wrong(WATCH_FORM, { criticalHealthBps: '49.99' })).toEqual([]);
    expect(wrong(WATCH_FORM, { warningHealthBps: '98.01' })).toEqual(['hysteresisBps']);
    expect(wrong(WATCH_FORM, { warningHealthBps: '98' })).toEqual([]);
  });
});

describe('the sync settings', () => {
  it('keep the heartbeat below the age at which figures are stale', () => {
    expect(wrong(SYNC_FORM, { heartbeatMs: '8' })).toEqual(['heartbeatMs']);
    expect(wrong(SYNC_FORM, { heartbeatMs: '7.9' })).toEqual([]);
  });

  it('take no fraction of a retry', () => {
    expect(wrong(SYNC_FORM, { maxRetries: '1.5' })).toEqual(['maxRetries']);
    expect(wrong(SYNC_FORM, { maxRetries: '11' })).toEqual(['maxRetries']);
  });
});

describe('the limits', () => {
  it('take an empty cap for none, and no other empty field', () => {
    expect(wrong(CAPITAL_FORM, { dailyCap: '' })).toEqual([]);
    expect(wrong(CAPITAL_FORM, { confirmFrom: '' })).toEqual(['confirmFrom']);
  });

  it('never ask for the amount below where they ask for a press', () => {
    expect(wrong(CAPITAL_FORM, { confirmFrom: '2000' })).toEqual(['typeAmountFrom']);
  });
});
