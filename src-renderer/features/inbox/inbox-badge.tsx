import './inbox.css';
import { useUnacknowledged } from '#renderer/stores/alert-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

/** How many alerts nobody has acknowledged; nothing where there are none. */
export function InboxBadge() {
  const count = useUnacknowledged();
  if (count === 0) return null;
  return (
    <span className="inbox-badge" data-testid={TEST_IDS.inboxBadge}>
      {count > 99 ? '99+' : count}
      <span className="visually-hidden"> not acknowledged</span>
    </span>
  );
}
