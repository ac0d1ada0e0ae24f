import type { Alert } from '#domain/alert.ts';
import type { NetworkId, VaultId } from '#domain/ids.ts';
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
  const told = toldBy(alarms);
  return newestFirst.filter(
    (alert) =>
      alert.severity === 'critical' &&
      alert.clearedAtMs === null &&
      alert.acknowledgedAtMs === null &&
      !isTold(alert, told),
  );
}

/** What alarms speak of, put together once: with a thousand vaults out of step there are as many alerts as views. */
interface Told {
  readonly engine: boolean;
  readonly figuresOf: ReadonlySet<VaultId>;
  readonly lines: ReadonlySet<NetworkId>;
}

function toldBy(alarms: readonly Alarm[]): Told {
  const figuresOf = new Set<VaultId>();
  const lines = new Set<NetworkId>();
  for (const { kind, status, views } of alarms) {
    if (OF_THE_LINE.includes(kind) && status !== null) lines.add(status.network);
    for (const { vault } of views) {
      if (OF_THE_FIGURES.includes(kind)) figuresOf.add(vault.id);
      if (OF_THE_LINE.includes(kind)) lines.add(vault.network);
    }
  }
  return { engine: alarms.some(({ kind }) => kind === 'engine'), figuresOf, lines };
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

function isTold(alert: Alert, told: Told): boolean {
  switch (alert.kind) {
    case 'halt':
      return true;
    case 'engine':
      return told.engine;
    case 'sync':
    case 'margin-unknown':
      return alert.vaultId !== null && told.figuresOf.has(alert.vaultId);
    case 'node':
      return told.engine || (alert.network !== null && told.lines.has(alert.network));
    case 'margin':
    case 'exchange':
    case 'operation':
      return false;
  }
}
