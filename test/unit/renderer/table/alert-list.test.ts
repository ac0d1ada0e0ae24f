import { describe, expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import { alertLines, EVERY_ALERT, passes } from '#renderer/features/inbox/alert-list.ts';
import { alertOf } from '#test/support/renderer-preview/alert-stories.ts';

const NOW = 1_780_000_000_000;
const cleared = { clearedAtMs: unixMs(NOW) };
const warning = alertOf(1, { title: 'Node is slow', kind: 'node' }, 10, NOW);
const critical = alertOf(2, { severity: 'critical', title: 'Margin' }, 20, NOW);
const note = alertOf(3, { severity: 'info', ...cleared, acknowledgedAtMs: unixMs(NOW) }, 30, NOW);
const ALL = [warning, critical, note];

const shown = (...input: Parameters<typeof alertLines>) =>
  alertLines(...input).map((line) => (line.kind === 'row' ? line.row.id : line.key));

describe('the inbox', () => {
  it('shows what lasts, the gravest first, then what has passed', () => {
    expect(shown(ALL, null)).toEqual([
      'heading/Raised now',
      critical.id,
      warning.id,
      'heading/Earlier',
      note.id,
    ]);
  });

  it('sorts by a column without headings, either way', () => {
    const up = shown(ALL, { column: 'severity', descending: false });
    expect(up).toEqual([critical.id, warning.id, note.id]);
    const seen = shown(ALL, { column: 'seen', descending: true });
    expect(seen[0]).toBe(note.id);
  });

  it('is narrowed by standing, severity, kind and words', () => {
    const left = (choice: Partial<typeof EVERY_ALERT>) =>
      ALL.filter((alert) => passes(alert, { ...EVERY_ALERT, ...choice })).map(({ id }) => id);
    expect(left({})).toHaveLength(3);
    expect(left({ which: 'unseen' })).toEqual([warning.id, critical.id]);
    expect(left({ which: 'raised', severities: ['critical', 'info'] })).toEqual([critical.id]);
    expect(left({ kinds: ['node'] })).toEqual([warning.id]);
    expect(left({ text: ' SLOW ' })).toEqual([warning.id]);
  });
});
