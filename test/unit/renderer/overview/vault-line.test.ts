import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateAnswer, GateCode } from '#domain/gate-reason.ts';
import { unixMs } from '#domain/units.ts';
import { UNSYNCED, type SyncHealth, type VaultView } from '#domain/vault-state.ts';
import { attentionFirst, lineOf, statementOf } from '#renderer/features/overview/vault-line.ts';
import type { SummaryVault } from '#renderer/features/verdict/desk-summary.ts';
import { failing, TIMEOUT, verified } from '#test/support/renderer-preview/stories.ts';
import { onChainVault } from '#test/support/vaults.ts';

const NOW = Date.UTC(2026, 5, 1);
const THRESHOLDS = { warningHealthBps: 5_000, criticalHealthBps: 2_000 };
const OPEN: GateAnswer = { allowed: true, reasons: [] };

const closedBy = (code: GateCode): GateAnswer => ({
  allowed: false,
  reasons: [{ code, text: 'It is so.', advice: 'Wait.', blocks: ['increase'], sinceMs: null }],
});

function vault(
  part: Partial<SummaryVault> & { healthBps?: number; name?: string } = {},
): SummaryVault {
  const { healthBps = 9_000, name = 'Main', ...rest } = part;
  const view = verified(onChainVault(1, { name }), { cash: 10n ** 9n, healthBps }, NOW);
  return { view, money: 'practice', health: 'fresh', gate: OPEN, ...rest };
}

const unread: VaultView = { ...vault().view, state: UNSYNCED };

describe('one vault in one line', () => {
  it('is well only when it is right, fresh and safe, and then asks for nothing', () => {
    expect(lineOf(vault(), THRESHOLDS)).toMatchObject({
      tone: 'good',
      todo: null,
      right: { tone: 'good', word: 'verified' },
      safe: { tone: 'good', word: 'safe' },
    });
  });

  it('says what to do about the gravest thing', () => {
    const read = failing(vault().view, TIMEOUT, 4, NOW);
    const failed = lineOf(vault({ view: read, health: 'failing' }), THRESHOLDS);
    expect(failed).toMatchObject({ tone: 'bad', right: { word: 'read fails' } });
    expect(failed.todo).toContain(TIMEOUT.advice);
    const critical = lineOf(vault({ healthBps: 1_999 }), THRESHOLDS);
    expect(critical).toMatchObject({ tone: 'bad', safe: { word: 'critical' } });
    expect(critical.todo).toBe(
      'Health is 19.9, below 20: add collateral or make the position smaller.',
    );
    const old = lineOf(vault({ health: 'stale' }), THRESHOLDS);
    expect(old).toMatchObject({ tone: 'warn', fresh: { word: 'old' } });
    expect(old.todo).toContain('sync it now');
    const disagreeing: VaultView = {
      ...vault().view,
      state: {
        ...vault().view.state,
        verification: {
          kind: 'discrepant',
          atMs: unixMs(NOW),
          error: { ...TIMEOUT, advice: 'Do not trade. Compare.' },
        },
      },
    };
    expect(lineOf(vault({ view: disagreeing, health: 'discrepant' }), THRESHOLDS).todo).toBe(
      'Do not trade. Compare.',
    );
  });

  it('takes money on its way and a locked key for no trouble, a pause and a halt for one', () => {
    const toneOf = (code: GateCode) => lineOf(vault({ gate: closedBy(code) }), THRESHOLDS).tone;
    expect(toneOf('operation-open')).toBe('good');
    expect(toneOf('key-locked')).toBe('good');
    expect(toneOf('no-key')).toBe('good');
    expect(toneOf('exchange-paused')).toBe('warn');
    expect(toneOf('halted')).toBe('warn');
    expect(toneOf('operation-unresolved')).toBe('warn');
  });

  it('never calls an unread vault safe, fresh or right', () => {
    const healths: SyncHealth[] = ['fresh', 'stale', 'failing', 'discrepant'];
    for (const health of healths) {
      const line = lineOf(vault({ view: unread, health }), THRESHOLDS);
      expect([line.right.tone, line.fresh.tone, line.safe.tone]).toEqual(['bad', 'bad', 'bad']);
      expect(line.todo).not.toBeNull();
    }
  });

  it('asks for something whenever not all is well', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.constantFrom<SyncHealth>('fresh', 'stale', 'failing', 'discrepant'),
        fc.constantFrom<GateAnswer>(OPEN, closedBy('halted'), closedBy('network-down')),
        (healthBps, health, gate) => {
          const { tone, todo } = lineOf(vault({ healthBps, health, gate }), THRESHOLDS);
          expect(todo === null).toBe(tone === 'good');
          if (health !== 'fresh' || healthBps < 5_000) expect(tone).not.toBe('good');
        },
      ),
    );
  });
});

describe('the whole desk', () => {
  const good = vault({ name: 'Good' });
  const low = vault({ name: 'Low', healthBps: 4_000 });
  const bad = vault({ name: 'Bad', healthBps: 100 });

  it('puts first what needs the trader, and else keeps the order', () => {
    const order = attentionFirst([good, low, bad, { ...good }], THRESHOLDS);
    expect(order.map(({ view }) => view.vault.name)).toEqual(['Bad', 'Low', 'Good', 'Good']);
  });

  it('is told in one sentence', () => {
    const say = (...vaults: SummaryVault[]) => statementOf(attentionFirst(vaults, THRESHOLDS));
    expect(say(good).title).toBe('Your vault is right, fresh and safe');
    expect(say(good, good).title).toBe('All 2 vaults are right, fresh and safe');
    expect(say(good, low)).toMatchObject({ tone: 'warn', title: 'Keep an eye on 1 of 2 vaults' });
    expect(say(good, low, bad)).toMatchObject({
      tone: 'bad',
      title: '1 of 3 vaults needs you; keep an eye on 1',
    });
    expect(say(good, low, bad).text).toContain('Bad: Health is 1, below 20');
  });
});
