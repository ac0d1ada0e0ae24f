/** How an alert comes, changes and goes: pure. The invariants are those of `alert.ts`. */
import {
  ALERT_SEVERITIES,
  type Alert,
  type AlertChange,
  type AlertId,
  type AlertSeverity,
  type Condition,
} from './alert.ts';
import { unixMs, type UnixMs } from './units.ts';

/** Figures in a text move at each heartbeat: it is written anew this often at most. */
export const RETEXT_EVERY_MS = 30_000;
/** The same where the title has changed, which holds no figures: something else is the case. */
export const RETITLE_EVERY_MS = 5_000;

export interface AlertStep {
  readonly alert: Alert;
  readonly change: AlertChange;
}

/** What the condition makes of the alert raised under its key; null: nothing that is worth telling or storing. */
export function stepAlert(
  raised: Alert | null,
  condition: Condition | null,
  nowMs: UnixMs,
  newId: () => AlertId,
): AlertStep | null {
  if (raised === null) {
    return condition === null
      ? null
      : { alert: raisedAlert(condition, nowMs, newId(), null), change: 'raised' };
  }
  if (condition === null) {
    return { alert: { ...raised, clearedAtMs: notBefore(raised, nowMs) }, change: 'cleared' };
  }
  const growth = severityRank(condition.severity) - severityRank(raised.severity);
  const changed = { ...raised, ...condition, changedAtMs: notBefore(raised, nowMs) };
  if (growth > 0) return { alert: { ...changed, acknowledgedAtMs: null }, change: 'worse' };
  if (growth < 0) return { alert: changed, change: 'milder' };
  return isRewordingDue(raised, condition, nowMs) ? { alert: changed, change: 'reworded' } : null;
}

/** News was never a lasting condition: it is cleared as it is raised, and waits in the inbox to be acknowledged. */
export function newsAlert(news: Condition, nowMs: UnixMs, id: AlertId): AlertStep {
  return { alert: raisedAlert(news, nowMs, id, nowMs), change: 'raised' };
}

/** Also of a cleared one; null where it is acknowledged already. */
export function acknowledgeAlert(alert: Alert, nowMs: UnixMs): AlertStep | null {
  if (alert.acknowledgedAtMs !== null) return null;
  const acknowledgedAtMs = notBefore(alert, nowMs);
  return { alert: { ...alert, acknowledgedAtMs }, change: 'acknowledged' };
}

/** 0 for `info`, then ascending. */
export function severityRank(severity: AlertSeverity): number {
  return ALERT_SEVERITIES.indexOf(severity);
}

function raisedAlert(
  { key, kind, severity, title, text, advice, vaultId, network, operationId }: Condition,
  atMs: UnixMs,
  id: AlertId,
  clearedAtMs: UnixMs | null,
): Alert {
  return {
    id,
    key,
    kind,
    severity,
    title,
    text,
    advice,
    vaultId,
    network,
    operationId,
    raisedAtMs: atMs,
    changedAtMs: atMs,
    clearedAtMs,
    acknowledgedAtMs: null,
  };
}

function isRewordingDue(raised: Alert, condition: Condition, nowMs: UnixMs): boolean {
  const { title, text, advice } = condition;
  const retitled = title !== raised.title;
  if (!retitled && text === raised.text && advice === raised.advice) return false;
  // A last change that lies ahead is a clock that was set back.
  const passedMs = Math.abs(nowMs - raised.changedAtMs);
  return passedMs >= (retitled ? RETITLE_EVERY_MS : RETEXT_EVERY_MS);
}

/** A clock that was set back makes no alert end before it began. */
const notBefore = ({ raisedAtMs }: Alert, nowMs: UnixMs): UnixMs =>
  unixMs(Math.max(raisedAtMs, nowMs));
