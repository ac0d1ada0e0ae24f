import './inbox.css';
import { useAlerts, useUnacknowledged } from '#renderer/stores/alert-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

/** How many alerts nobody has acknowledged, red while one of them is critical and lasts; nothing where there are none. */
export function InboxBadge() {
  const count = useUnacknowledged();
  const grave = useAlerts().some(
    ({ severity, acknowledgedAtMs, clearedAtMs }) =>
      severity === 'critical' && acknowledgedAtMs === null && clearedAtMs === null,
  );
  if (count === 0) return null;
  return (
    <span
      className={grave ? 'inbox-badge inbox-badge-grave' : 'inbox-badge'}
      data-testid={TEST_IDS.inboxBadge}
    >
      {count > 99 ? '99+' : count}
      <span className="visually-hidden">
        {grave ? ' not acknowledged, critical' : ' not acknowledged'}
      </span>
    </span>
  );
}
