import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_CAPITAL_SETTINGS, type CapitalSettings } from '#domain/capital-settings.ts';
import { lamports, quoteAmount } from '#domain/units.ts';
import { createSettingsGate, loosenedLimits } from '#main/app/settings-gate.ts';

const usual = DEFAULT_CAPITAL_SETTINGS;
const change = (part: Partial<CapitalSettings>): CapitalSettings => ({ ...usual, ...part });
const capped = change({ dailyCap: quoteAmount(5_000_000n) });

const looser: [string, CapitalSettings, CapitalSettings, string][] = [
  [
    'a later confirmation',
    usual,
    change({ confirmFrom: quoteAmount(100_000_001n) }),
    '100.000001 USD',
  ],
  ['typing later', usual, change({ typeAmountFrom: quoteAmount(2_000_000_000n) }), '2,000.00 USD'],
  ['a higher cap', capped, change({ dailyCap: quoteAmount(5_000_001n) }), '5.000001 USD'],
  ['no cap any more', capped, usual, '5.00 USD → no cap'],
  ['a higher fee', usual, change({ maxPriorityFee: lamports(200_000n) }), '0.0002 SOL'],
  ['less health', usual, change({ minHealthAfterWithdrawal: 79 }), '80 → 79'],
  ['locking later', usual, change({ autoLockMs: 960_000 }), '15 min → 16 min'],
];

const tighter: [string, CapitalSettings, CapitalSettings][] = [
  ['nothing', usual, usual],
  ['an earlier confirmation', usual, change({ confirmFrom: quoteAmount(0n) })],
  ['a first cap', usual, capped],
  ['a lower cap', capped, change({ dailyCap: quoteAmount(1n) })],
  ['a lower fee', usual, change({ maxPriorityFee: lamports(0n) })],
  ['more health', usual, change({ minHealthAfterWithdrawal: 100 })],
  ['locking earlier', usual, change({ autoLockMs: 60_000 })],
];

describe('the gate of the limits', () => {
  it.each(looser)('asks about %s, with the figures', async (_, before, after, words) => {
    expect(loosenedLimits(before, after)).toHaveLength(1);
    const ask = vi.fn(async () => true);
    expect(await createSettingsGate(ask).pass(before, after)).toMatchObject({ ok: true });
    expect(ask).toHaveBeenCalledExactlyOnceWith([expect.stringContaining(words)]);
  });

  it.each(looser)('refuses %s when the trader says no', async (_, before, after) => {
    const refused = await createSettingsGate(async () => false).pass(before, after);
    expect(refused).toMatchObject({ ok: false, error: { code: 'SETTINGS_INVALID' } });
  });

  it.each(tighter)('asks nobody about %s', async (_, before, after) => {
    const ask = vi.fn(async () => false);
    expect(await createSettingsGate(ask).pass(before, after)).toMatchObject({ ok: true });
    expect(ask).not.toHaveBeenCalled();
  });

  it('asks one question at a time, and refuses what comes meanwhile', async () => {
    let answer: (yes: boolean) => void = () => undefined;
    const gate = createSettingsGate(() => new Promise((resolve) => (answer = resolve)));
    const [, before, after] = looser[0] ?? ['', usual, usual];
    const first = gate.pass(before, after);
    expect(await gate.pass(before, after)).toMatchObject({ ok: false });
    answer(true);
    expect(await first).toMatchObject({ ok: true });
    const later = gate.pass(before, after);
    answer(false);
    expect(await later).toMatchObject({ ok: false });
  });

  it('never lets a change and its opposite both pass unasked, whatever they are', () => {
    const limits = fc.record({
      confirmFrom: fc.bigInt(0n, 9n).map(quoteAmount),
      typeAmountFrom: fc.bigInt(0n, 9n).map(quoteAmount),
      dailyCap: fc.option(fc.bigInt(0n, 9n).map(quoteAmount)),
      minHealthAfterWithdrawal: fc.integer({ min: 0, max: 100 }),
      solReserve: fc.constant(usual.solReserve),
      maxPriorityFee: fc.bigInt(0n, 9n).map(lamports),
      autoLockMs: fc.integer({ min: 60_000, max: 90_000 }),
      backupsKept: fc.constant(usual.backupsKept),
    });
    fc.assert(
      fc.property(limits, limits, (left, right) => {
        const changed = loosenedLimits(left, right).length + loosenedLimits(right, left).length;
        const fields = Object.keys(left).filter(
          (name) => left[name as keyof CapitalSettings] !== right[name as keyof CapitalSettings],
        );
        expect(changed).toBe(fields.length);
      }),
    );
  });
});
