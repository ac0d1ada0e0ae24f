import './inbox.css';
import { useAlerts, useUnseenAlarms } from '#renderer/stores/alert-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

/**
 * How many warnings and critical alerts nobody has acknowledged, red while a critical one lasts. Mere notes, also of the
 * trader's own acts, do not call: they wait in the inbox.
 */
export function InboxBadge() {
  const count = useUnseenAlarms();
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
