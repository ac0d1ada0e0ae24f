/** The watch's channels, answered as the engine would: what is asked for is done, and told by an event. */
import type { AlertView } from '#domain/alert.ts';
import { unixMs } from '#domain/units.ts';
import type { Desk, DeskEvent, RequestOf, ResponseOf } from '#ipc/contract.ts';

type WatchChannel =
  | 'alert.load'
  | 'alert.acknowledge'
  | 'alert.acknowledgeAll'
  | 'trading.haltAll'
  | 'trading.haltEngine'
  | 'trading.liftHaltAll'
  | 'shell.testNotification'
  | 'shell.copyDiagnostics'
  | 'shell.reportRendererFault';

type WatchAnswers = { [Name in WatchChannel]: (request: RequestOf<Name>) => ResponseOf<Name> };

export function watchAnswers(
  desk: Desk,
  initial: readonly AlertView[],
  nowMs: number,
  emit: (event: DeskEvent) => void,
): WatchAnswers {
  let alerts = [...initial];
  const unseen = () => alerts.filter(({ alert }) => alert.acknowledgedAtMs === null);
  const acknowledge = (id: AlertView['alert']['id']) => {
    alerts = alerts.map((view) =>
      view.alert.id === id && view.alert.acknowledgedAtMs === null ? seen(view, nowMs) : view,
    );
    const view = alerts.find(({ alert }) => alert.id === id);
    if (view !== undefined) emit({ type: 'ALERT_CHANGED', view, change: 'acknowledged' });
  };
  return {
    'alert.load': ({ limit, before }) => {
      const from = before === null ? 0 : alerts.findIndex(({ alert }) => alert.id === before) + 1;
      return { alerts: alerts.slice(from, from + limit), unacknowledged: unseen().length };
    },
    'alert.acknowledge': ({ alertId }) => {
      acknowledge(alertId);
      return {};
    },
    'alert.acknowledgeAll': () => {
      const open = unseen();
      for (const { alert } of open) acknowledge(alert.id);
      return { acknowledged: open.length };
    },
    'trading.haltAll': ({ source }) => {
      emit({ type: 'HALT_ALL_CHANGED', haltAll: { sinceMs: unixMs(nowMs), source } });
      return { halted: desk.views.length, ended: 0, reachedEngine: true };
    },
    'trading.haltEngine': () => ({ halted: desk.views.length, ended: 0 }),
    'trading.liftHaltAll': () => {
      emit({ type: 'HALT_ALL_CHANGED', haltAll: null });
      return {};
    },
    'shell.testNotification': () => ({ supported: true }),
    'shell.reportRendererFault': () => ({}),
    'shell.copyDiagnostics': () => ({ text: 'Keel 0.1.0\nElectron 33.2.1\npractice: connected' }),
  };
}

const seen = ({ alert, revision }: AlertView, nowMs: number): AlertView => ({
  alert: { ...alert, acknowledgedAtMs: unixMs(nowMs) },
  revision: revision + 1_000,
});
