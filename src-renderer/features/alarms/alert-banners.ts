import type { Alert } from '#domain/alert.ts';
import type { VaultId } from '#domain/ids.ts';
import type { Alarm, AlarmKind } from '#renderer/stores/alarms.ts';

const OF_THE_FIGURES: readonly AlarmKind[] = ['failing', 'discrepant', 'stale'];
const OF_THE_LINE: readonly AlarmKind[] = ['failing', 'network', 'engine'];

/**
 * Critical alerts that last and that nobody has acknowledged, but for what a banner says already: an alarm about the
 * same vault or line, or the halt of everything.
 */
export function alertsForBanners(
  newestFirst: readonly Alert[],
  alarms: readonly Alarm[],
): readonly Alert[] {
  return newestFirst.filter(
    (alert) =>
      alert.severity === 'critical' &&
      alert.clearedAtMs === null &&
      alert.acknowledgedAtMs === null &&
      !isTold(alert, alarms),
  );
}

function isTold(alert: Alert, alarms: readonly Alarm[]): boolean {
  switch (alert.kind) {
    case 'halt':
      return true;
    case 'engine':
      return alarms.some(({ kind }) => kind === 'engine');
    case 'sync':
    case 'margin-unknown':
      return alarms.some(
        (alarm) => OF_THE_FIGURES.includes(alarm.kind) && isOf(alarm, alert.vaultId),
      );
    case 'node':
      return alarms.some(
        (alarm) =>
          OF_THE_LINE.includes(alarm.kind) &&
          (alarm.kind === 'engine' || networksOf(alarm).has(alert.network ?? '')),
      );
    case 'margin':
    case 'exchange':
    case 'operation':
      return false;
  }
}

const isOf = (alarm: Alarm, id: VaultId | null): boolean =>
  alarm.views.some(({ vault }) => vault.id === id);

function networksOf({ status, views }: Alarm): ReadonlySet<string> {
  return new Set([
    ...(status === null ? [] : [status.network]),
    ...views.map(({ vault }) => vault.network),
  ]);
}
