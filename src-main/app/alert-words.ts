/** Alerts in the words of a notice. */
import type { Alert, AlertKind } from '#domain/alert.ts';
import type { VaultId } from '#domain/ids.ts';
import { severityRank } from '#domain/step-alert.ts';
import type { Notice } from './notifications.ts';

type NameOf = (vault: VaultId) => string;

const MOST_NAMED = 3;

const SEVERAL: Readonly<Record<AlertKind, string>> = {
  margin: 'margin alerts',
  'margin-unknown': 'vaults whose margin is unknown',
  sync: 'vaults are out of step',
  exchange: 'exchange alerts',
  node: 'endpoint alerts',
  operation: 'operation alerts',
  halt: 'halts',
  engine: 'engine alerts',
};

/** Alerts of one kind that came together, never none. */
export function gatheredNotice(alerts: readonly Alert[], nameOf: NameOf): Notice {
  const [first] = alerts;
  const common = {
    kind: alerts.some(stays) ? ('alarm' as const) : ('alert' as const),
    alertIds: alerts.map(({ id }) => id),
    act: alerts.every(({ kind }) => kind === 'sync')
      ? ('sync-now' as const)
      : ('acknowledge' as const),
  };
  if (first === undefined || alerts.length === 1) {
    return {
      ...common,
      title: first?.title ?? '',
      body: `${first?.text ?? ''} ${first?.advice ?? ''}`.trim(),
      vaultId: first?.vaultId ?? null,
    };
  }
  return {
    ...common,
    title: `${alerts.length} ${SEVERAL[first.kind]}`,
    body:
      first.kind === 'sync'
        ? `${listed(namesOf(alerts, nameOf))}. ${first.text} ${first.advice}`
        : `${listed(alerts.map(({ title }) => title))}.`,
    vaultId: null,
  };
}

/** Vaults that are in step again, never none. */
export function recoveryNotice(alerts: readonly Alert[], nameOf: NameOf): Notice {
  const names = namesOf(alerts, nameOf);
  const text = 'The figures are verified again. Trading stays off until you enable it.';
  return {
    kind: 'recovery',
    title:
      names.length === 1
        ? `${names[0] ?? ''} is back in step`
        : `${names.length} vaults are back in step`,
    body: names.length === 1 ? text : `${listed(names)}. ${text}`,
    vaultId: alerts.length === 1 ? (alerts[0]?.vaultId ?? null) : null,
    alertIds: alerts.map(({ id }) => id),
    act: null,
  };
}

/** What quiet hours have kept, never nothing. */
export function summaryNotice(
  kept: readonly { readonly alert: Alert; readonly isOver: boolean }[],
): Notice {
  const gravestFirst = kept.toSorted(
    (left, right) => severityRank(right.alert.severity) - severityRank(left.alert.severity),
  );
  const titles = gravestFirst.map(
    ({ alert, isOver }) => `${alert.title}${isOver ? ' (over)' : ''}`,
  );
  return {
    kind: 'summary',
    title: `In the quiet hours: ${kept.length} ${kept.length === 1 ? 'alert' : 'alerts'}`,
    body: `${listed(titles)}.`,
    vaultId: null,
    alertIds: kept.map(({ alert }) => alert.id),
    act: 'acknowledge',
  };
}

export const TEST_NOTICE: Notice = {
  kind: 'test',
  title: 'Keel can reach you',
  body: 'This is how an alert arrives. Critical ones ring in quiet hours too.',
  vaultId: null,
  alertIds: [],
  act: null,
};

/** Figures that cannot be vouched for must not scroll away, whatever severity they were given. */
const stays = ({ kind, severity }: Alert): boolean => severity === 'critical' || kind === 'sync';

function namesOf(alerts: readonly Alert[], nameOf: NameOf): string[] {
  return alerts.map(({ vaultId, title }) => (vaultId === null ? title : nameOf(vaultId)));
}

function listed(texts: readonly string[]): string {
  const named = texts.slice(0, MOST_NAMED).join(', ');
  return texts.length > MOST_NAMED ? `${named} and ${texts.length - MOST_NAMED} more` : named;
}
