import { expect, it } from 'vitest';
import { retryAfterMs } from '#main/drift/rpc/retry-after.ts';

const NOW_MS = Date.parse('2026-11-22T10:00:00Z');

it.each([
  ['7', 7_000],
  [' 1.5 ', 1_500],
  ['0', 250],
  ['86400', 60_000],
  ['Sun, 22 Nov 2026 10:00:20 GMT', 20_000],
  ['Sun, 22 Nov 2026 09:00:00 GMT', 250],
  ['Sun, 22 Nov 2026 12:00:00 GMT', 60_000],
  ['soon', null],
  ['-3', null],
  ['', null],
  [undefined, null],
])('%s is a pause of %s ms', (header, expected) => {
  expect(retryAfterMs(header, NOW_MS)).toBe(expected);
});
