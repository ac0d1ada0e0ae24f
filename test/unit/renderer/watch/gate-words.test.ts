import { describe, expect, it } from 'vitest';
import type { GateAnswer, GateCode, GateReason } from '#domain/gate-reason.ts';
import { unixMs } from '#domain/units.ts';
import { HALTED_BY_HAND } from '#domain/gate-sync.ts';
import {
  closedBecause,
  forbidsWords,
  groupReasons,
  toneOf,
} from '#renderer/features/trading/gate-words.ts';
import { isToldByGate, reasonOfGate } from '#renderer/features/capital/move-check.ts';
import { isStopped, standingOf } from '#renderer/ui/gate-standing.ts';

const NOW = 1_780_000_000_000;

const reason = (code: GateCode, part: Partial<GateReason> = {}): GateReason => ({
  code,
  text: `It is ${code}.`,
  advice: 'Wait.',
  blocks: ['increase'],
  sinceMs: null,
  ...part,
});
const shut = (...codes: GateCode[]): GateAnswer => ({
  allowed: codes.length === 0,
  reasons: codes.map((code) => reason(code)),
});

describe('the standing of a gate', () => {
  it.each([
    [[], 'allowed'],
    [['key-locked'], 'locked'],
    [['no-key'], 'watch-only'],
    [['stale', 'key-locked'], 'blocked'],
    [['stale', 'no-key'], 'blocked'],
    [['failing', 'halted'], 'halted'],
    [['halted-all', 'no-key'], 'halted'],
    [['signer-unavailable'], 'blocked'],
    [['exchange-paused'], 'blocked'],
  ] as const)('of %j is %s', (codes, standing) => {
    expect(standingOf(shut(...codes))).toBe(standing);
  });

  it('counts a key that is missing or locked as no stop', () => {
    expect([shut('key-locked'), shut('no-key'), shut()].map(isStopped)).toEqual([
      false,
      false,
      false,
    ]);
    expect(isStopped(shut('halted'))).toBe(true);
    expect(isStopped(shut('no-key', 'stale'))).toBe(true);
  });

  it('sounds no alarm for keys and pauses', () => {
    expect(toneOf(reason('key-locked'))).toBe('quiet');
    expect(toneOf(reason('no-key'))).toBe('quiet');
    expect(toneOf(reason('exchange-paused'))).toBe('pause');
    expect(toneOf(reason('discrepant'))).toBe('bad');
  });
});

describe('the words of reasons', () => {
  it('tell what is forbidden', () => {
    expect(forbidsWords(reason('health-critical', { blocks: ['increase', 'withdraw'] }))).toBe(
      'Forbids adding risk and withdrawals',
    );
    expect(
      forbidsWords(reason('halted-all', { blocks: ['increase', 'reduce', 'deposit', 'withdraw'] })),
    ).toBe('Forbids everything');
  });

  it('tell one failed read as one story, and a halt by hand apart from it', () => {
    const halted = reason('halted', { text: 'Trading stays off until you enable it again.' });
    const failing = reason('failing', { text: 'No answer.', advice: 'Keel tries again.' });
    const line = reason('network-down', { blocks: ['withdraw'] });
    const other = reason('health-critical');
    const [first, second, ...none] = groupReasons([halted, failing, other, line]);
    expect(first).toMatchObject({ code: 'failing', advice: 'Keel tries again.' });
    expect(first?.texts).toEqual(['No answer.', halted.text, line.text]);
    expect(first?.blocks).toEqual(['increase', 'withdraw']);
    expect(second?.code).toBe('health-critical');
    expect(none).toEqual([]);
    const byHand = { ...halted, text: HALTED_BY_HAND };
    expect(groupReasons([byHand, failing]).map(({ code }) => code)).toEqual(['halted', 'failing']);
  });

  it('tell the pauses of an exchange together, and of other times apart', () => {
    const since = unixMs(NOW - 1_000);
    const groups = groupReasons([
      reason('exchange-paused', { text: 'fills', blocks: ['increase', 'reduce'], sinceMs: since }),
      reason('exchange-paused', { text: 'deposits', blocks: ['deposit'], sinceMs: since }),
      reason('exchange-paused', { text: 'withdrawals', blocks: ['withdraw'] }),
      reason('key-locked'),
    ]);
    expect(groups.map(({ texts, blocks }) => [texts, blocks])).toEqual([
      [
        ['fills', 'deposits'],
        ['increase', 'reduce', 'deposit'],
      ],
      [['withdrawals'], ['withdraw']],
      [['It is key-locked.'], ['increase']],
    ]);
  });

  it('give a closed control the gravest reason and the way out', () => {
    expect(closedBecause([])).toBeNull();
    expect(closedBecause([reason('stale')])).toBe('It is stale. Wait.');
    expect(closedBecause([reason('stale'), reason('no-key')])).toBe(
      'It is stale. Wait. 1 more reason under Trading.',
    );
  });

  it('are told once in a form', () => {
    const gate = [reason('exchange-paused'), reason('no-key')];
    const rule = (name: string) => ({ rule: name, text: '', wouldPass: null });
    expect(isToldByGate(rule('exchange-paused'), gate)).toBe(true);
    expect(isToldByGate(rule('nobody-can-sign'), gate)).toBe(true);
    expect(isToldByGate(rule('market-paused'), gate)).toBe(false);
    expect(isToldByGate(rule('daily-cap'), gate)).toBe(false);
    expect(reasonOfGate(reason('stale'))).toEqual({
      rule: 'stale',
      text: 'It is stale.',
      wouldPass: 'Wait.',
    });
  });
});
