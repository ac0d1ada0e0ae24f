import './inbox.css';
import { Check, CheckCheck, FileDown, Inbox } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Alert } from '#domain/alert.ts';
import { useAlerts, useAlertStore, useUnacknowledged } from '#renderer/stores/alert-store.ts';
import { acknowledgeAlerts } from '#renderer/stores/bulk-acts.ts';
import {
  acknowledgeAlert,
  acknowledgeAllAlerts,
  loadInbox,
  loadOlderAlerts,
} from '#renderer/stores/commands.ts';
import { openDialog, openOperation, openVault } from '#renderer/stores/navigation-store.ts';
import { useTableSetup } from '#renderer/stores/table-setup.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { ScreenHeader } from '#renderer/ui/screen-header.tsx';
import { EmptyState, FailedState, LoadingState } from '#renderer/ui/states.tsx';
import { DataTable } from '#renderer/ui/table/data-table.tsx';
import type { TableAction } from '#renderer/ui/table/table-action.ts';
import { linesOf } from '#renderer/ui/table/table-column.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { ALERT_COLUMNS } from './alert-columns.tsx';
import { alertLines, EVERY_ALERT, passes } from './alert-list.ts';
import { marksOfAlert } from './alert-row.tsx';
import { InboxFilters } from './inbox-filters.tsx';

/** How near to the end of what is loaded the next page is fetched, in rows. */
const NEAR = 6;

/** Everything that Keel has told the trader, and what nobody has seen to yet. */
export function InboxScreen() {
  const { loaded, failure, loading } = useAlertStore();
  const [choice, setChoice] = useState(EVERY_ALERT);
  return (
    <main className="screen screen-table" data-testid={TEST_IDS.inbox}>
      <ScreenHeader
        title="Inbox"
        actions={
          <>
            <AcknowledgeAll />
            <Button
              icon={<FileDown size={14} aria-hidden />}
              onClick={() => openDialog({ kind: 'export', subject: 'alerts', vaultIds: [] })}
            >
              Export…
            </Button>
          </>
        }
      />
      {failure !== null && (
        <FailedState
          title="The inbox could not be read: there may be alerts that are not shown here"
          error={failure}
          busy={loading}
          onRetry={() => void loadInbox()}
          testId={TEST_IDS.inboxFailed}
        />
      )}
      {loaded ? (
        <Alerts choice={choice} onChoice={setChoice} />
      ) : (
        failure === null && <LoadingState text="Reading the inbox" lines={6} />
      )}
    </main>
  );
}

interface AlertsProps {
  readonly choice: typeof EVERY_ALERT;
  readonly onChoice: (choice: typeof EVERY_ALERT) => void;
}

function Alerts({ choice, onChoice }: AlertsProps) {
  const alerts = useAlerts();
  const [setup, setSetup] = useTableSetup('inbox');
  const shown = useMemo(() => alerts.filter((alert) => passes(alert, choice)), [alerts, choice]);
  const lines = useMemo(() => linesOf(alertLines(shown, setup.sort)), [shown, setup.sort]);
  if (alerts.length === 0) return <Empty />;
  return (
    <>
      <div className="dt-tools">
        <InboxFilters choice={choice} onChange={(part) => onChoice({ ...choice, ...part })} />
        <span className="spacer" />
        <span className="dt-count inbox-hint">
          <Kbd keys="A" /> acknowledges the row in focus
        </span>
      </div>
      {shown.length > 0 ? (
        <DataTable
          label="Alerts"
          columns={ALERT_COLUMNS}
          lines={lines}
          setup={setup}
          onSetup={setSetup}
          marksOf={marksOfAlert}
          onOpen={openAlert}
          actionsFor={alertActions}
          keys={KEYS}
          rowHeight={null}
          onView={(_, last) => loadNear(last, lines.count)}
        />
      ) : (
        <EmptyState
          title="Nothing matches"
          text="Of the alerts read so far, the filters let none through."
          action={<Button onClick={() => onChoice(EVERY_ALERT)}>Clear the filters</Button>}
        />
      )}
      <Older />
    </>
  );
}

const KEYS: Readonly<Record<string, (alert: Alert) => void>> = {
  a: (alert) => {
    if (alert.acknowledgedAtMs === null) void acknowledgeAlert(alert.id);
  },
};

/** Scrolled to the end, the next page follows by itself. */
function loadNear(last: number, count: number): void {
  const { hasOlder, loading } = useAlertStore.getState();
  if (last > 2 * NEAR && last >= count - NEAR && hasOlder && !loading) void loadOlderAlerts();
}

/** Opens what it is about; an alert about nothing that can be opened stays where it is. */
function openAlert({ operationId, vaultId }: Alert): void {
  if (operationId !== null) openOperation(operationId);
  else if (vaultId !== null) openVault(vaultId);
}

function alertActions(alerts: readonly Alert[]): readonly TableAction[] {
  const unseen = alerts.filter(({ acknowledgedAtMs }) => acknowledgedAtMs === null);
  if (unseen.length === 0) return [];
  return [
    {
      id: 'acknowledge',
      label: unseen.length === 1 ? 'Acknowledge' : `Acknowledge ${unseen.length}`,
      icon: Check,
      act: () => void acknowledgeAlerts(unseen.map(({ id }) => id)),
    },
  ];
}

function Older() {
  const { hasOlder, loading } = useAlertStore();
  if (!hasOlder) return null;
  return (
    <Button
      className="inbox-older"
      busy={loading}
      data-testid={TEST_IDS.inboxOlder}
      onClick={() => void loadOlderAlerts()}
    >
      Show older alerts
    </Button>
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

function Empty() {
  return (
    <EmptyState
      icon={<Inbox size={26} strokeWidth={1.6} aria-hidden />}
      title="Nothing to tell"
      text="When a vault’s margin runs low, a sync fails, the exchange pauses something or an operation ends badly, it is told here, and stays here."
      testId={TEST_IDS.inboxEmpty}
    />
  );
}
