import { OctagonAlert } from 'lucide-react';
import { useState } from 'react';
import type { Alert } from '#domain/alert.ts';
import { withUnits } from '#renderer/features/inbox/alert-words.ts';
import { acknowledgeAlert } from '#renderer/stores/commands.ts';
import { openOperation, openVault, useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { Age } from '#renderer/ui/age.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

/** A critical alert on top of every screen, until it is acknowledged or has passed. */
export function AlertBanner({ alert }: { readonly alert: Alert }) {
  return (
    <div
      className="alarm alarm-bad"
      data-testid={TEST_IDS.alertBanner}
      data-alert={alert.id}
      data-kind={alert.kind}
    >
      <OctagonAlert size={18} aria-hidden />
      <div className="alarm-text">
        <p role="alert">
          <strong>{alert.title}</strong>
          <span className="alarm-cause" title={`${alert.text} ${alert.advice}`}>
            {withUnits(alert.text)} {alert.advice}
          </span>
        </p>
        <ul className="alarm-facts">
          <li>
            for <Age atMs={alert.raisedAtMs} />
          </li>
        </ul>
      </div>
      <Actions alert={alert} />
    </div>
  );
}

function Actions({ alert: { id, vaultId, operationId } }: { readonly alert: Alert }) {
  const [busy, setBusy] = useState(false);
  const route = useNavigationStore((state) => state.route);
  const acknowledge = async () => {
    setBusy(true);
    await acknowledgeAlert(id);
    setBusy(false);
  };
  const isOpen = route.kind === 'vault' && route.id === vaultId;
  return (
    <div className="alarm-actions">
      <Button
        busy={busy}
        data-testid={TEST_IDS.alertBannerAcknowledge}
        onClick={() => void acknowledge()}
      >
        Acknowledge
      </Button>
      {operationId !== null && (
        <Button onClick={() => openOperation(operationId)}>Show the operation</Button>
      )}
      {vaultId !== null && operationId === null && !isOpen && (
        <Button onClick={() => openVault(vaultId)}>Open vault</Button>
      )}
    </div>
  );
}
