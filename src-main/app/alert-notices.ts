/**
 * Turns alerts into notices. Invariants: an alert rings at most once for each severity, also when a restarted engine
 * tells it again; what is critical rings in quiet hours too; what quiet hours kept is told once they are over.
 */
import { ALERT_SEVERITIES, type Alert, type AlertId } from '#domain/alert.ts';
import type { VaultId } from '#domain/ids.ts';
import { severityRank } from '#domain/step-alert.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import type { Clock, Unsubscribe } from '#main/engine/ports.ts';
import { gatheredNotice, recoveryNotice, summaryNotice } from './alert-words.ts';
import type { Notice } from './notifications.ts';

/** Alerts of a kind that come together share one notice: a dead node must not ring once per vault. */
const GATHER_MS = 400;
/** A lost line is told by the vaults that it puts out of step: it waits a moment for them. */
const GATHER_NODES_MS = 2_000;
/** What the vaults' own outage says already; a limited or moved endpoint is something else. */
const LINE_KEY = /^node\/.+\/(down|cluster)$/;
const LOOK_WHETHER_QUIET_MS = 15_000;
/** The oldest are forgotten: the engine tells none of them again. */
const REMEMBERED = 2_000;

export interface AlertNoticesParts {
  readonly clock: Clock;
  /** Whether the trader sees the desk: not minimized, not in the tray. */
  deskVisible(): boolean;
  /** Whether quiet hours hold at this moment, in local time. */
  quiet(): boolean;
  nameOf(vault: VaultId): string;
  show(notice: Notice): void;
}

export interface AlertNotices {
  onEvent(event: DeskEvent): void;
  close(): void;
}

export function createAlertNotices(parts: AlertNoticesParts): AlertNotices {
  const { clock } = parts;
  const startedAtMs = clock.nowMs();
  const told = new Map<string, AlertId>();
  const gathering = new Map<string, Alert[]>();
  /** Outages of vaults that last, as they rang. */
  const outages = new Map<AlertId, Alert>();
  const quiet = createQuietKeep(parts);

  function gather(group: string, alert: Alert, tell: (alerts: readonly Alert[]) => void): void {
    const waiting = gathering.get(group);
    if (waiting !== undefined) {
      waiting.push(alert);
      return;
    }
    gathering.set(group, [alert]);
    clock.schedule(alert.kind === 'node' ? GATHER_NODES_MS : GATHER_MS, () => {
      const together = gathering.get(group) ?? [];
      gathering.delete(group);
      tell(together);
    });
  }

  function ring(alert: Alert): void {
    const news = `${alert.id}/${alert.severity}`;
    if (told.has(news) || isSeenAnyway(alert)) return;
    remember(news, alert.id);
    if (alert.kind === 'sync') outages.set(alert.id, alert);
    const isCritical = alert.severity === 'critical';
    gather(`${alert.kind}/${isCritical}`, alert, (gathered) => {
      const together = gathered.filter((each) => !isTheSameOutage(each));
      if (together.length === 0) return;
      if (!isCritical && parts.quiet()) {
        together.forEach((each) => quiet.keep(each));
        return;
      }
      together.forEach(({ id }) => quiet.drop(id));
      parts.show(gatheredNotice(together, parts.nameOf));
    });
  }

  /** A line that is down rings by the vaults that it put out of step (S5: one notification); the inbox has both. */
  function isTheSameOutage({ key, network }: Alert): boolean {
    return LINE_KEY.test(key) && [...outages.values()].some((each) => each.network === network);
  }

  /**
   * A change of the endpoint is for the inbox. An operation that went well, and a halt of one's own, are no news to a
   * trader who watches.
   */
  function isSeenAnyway({ kind, severity }: Alert): boolean {
    if (severity !== 'info') return false;
    return kind === 'node' || ((kind === 'operation' || kind === 'halt') && parts.deskVisible());
  }

  function remember(news: string, id: AlertId): void {
    told.set(news, id);
    const [oldest] = told.keys();
    if (told.size > REMEMBERED && oldest !== undefined) told.delete(oldest);
  }

  /** It may grow worse again, and rings anew then. */
  function forgetWorse({ id, severity }: Alert): void {
    for (const worse of ALERT_SEVERITIES) {
      if (severityRank(worse) > severityRank(severity)) told.delete(`${id}/${worse}`);
    }
  }

  function clear(alert: Alert): void {
    const rang = [...told.values()].includes(alert.id) || alert.raisedAtMs < startedAtMs;
    const wasKept = quiet.clear(alert.id);
    outages.delete(alert.id);
    if (alert.kind !== 'sync' || !rang || wasKept) return;
    gather('recovery', alert, (together) => {
      if (parts.quiet()) together.forEach((each) => quiet.keep(each, 'over'));
      else parts.show(recoveryNotice(together, parts.nameOf));
    });
  }

  return {
    onEvent(event) {
      if (event.type !== 'ALERT_CHANGED') return;
      const { alert } = event.view;
      switch (event.change) {
        case 'raised':
        case 'worse':
          ring(alert);
          break;
        case 'cleared':
          clear(alert);
          break;
        case 'acknowledged':
          quiet.drop(alert.id);
          break;
        case 'milder':
          forgetWorse(alert);
          break;
        case 'reworded':
          break;
      }
    },
    close: quiet.close,
  };
}

interface Kept {
  readonly alert: Alert;
  readonly isOver: boolean;
}

/** What would have rung in quiet hours; told in one notice when they end. */
function createQuietKeep(parts: AlertNoticesParts) {
  const kept = new Map<AlertId, Kept>();
  let cancelLook: Unsubscribe | null = null;

  function look(): void {
    cancelLook = null;
    if (kept.size === 0) return;
    if (parts.quiet()) {
      lookLater();
      return;
    }
    const all = [...kept.values()];
    kept.clear();
    parts.show(summaryNotice(all));
  }

  function lookLater(): void {
    cancelLook ??= parts.clock.schedule(LOOK_WHETHER_QUIET_MS, look);
  }

  return {
    keep(alert: Alert, how: 'open' | 'over' = 'open'): void {
      kept.set(alert.id, { alert, isOver: how === 'over' });
      lookLater();
    },
    /** True when it was kept: nobody was rung for it. */
    clear(id: AlertId): boolean {
      const held = kept.get(id);
      if (held !== undefined) kept.set(id, { ...held, isOver: true });
      return held !== undefined;
    },
    drop(id: AlertId): void {
      kept.delete(id);
    },
    close(): void {
      cancelLook?.();
    },
  };
}
