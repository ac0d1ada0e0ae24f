import { useAlerts } from '#renderer/stores/alert-store.ts';
import { SEVERITY_WORDS } from './alert-words.ts';

/** Tells a screen reader of the newest alert when there is time; a critical one has a banner, which interrupts. */
export function AlertAnnouncer() {
  const newest = useAlerts().find(
    ({ severity, acknowledgedAtMs }) => severity !== 'critical' && acknowledgedAtMs === null,
  );
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {newest !== undefined && `${SEVERITY_WORDS[newest.severity]}: ${newest.title}`}
    </p>
  );
}
