/** Which alerts the inbox shows, and in what order. Pure. */
import type { Alert, AlertKind, AlertSeverity } from '#domain/alert.ts';
import type { TableLine, TableSort } from '#renderer/ui/table/table-column.ts';
import { groupAlerts, SEVERITY_RANK } from './alert-words.ts';

export interface AlertChoice {
  readonly which: 'all' | 'unseen' | 'raised';
  readonly severities: readonly AlertSeverity[];
  readonly kinds: readonly AlertKind[];
  readonly text: string;
}

export const EVERY_ALERT: AlertChoice = { which: 'all', severities: [], kinds: [], text: '' };

export function passes(alert: Alert, { which, severities, kinds, text }: AlertChoice): boolean {
  if (which === 'unseen' && alert.acknowledgedAtMs !== null) return false;
  if (which === 'raised' && alert.clearedAtMs !== null) return false;
  if (severities.length > 0 && !severities.includes(alert.severity)) return false;
  if (kinds.length > 0 && !kinds.includes(alert.kind)) return false;
  const needle = text.trim().toLowerCase();
  return `${alert.title}\n${alert.text}\n${alert.advice}`.toLowerCase().includes(needle);
}

/** Under headings in the inbox's own order: what lasts, then what has passed; sorted by a column without them. */
export function alertLines(
  newestFirst: readonly Alert[],
  sort: TableSort | null,
): readonly TableLine<Alert>[] {
  if (sort !== null) return sorted(newestFirst, sort).map(rowOf);
  const { raised, earlier } = groupAlerts(newestFirst);
  return [
    ...(raised.length === 0 ? [] : [heading('Raised now', raised.length), ...raised.map(rowOf)]),
    ...(earlier.length === 0 ? [] : [heading('Earlier', earlier.length), ...earlier.map(rowOf)]),
  ];
}

const rowOf = (alert: Alert): TableLine<Alert> => ({ kind: 'row', key: alert.id, row: alert });

const heading = (title: string, count: number): TableLine<Alert> => ({
  kind: 'heading',
  key: `heading/${title}`,
  content: `${title} · ${count}`,
});

function sorted(alerts: readonly Alert[], { column, descending }: TableSort): readonly Alert[] {
  const sign = descending ? -1 : 1;
  return alerts.toSorted((left, right) => sign * compare(left, right, column));
}

function compare(left: Alert, right: Alert, column: string): number {
  switch (column) {
    case 'severity':
      return SEVERITY_RANK[left.severity] - SEVERITY_RANK[right.severity];
    case 'seen':
      return Number(left.acknowledgedAtMs !== null) - Number(right.acknowledgedAtMs !== null);
    case 'kind':
      return left.kind.localeCompare(right.kind);
    default:
      return 0;
  }
}
