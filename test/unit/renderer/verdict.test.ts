import { describe, expect, it } from 'vitest';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { deriveVerdict, windowTitle, type VerdictVault } from '#renderer/stores/verdict.ts';
import { formatAge } from '#renderer/ui/format.ts';

const vault = (part: Partial<VerdictVault> = {}): VerdictVault => ({
  name: 'Main',
  sync: 'fresh',
  ageMs: 2_000,
  healthBps: 9_000,
  stopped: false,
  ...part,
});
const verdictOf = (...vaults: VerdictVault[]) =>
  deriveVerdict(vaults, DEFAULT_WATCH_SETTINGS, formatAge);
const tones = ({ right, fresh, safe }: ReturnType<typeof verdictOf>) => [
  right.tone,
  fresh.tone,
  safe.tone,
];

describe('the verdict', () => {
  it('is good only when every vault is', () => {
    expect(tones(verdictOf(vault(), vault({ name: 'Other' })))).toEqual(['good', 'good', 'good']);
    expect(tones(verdictOf(vault(), vault({ sync: 'failing', stopped: true })))).toEqual([
      'bad',
      'warn',
      'warn',
    ]);
    expect(tones(verdictOf(vault(), vault({ sync: 'stale', stopped: true })))[0]).toBe('warn');
  });

  it('tells of the oldest figures and of the lowest health, whosever they are', () => {
    const verdict = verdictOf(vault({ healthBps: 4_990 }), vault({ name: 'Slow', ageMs: 70_000 }));
    expect(verdict.fresh.text).toBe('oldest 1 min');
    expect(verdict.fresh.more).toContain('“Slow”');
    expect(verdict.safe).toMatchObject({ tone: 'warn', text: 'lowest health 49.9' });
    expect(tones(verdictOf(vault({ healthBps: 1_999 })))[2]).toBe('bad');
  });

  it('never takes an unread vault for a safe or fresh one', () => {
    const unread = vault({
      name: 'New',
      ageMs: null,
      healthBps: null,
      sync: 'stale',
      stopped: true,
    });
    expect(tones(verdictOf(unread))).toEqual(['warn', 'bad', 'bad']);
    expect(verdictOf(unread, vault()).fresh.more).toBe('Never read: New.');
  });

  it('has nothing to say of no vault', () => {
    expect(tones(verdictOf())).toEqual(['none', 'none', 'none']);
  });
});

describe('the window title', () => {
  it('is plain while nothing is wrong', () => {
    expect(windowTitle([])).toBe('Keel');
  });

  it('leads with the gravest alarm', () => {
    const alarm = {
      key: 'engine',
      kind: 'engine' as const,
      views: [],
      status: null,
      error: null,
      attempts: null,
      nextAttemptAtMs: null,
    };
    expect(windowTitle([alarm, { ...alarm, kind: 'network' }])).toBe('⚠ Engine stopped — Keel');
  });
});
