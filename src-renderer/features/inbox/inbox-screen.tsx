import './inbox.css';
import { CheckCheck, Inbox, OctagonAlert } from 'lucide-react';
import { useEffect, useRef, useState, type RefObject, type UIEvent } from 'react';
import { alertId, type Alert } from '#domain/alert.ts';
import { useAlerts, useAlertStore, useUnacknowledged } from '#renderer/stores/alert-store.ts';
import {
  acknowledgeAlert,
  acknowledgeAllAlerts,
  loadInbox,
  loadOlderAlerts,
} from '#renderer/stores/commands.ts';
import { useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { AlertRow } from './alert-row.tsx';
import { groupAlerts } from './alert-words.ts';

/** How near to the end of what is loaded one must scroll for the next page to be fetched. */
const NEAR_PX = 400;

/** Everything that Keel has told the trader, and what nobody has seen to yet. */
export function InboxScreen() {
  const { loaded, loading, hasOlder } = useAlertStore();
  const screen = useRef<HTMLElement>(null);
  useInboxKeys(screen);
  const onScroll = ({ currentTarget: list }: UIEvent<HTMLElement>) => {
    const left = list.scrollHeight - list.scrollTop - list.clientHeight;
    if (left < NEAR_PX && hasOlder && !loading) void loadOlderAlerts();
  };
  return (
    <main
      className="screen screen-scroll"
      data-testid={TEST_IDS.inbox}
      onScroll={onScroll}
      ref={screen}
    >
      <div className="screen-head">
        <h1>Inbox</h1>
        <p className="screen-lead">
          Everything Keel has told you. An alert rings once, and stays here.
        </p>
        <span className="spacer" />
        <AcknowledgeAll />
      </div>
      <Failure />
      {loaded && <Groups />}
      {hasOlder && (
        <Button
          className="inbox-older"
          busy={loading}
          data-testid={TEST_IDS.inboxOlder}
          onClick={() => void loadOlderAlerts()}
        >
          Show older alerts
        </Button>
      )}
    </main>
  );
}

function Groups() {
  const alerts = useAlerts();
  const { raised, earlier } = groupAlerts(alerts);
  if (alerts.length === 0) return <Empty />;
  return (
    <>
      <AlertPanel
        title="Raised now"
        alerts={raised}
        empty="Nothing is wrong at this moment that Keel would have to tell you of."
      />
      <AlertPanel title="Earlier" alerts={earlier} empty="Nothing has passed yet." />
    </>
  );
}

interface AlertPanelProps {
  readonly title: string;
  readonly alerts: readonly Alert[];
  readonly empty: string;
}

function AlertPanel({ title, alerts, empty }: AlertPanelProps) {
  return (
    <Panel title={title} aside={alerts.length === 0 ? undefined : alerts.length}>
      {alerts.length === 0 ? (
        <p className="panel-empty">{empty}</p>
      ) : (
        <ul className="alert-list">
          {alerts.map((alert) => (
            <AlertRow key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function AcknowledgeAll() {
  const count = useUnacknowledged();
  const [busy, setBusy] = useState(false);
  const acknowledge = async () => {
    setBusy(true);
    await acknowledgeAllAlerts();
    setBusy(false);
  };
  if (count === 0) return null;
  return (
    <Button
      busy={busy}
      icon={<CheckCheck size={14} aria-hidden />}
      data-testid={TEST_IDS.alertAcknowledgeAll}
      onClick={() => void acknowledge()}
    >
      Acknowledge all {count}
    </Button>
  );
}

function Failure() {
  const { failure, loading } = useAlertStore();
  if (failure === null) return null;
  return (
    <div
      className="callout callout-bad inbox-failed"
      role="alert"
      data-testid={TEST_IDS.inboxFailed}
    >
      <OctagonAlert size={15} aria-hidden />
      <div className="inbox-failed-text">
        <p>The inbox could not be read: there may be alerts that are not shown here.</p>
        <p className="muted">
          {failure.message} {failure.advice}
        </p>
      </div>
      <Button busy={loading} onClick={() => void loadInbox()}>
        Try again
      </Button>
    </div>
  );
}

function Empty() {
  return (
    <div className="empty-state" data-testid={TEST_IDS.inboxEmpty}>
      <Inbox size={26} strokeWidth={1.6} aria-hidden className="faint" />
      <h2>Nothing to tell</h2>
      <p>
        When a vault’s margin runs low, a sync fails, the exchange pauses something or an operation
        ends badly, it is told here, and stays here.
      </p>
    </div>
  );
}

/** `A` acknowledges the alert in focus; the arrows go from one to the next, and from nowhere to the first. */
function useInboxKeys(screen: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (screen.current === null || useNavigationStore.getState().dialog !== null) return;
      if (actOf(event, screen.current)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [screen]);
}

/** Does what the key stands for; false where it stands for nothing. */
function actOf({ key, target }: KeyboardEvent, screen: HTMLElement): boolean {
  const rows = [...screen.querySelectorAll<HTMLElement>('[data-alert]')];
  const at = rows.findIndex((row) => row.contains(target as Node));
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    const next = rows[key === 'ArrowDown' ? at + 1 : at - 1];
    next?.focus();
    return next !== undefined;
  }
  const row = rows[at];
  const id = row?.dataset['alert'];
  if (key.toLowerCase() !== 'a' || row === undefined || id === undefined) return false;
  if (row.dataset['acknowledged'] === 'false') void acknowledgeAlert(alertId(id));
  row.focus();
  return true;
}
