import { ArrowRight, Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Alert } from '#domain/alert.ts';
import type { OperationView } from '#domain/capital-operation.ts';
import { SEVERITY_ICONS } from '#renderer/features/inbox/alert-row.tsx';
import { SEVERITY_WORDS } from '#renderer/features/inbox/alert-words.ts';
import {
  goingWords,
  routeOf,
  stateWords,
  titleOf,
  waitWords,
} from '#renderer/features/operations/operation-words.ts';
import { useAlerts, useAlertStore, useUnacknowledged } from '#renderer/stores/alert-store.ts';
import { useAtNow } from '#renderer/stores/clock-store.ts';
import { acknowledgeAlert } from '#renderer/stores/commands.ts';
import {
  openInbox,
  openOperation,
  openOperations,
  openVault,
} from '#renderer/stores/navigation-store.ts';
import { useOpenOperations, useOperationStore } from '#renderer/stores/operation-store.ts';
import { useVaultName } from '#renderer/stores/selectors.ts';
import { Age } from '#renderer/ui/age.tsx';
import { IconButton } from '#renderer/ui/button.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

const MOST = 5;

interface MoreProps {
  readonly label: string;
  readonly onClick: () => void;
}

export function More({ label, onClick }: MoreProps) {
  return (
    <button type="button" className="link overview-more" onClick={onClick}>
      {label}
      <ArrowRight size={12} aria-hidden />
    </button>
  );
}

/** The newest that nobody has seen to; what lasts stands before what has passed. */
export function OverviewAlerts() {
  const alerts = useAlerts();
  const { loaded, failure } = useAlertStore();
  const total = useUnacknowledged();
  const unseen = alerts.filter(({ acknowledgedAtMs }) => acknowledgedAtMs === null);
  const shown = unseen
    .toSorted(
      (left, right) => Number(left.clearedAtMs !== null) - Number(right.clearedAtMs !== null),
    )
    .slice(0, MOST);
  return (
    <Panel
      title={total === 0 ? 'Alerts' : `Alerts (${total})`}
      testId={TEST_IDS.overviewAlerts}
      aside={<More label="Inbox" onClick={openInbox} />}
    >
      <ListBody
        empty={loaded ? 'Nothing to see to.' : 'Loading…'}
        failure={failure === null ? null : `The inbox could not be read: ${failure.message}`}
      >
        {shown.map((alert) => (
          <AlertLine key={alert.id} alert={alert} />
        ))}
      </ListBody>
    </Panel>
  );
}

function AlertLine({ alert }: { readonly alert: Alert }) {
  const Icon = SEVERITY_ICONS[alert.severity];
  const { vaultId, operationId } = alert;
  const open = () => {
    if (operationId !== null) openOperation(operationId);
    else if (vaultId !== null) openVault(vaultId);
    else openInbox();
  };
  return (
    <li className={`overview-item tone-${alert.severity}`}>
      <Icon size={15} aria-label={SEVERITY_WORDS[alert.severity]} className="overview-icon" />
      <button type="button" className="overview-what" onClick={open} title={alert.text}>
        {alert.title}
      </button>
      <span className="faint overview-when">
        <Age atMs={alert.raisedAtMs} />
      </span>
      <IconButton
        label={`Acknowledge: ${alert.title}`}
        data-testid={TEST_IDS.alertAcknowledge}
        onClick={() => void acknowledgeAlert(alert.id)}
      >
        <Check size={14} aria-hidden />
      </IconButton>
    </li>
  );
}

/** What is under way, with its step and what it waits for. */
export function OverviewOperations() {
  const open = useOpenOperations();
  const { loaded, failure } = useOperationStore();
  return (
    <Panel
      title={open.length === 0 ? 'Open operations' : `Open operations (${open.length})`}
      testId={TEST_IDS.overviewOperations}
      aside={<More label="All" onClick={openOperations} />}
    >
      <ListBody
        empty={loaded ? 'No money is on its way.' : 'Loading…'}
        failure={failure === null ? null : `The journal could not be read: ${failure.message}`}
      >
        {open.slice(0, MOST).map((view) => (
          <OperationLine key={view.operation.id} view={view} />
        ))}
      </ListBody>
    </Panel>
  );
}

function OperationLine({ view }: { readonly view: OperationView }) {
  const { operation, wait } = view;
  const nameOf = useVaultName();
  const waits = useAtNow((nowMs) => waitWords(wait, nowMs));
  const { word, tone } = stateWords(view);
  const what = waits ?? goingWords(operation.state)?.title ?? '';
  return (
    <li className="overview-item">
      <button
        type="button"
        className="overview-what overview-operation"
        onClick={() => openOperation(operation.id)}
      >
        <span>
          {titleOf(operation.intent)}{' '}
          <span className="faint">{routeOf(operation.intent, nameOf)}</span>
        </span>
        <span className="muted overview-second">{what}</span>
      </button>
      <Chip tone={tone}>{word}</Chip>
    </li>
  );
}

interface ListBodyProps {
  readonly empty: string;
  readonly failure: string | null;
  readonly children: readonly ReactNode[];
}

export function ListBody({ empty, failure, children }: ListBodyProps) {
  return (
    <>
      {failure !== null && (
        <p className="panel-empty" role="alert">
          {failure}
        </p>
      )}
      {children.length > 0 && <ul className="overview-list">{children}</ul>}
      {children.length === 0 && failure === null && <p className="panel-empty">{empty}</p>}
    </>
  );
}
