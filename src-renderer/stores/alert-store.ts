/** The inbox: every alert that Keel has raised, newest first, and how many of them nobody has seen to. */
import { create } from 'zustand';
import type { Alert, AlertId, AlertView } from '#domain/alert.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Bridge } from '#renderer/bridge/bridge.ts';

export type AlertsById = ReadonlyMap<AlertId, AlertView>;

interface AlertStore {
  readonly alerts: AlertsById;
  /** Unacknowledged alerts older than those held here. */
  readonly olderUnacknowledged: number;
  readonly hasOlder: boolean;
  /** Whether the inbox has been read; until then nothing here means “none”. */
  readonly loaded: boolean;
  readonly loading: boolean;
  /** Why it could not be read the last time. */
  readonly failure: KeelError | null;
}

export const INITIAL_ALERTS: AlertStore = {
  alerts: new Map(),
  olderUnacknowledged: 0,
  hasOlder: false,
  loaded: false,
  loading: false,
  failure: null,
};

export const useAlertStore = create<AlertStore>()(() => INITIAL_ALERTS);

const PAGE = 100;

/**
 * Replaces each alert as a whole, unless what is there has the same or a higher revision. An acknowledged alert that was
 * not held here was counted among the older ones.
 */
export function receiveAlerts(incoming: readonly AlertView[]): void {
  if (incoming.length === 0) return;
  useAlertStore.setState((state) => {
    const alerts = new Map(state.alerts);
    let { olderUnacknowledged } = state;
    for (const view of incoming) {
      const known = alerts.get(view.alert.id);
      if (known !== undefined && view.revision <= known.revision) continue;
      if (known === undefined && state.loaded && isOlderThanHeld(view.alert, state)) {
        olderUnacknowledged -= 1;
      }
      alerts.set(view.alert.id, view);
    }
    return { alerts, olderUnacknowledged: Math.max(0, olderUnacknowledged) };
  });
}

function isOlderThanHeld({ raisedAtMs }: Alert, { alerts, hasOlder }: AlertStore): boolean {
  if (!hasOlder) return false;
  const oldest = Math.min(...[...alerts.values()].map(({ alert }) => alert.raisedAtMs));
  return raisedAtMs <= oldest;
}

/** A restarted engine counts revisions anew; what is on screen stays until it publishes. */
export function acceptAnyAlertRevision(): void {
  useAlertStore.setState(({ alerts }) => ({
    alerts: new Map([...alerts].map(([id, view]) => [id, { ...view, revision: -1 }])),
  }));
}

/** Reads a page: the newest, or what is older than `before`. */
export async function loadAlerts(bridge: Bridge, before: AlertId | null = null): Promise<void> {
  if (before !== null && useAlertStore.getState().loading) return;
  useAlertStore.setState({ loading: true });
  const answer = await bridge.invoke('alert.load', { limit: PAGE, before });
  if (!answer.ok) {
    useAlertStore.setState({ loading: false, failure: answer.error });
    return;
  }
  const page = answer.value.alerts;
  useAlertStore.setState(({ alerts, hasOlder }) => {
    const merged = new Map(alerts);
    for (const view of page) {
      const known = merged.get(view.alert.id);
      if (known === undefined || view.revision >= known.revision) merged.set(view.alert.id, view);
    }
    const reachesBack = before !== null || alerts.size === 0;
    return {
      alerts: merged,
      olderUnacknowledged: Math.max(0, answer.value.unacknowledged - countUnseen(merged.values())),
      hasOlder: reachesBack ? page.length === PAGE : hasOlder || page.length === PAGE,
      loaded: true,
      loading: false,
      failure: null,
    };
  });
}

function countUnseen(views: Iterable<AlertView>): number {
  let count = 0;
  for (const { alert } of views) if (alert.acknowledgedAtMs === null) count += 1;
  return count;
}

let ordered: { readonly of: AlertsById; readonly alerts: readonly Alert[] } | null = null;

/** Newest first; equal times by id, so that the order never flickers. Worked out once for each state of the store. */
export function inAlertOrder(alerts: AlertsById): readonly Alert[] {
  if (ordered?.of !== alerts) {
    const newestFirst = [...alerts.values()]
      .map(({ alert }) => alert)
      .sort((left, right) => right.raisedAtMs - left.raisedAtMs || compareIds(right.id, left.id));
    ordered = { of: alerts, alerts: newestFirst };
  }
  return ordered.alerts;
}

const compareIds = (left: AlertId, right: AlertId): number =>
  left < right ? -1 : Number(left > right);

export const useAlerts = (): readonly Alert[] =>
  useAlertStore(({ alerts }) => inAlertOrder(alerts));

/** Over the whole inbox, also what is not held here. */
export function useUnacknowledged(): number {
  return useAlertStore(
    ({ alerts, olderUnacknowledged }) => olderUnacknowledged + countUnseen(alerts.values()),
  );
}

/** What calls for the trader: warnings and critical alerts that nobody has seen to, and whatever older ones there are. */
export function useUnseenAlarms(): number {
  return useAlertStore(
    ({ alerts, olderUnacknowledged }) => olderUnacknowledged + countUnseenAlarms(alerts.values()),
  );
}

function countUnseenAlarms(views: Iterable<AlertView>): number {
  let count = 0;
  for (const { alert } of views) {
    if (alert.acknowledgedAtMs === null && alert.severity !== 'info') count += 1;
  }
  return count;
}
