import { Check, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { Alert } from '#domain/alert.ts';
import { acknowledgeAlert } from '#renderer/stores/commands.ts';
import { openOperation, openVault } from '#renderer/stores/navigation-store.ts';
import { useNetworkView, useVaultView } from '#renderer/stores/selectors.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Age } from '#renderer/ui/age.tsx';
import { formatAge, formatDateTime } from '#renderer/ui/format.ts';
import type { RowMarks } from '#renderer/ui/table/table-row.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { standingOfAlert, withUnits } from './alert-words.ts';

export const SEVERITY_ICONS = {
  critical: OctagonAlert,
  warning: TriangleAlert,
  info: Info,
} as const;

/** One alert: how grave by shape, word and colour; what, what to do, since when, and whom it concerns. */
export function AlertCell({ alert }: { readonly alert: Alert }) {
  const Icon = SEVERITY_ICONS[alert.severity];
  const raised = alert.clearedAtMs === null;
  return (
    <>
      <Icon size={17} aria-hidden className="alert-icon" />
      <div className="alert-body">
        <p className="alert-title selectable">{alert.title}</p>
        {alert.text !== '' && <p className="alert-text selectable">{withUnits(alert.text)}</p>}
        {raised && alert.advice !== '' && <p className="alert-advice">{alert.advice}</p>}
        <AlertFacts alert={alert} />
      </div>
    </>
  );
}

export function marksOfAlert(alert: Alert): RowMarks {
  const raised = alert.clearedAtMs === null;
  const seen = alert.acknowledgedAtMs !== null;
  return {
    className: `alert-row alert-${alert.severity} ${seen ? 'alert-seen' : ''} ${raised ? '' : 'alert-over'}`,
    'data-testid': TEST_IDS.alertRow,
    'data-alert': alert.id,
    'data-kind': alert.kind,
    'data-severity': alert.severity,
    'data-raised': raised,
    'data-acknowledged': seen,
  };
}

function AlertFacts({ alert }: { readonly alert: Alert }) {
  const network = useNetworkView(alert.network ?? ('' as NonNullable<Alert['network']>));
  return (
    <ul className="alert-facts">
      <Times alert={alert} />
      {alert.vaultId !== null && <VaultLink id={alert.vaultId} />}
      {alert.vaultId === null && network !== undefined && <li>{network.label}</li>}
      {alert.operationId !== null && <OperationLink id={alert.operationId} />}
    </ul>
  );
}

function Times({ alert }: { readonly alert: Alert }) {
  const { raisedAtMs, clearedAtMs } = alert;
  switch (standingOfAlert(alert)) {
    case 'raised':
      return (
        <li>
          for <Age atMs={raisedAtMs} />
        </li>
      );
    case 'news':
      return (
        <li>
          <Age atMs={raisedAtMs} suffix=" ago" />
        </li>
      );
    case 'over':
      return (
        <>
          <li>
            raised <Age atMs={raisedAtMs} suffix=" ago" />
          </li>
          <li title={`At ${formatDateTime(clearedAtMs ?? raisedAtMs)}`}>
            over after {formatAge((clearedAtMs ?? raisedAtMs) - raisedAtMs)}
          </li>
        </>
      );
  }
}

function VaultLink({ id }: { readonly id: NonNullable<Alert['vaultId']> }) {
  const view = useVaultView(id);
  if (view === undefined) return null;
  return (
    <li>
      <button type="button" className="link" onClick={() => openVault(id)}>
        {view.vault.name}
      </button>
    </li>
  );
}

function OperationLink({ id }: { readonly id: NonNullable<Alert['operationId']> }) {
  return (
    <li>
      <button type="button" className="link" onClick={() => openOperation(id)}>
        Show the operation
      </button>
    </li>
  );
}

export function AcknowledgeCell({ alert }: { readonly alert: Alert }) {
  const { acknowledgedAtMs, clearedAtMs } = alert;
  if (acknowledgedAtMs !== null) {
    return (
      <span
        className="alert-acknowledged"
        title={`Acknowledged at ${formatDateTime(acknowledgedAtMs)}`}
      >
        <Check size={13} aria-hidden />
        Acknowledged
      </span>
    );
  }
  return (
    <Button
      // What has passed or is mere news should not call for a press as what lasts does.
      tone={clearedAtMs === null ? 'plain' : 'quiet'}
      className="alert-acknowledge"
      aria-keyshortcuts="A"
      data-testid={TEST_IDS.alertAcknowledge}
      onClick={() => void acknowledgeAlert(alert.id)}
    >
      <span>
        Acknowledge<span className="visually-hidden">: {alert.title}</span>
      </span>
    </Button>
  );
}
