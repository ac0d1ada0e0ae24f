import { describe, expect, it } from 'vitest';
import { networkId } from '#domain/ids.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import type { TotalsLine } from '#domain/value-chart.ts';
import { fundingNow, fundingSince, moneyGroups } from '#renderer/features/totals/money-groups.ts';
import { storyDesk, type StoryName } from '#test/support/renderer-preview/stories.ts';
import type { SummaryVault } from '#renderer/features/verdict/desk-summary.ts';
import { moneyOf } from '#domain/vault-totals.ts';

const NOW = Date.UTC(2026, 5, 1);

function vaultsOf(story: StoryName): readonly SummaryVault[] {
  const { views, networks } = storyDesk(story, NOW);
  return views.map((view) => ({
    view,
    money: moneyOf(view.vault, networks),
    health: 'fresh',
    gate: { allowed: true, reasons: [] },
  }));
}

const line = (...points: readonly [bigint | null, number][]): TotalsLine => ({
  money: 'practice',
  network: networkId('practice'),
  points: points.map(([funding, vaults], index) => ({
    atMs: unixMs(index),
    equity: quoteAmount(1n),
    funding: funding === null ? null : quoteAmount(funding),
    vaults,
  })),
});

describe('sums of money', () => {
  it('are one a kind of money, real money first, and know their oldest figure', () => {
    const groups = moneyGroups(vaultsOf('first'), storyDesk('first', NOW).networks);
    expect(groups.map(({ money }) => money)).toEqual(['practice', 'paper']);
    expect(groups[0]?.standing.observedAtMs).toBe(NOW - 2_100);
    expect(groups[0]?.totals.equity).toBe(18_442_905_117n + 2_104_220_310n);
  });

  it('name who is missing', () => {
    const [practice] = moneyGroups(vaultsOf('grave'), storyDesk('grave', NOW).networks);
    expect(practice?.unknownNames).toEqual(['Wrong number']);
    expect(fundingNow(vaultsOf('grave'), 'practice')).toBeNull();
  });
});

describe('funding received since', () => {
  const DAY = { fromMs: 0, toMs: 100, label: '24 h' };

  it('is now less the first sum that is known', () => {
    const since = fundingSince([line([null, 2], [70n, 2], [90n, 2])], quoteAmount(100n), 2, DAY);
    expect(since).toEqual({ kind: 'known', amount: 30n });
  });

  it('is not told where the vaults were others, or nothing is known', () => {
    const now = quoteAmount(100n);
    expect(fundingSince([line([70n, 1])], now, 2, DAY).kind).toBe('unknown');
    expect(fundingSince([line([null, 2])], now, 2, DAY).kind).toBe('unknown');
    expect(fundingSince([], now, 2, DAY).kind).toBe('unknown');
    expect(fundingSince([line([70n, 2])], null, 2, DAY).kind).toBe('unknown');
  });

  it('is never that of an hour under the name of a day', () => {
    const late: TotalsLine = {
      ...line(),
      points: line([70n, 2]).points.map((point) => ({ ...point, atMs: unixMs(11) })),
    };
    const since = fundingSince([late], quoteAmount(100n), 2, DAY);
    expect(since).toEqual({ kind: 'unknown', why: 'Not watched 24 h ago' });
  });
});
