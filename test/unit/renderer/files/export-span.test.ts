import { expect, it } from 'vitest';
import { boundsOf, type Span } from '#renderer/features/export/export-span.ts';

const NOW = Date.UTC(2026, 10, 22, 8, 30);
const bounds = (span: Span, from = '', to = '') => boundsOf({ span, from, to }, NOW);

it('counts back from now, and leaves the end open', () => {
  expect(bounds('day')).toEqual({ fromMs: NOW - 86_400_000, toMs: null });
  expect(bounds('week')).toEqual({ fromMs: NOW - 7 * 86_400_000, toMs: null });
  expect(bounds('year')).toEqual({ fromMs: Date.UTC(2026, 0, 1), toMs: null });
  expect(bounds('ever')).toEqual({ fromMs: null, toMs: null });
});

it('takes both days whole, in UTC, and an empty one as open', () => {
  expect(bounds('dates', '2026-11-01', '2026-11-01')).toEqual({
    fromMs: Date.UTC(2026, 10, 1),
    toMs: Date.UTC(2026, 10, 2) - 1,
  });
  expect(bounds('dates', '', '2026-01-31')).toMatchObject({ fromMs: null });
  expect(bounds('dates', '2026-01-31')).toMatchObject({ toMs: null });
});

it.each([
  ['2026-11-02', '2026-11-01', /after/],
  ['2026-02-30x', '', /no date/],
  ['', '2026-13-01', /no date/],
])('refuses %s to %s', (from, to, why) => {
  expect(bounds('dates', from, to)).toMatch(why);
});
