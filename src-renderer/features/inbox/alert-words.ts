/** What an alert is called in the inbox, and which of its times are told. */
import type { Alert, AlertKind, AlertSeverity } from '#domain/alert.ts';

export const SEVERITY_WORDS: Readonly<Record<AlertSeverity, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Note',
};

export const KIND_WORDS: Readonly<Record<AlertKind, string>> = {
  margin: 'Margin',
  'margin-unknown': 'Margin unknown',
  sync: 'Sync',
  exchange: 'Exchange',
  node: 'Network',
  operation: 'Operation',
  halt: 'Halt',
  engine: 'Engine',
};

/** No line ends between a figure and its unit. */
export const withUnits = (text: string): string =>
  text.replaceAll(/(\d) (%|ms|s|USD|USDC|SOL)(?!\w)/g, '$1\u00a0$2');

/** `raised`: it lasts. `over`: it lasted and has passed. `news`: it was told once and never lasted. */
export type AlertStanding = 'raised' | 'over' | 'news';

export function standingOfAlert({ raisedAtMs, clearedAtMs }: Alert): AlertStanding {
  if (clearedAtMs === null) return 'raised';
  return clearedAtMs === raisedAtMs ? 'news' : 'over';
}

export interface AlertGroups {
  readonly raised: readonly Alert[];
  readonly earlier: readonly Alert[];
}

/** The gravest first. */
export const SEVERITY_RANK: Readonly<Record<AlertSeverity, number>> = {
  critical: 0,
  warning: 1,
  info: 2,
};

/** What lasts now, the gravest first; and the rest as it came, newest first. */
export function groupAlerts(newestFirst: readonly Alert[]): AlertGroups {
  const lasting = newestFirst.filter((alert) => alert.clearedAtMs === null);
  return {
    raised: lasting.toSorted(
      (left, right) => SEVERITY_RANK[left.severity] - SEVERITY_RANK[right.severity],
    ),
    earlier: newestFirst.filter((alert) => alert.clearedAtMs !== null),
  };
}
