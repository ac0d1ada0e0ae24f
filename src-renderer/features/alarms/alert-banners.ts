import type { Alert } from '#domain/alert.ts';
import type { VaultId } from '#domain/ids.ts';
import type { Alarm, AlarmKind } from '#renderer/stores/alarms.ts';
import { alarmWords } from './alarm-words.ts';

const OF_THE_FIGURES: readonly AlarmKind[] = ['failing', 'discrepant', 'stale', 'network'];
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

export type Banner =
  | { readonly kind: 'alarm'; readonly alarm: Alarm }
  | { readonly kind: 'alert'; readonly alert: Alert };

/** What is critical stands above what only warns, so that a reminder never hides it. */
export function bannersInOrder(
  alarms: readonly Alarm[],
  alerts: readonly Alert[],
): readonly Banner[] {
  const banners = alarms.map((alarm) => ({ kind: 'alarm' as const, alarm }));
  const isGrave = ({ alarm }: { readonly alarm: Alarm }) => alarmWords(alarm).tone === 'bad';
  return [
    ...banners.filter(isGrave),
    ...alerts.map((alert) => ({ kind: 'alert' as const, alert })),
    ...banners.filter((banner) => !isGrave(banner)),
  ];
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
