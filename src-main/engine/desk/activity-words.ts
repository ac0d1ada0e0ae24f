/** What the engine publishes, as entries of the feed. Pure: words and figures are those of the moment. */
import type { ActivityActor, ActivityTone } from '#domain/activity.ts';
import type { Alert, AlertChange } from '#domain/alert.ts';
import { assertNever } from '#domain/assert-never.ts';
import type { CapitalOperation, FinalState } from '#domain/capital-operation.ts';
import { isFinal } from '#domain/capital-operation.ts';
import type { HaltAll, HaltSource } from '#domain/halt-all.ts';
import { nameOperation } from '#domain/operation-words.ts';
import type { UnixMs } from '#domain/units.ts';
import type { FeedEntry } from '../desk-ports.ts';
import type { SyncErrorEvent, SyncRecoveredEvent } from '../ports.ts';
import { entryOf, lengthOf, nameOf, type ViewOf } from './entry-words.ts';

export function syncEntry(event: SyncErrorEvent | SyncRecoveredEvent, viewOf: ViewOf): FeedEntry {
  const about = {
    kind: 'sync',
    actor: 'keel',
    atMs: event.atMs,
    vaultId: event.vaultId,
    network: viewOf(event.vaultId)?.vault.network ?? null,
  } as const;
  if (event.type === 'VAULT_SYNC_RECOVERED') {
    return entryOf({
      ...about,
      tone: 'good',
      title: `“${event.vaultName}” is in step again`,
      text: `It was out of step for ${lengthOf(event.atMs - event.failingSinceMs)}. Trading stays stopped until you enable it.`,
    });
  }
  const attempts = event.attempts === 1 ? '1 attempt' : `${event.attempts} attempts`;
  return entryOf({
    ...about,
    tone: 'warning',
    title: `“${event.vaultName}” fell out of step`,
    text: `${event.error.message} After ${attempts} trading is disabled.`,
  });
}

/**
 * Where an operation stands, each part of its life once: begun, sent, ended. Told by what is on record, so that a part
 * that an earlier run did not come to tell is told by this one.
 */
export function operationEntries(
  operation: CapitalOperation,
  viewOf: ViewOf,
): readonly (FeedEntry & { readonly once: string })[] {
  const { id, intent, network, transitions, vaultType, transaction } = operation;
  const name = nameOperation(intent);
  const opens = intent.kind === 'create-sub-account';
  const about = {
    kind: 'operation',
    vaultId: opens ? intent.vault.id : intent.vaultId,
    network,
    operationId: id,
  } as const;
  const begun = entryOf({
    ...about,
    atMs: operation.createdAtMs,
    tone: 'info',
    actor: 'trader',
    title: `${name} requested`,
    text: placeOf(operation, viewOf),
  });
  const entries = [{ ...begun, once: `operation/${id}/begun` }];
  // On paper nothing is sent anywhere.
  const sent = transitions.find(({ state }) => state === 'submitted');
  if (sent !== undefined && vaultType === 'onChain') {
    const text = transaction?.signature == null ? '' : `Signature ${transaction.signature}`;
    const title = `${name} sent to the chain`;
    const entry = entryOf({ ...about, atMs: sent.atMs, tone: 'info', actor: 'keel', title, text });
    entries.push({ ...entry, once: `operation/${id}/sent` });
  }
  if (isFinal(operation.state)) {
    const last = transitions.at(-1);
    const entry = entryOf({
      ...about,
      atMs: operation.endedAtMs ?? last?.atMs ?? operation.createdAtMs,
      tone: ENDS[operation.state].tone,
      actor: endedBy(operation.state, operation),
      title: `${name} ${ENDS[operation.state].words}`,
      text: operation.error?.message ?? last?.cause ?? '',
    });
    entries.push({ ...entry, once: `operation/${id}/ended` });
  }
  return entries;
}

const ENDS: Readonly<Record<FinalState, { readonly words: string; readonly tone: ActivityTone }>> =
  {
    verified: { words: 'verified', tone: 'good' },
    denied: { words: 'denied', tone: 'info' },
    rejected: { words: 'rejected', tone: 'warning' },
    expired: { words: 'expired', tone: 'warning' },
    discrepant: { words: 'confirmed, but the figures differ', tone: 'critical' },
  };

function endedBy(state: FinalState, { vaultType, error }: CapitalOperation): ActivityActor {
  if (state === 'denied') return error?.code === 'APPROVAL_DECLINED' ? 'trader' : 'keel';
  return vaultType === 'onChain' ? 'chain' : 'keel';
}

function placeOf({ intent }: CapitalOperation, viewOf: ViewOf): string {
  switch (intent.kind) {
    case 'deposit':
      return `Into ${nameOf(viewOf, intent.vaultId)}.`;
    case 'withdraw':
      return `Out of ${nameOf(viewOf, intent.vaultId)}.`;
    case 'transfer':
      return `From ${nameOf(viewOf, intent.vaultId)} to ${nameOf(viewOf, intent.toVaultId)}.`;
    case 'create-sub-account':
      return `Sub-account ${intent.vault.subAccountId} for the engine “${intent.vault.engine}”.`;
    default:
      return assertNever(intent);
  }
}

/** Null: another entry tells the same thing already, or there is nothing new in it. */
export function alertEntry(alert: Alert, change: AlertChange): FeedEntry | null {
  if (change !== 'acknowledged' && isToldOtherwise(alert)) return null;
  const { id, title, text, vaultId, network, operationId, severity } = alert;
  const about = { kind: 'alert', alertId: id, vaultId, network, operationId } as const;
  const { changedAtMs, raisedAtMs, clearedAtMs, acknowledgedAtMs } = alert;
  switch (change) {
    case 'raised':
      return entryOf({ ...about, atMs: raisedAtMs, actor: 'keel', tone: severity, title, text });
    case 'worse':
      return entryOf({
        ...about,
        ...{ atMs: changedAtMs, actor: 'keel', tone: severity, text },
        title: `Worse: ${title}`,
      });
    case 'acknowledged':
      return entryOf({
        ...about,
        ...{ atMs: acknowledgedAtMs ?? changedAtMs, actor: 'trader', tone: 'info' },
        title: `Acknowledged: ${title}`,
      });
    case 'cleared':
      return entryOf({
        ...about,
        ...{ atMs: clearedAtMs ?? changedAtMs, actor: 'keel', tone: 'good' },
        title: `Over: ${title}`,
        text: clearedAtMs === null ? '' : `It lasted ${lengthOf(clearedAtMs - raisedAtMs)}.`,
      });
    case 'milder':
    case 'reworded':
      return null;
    default:
      return assertNever(change);
  }
}

/** The outage, the halt and the end of an operation have entries of their own. */
function isToldOtherwise({ kind, clearedAtMs, raisedAtMs }: Alert): boolean {
  if (kind === 'sync' || kind === 'halt') return true;
  return kind === 'operation' && clearedAtMs === raisedAtMs;
}

const SOURCES: Readonly<Record<HaltSource, string>> = {
  window: 'in the window',
  keyboard: 'with the keyboard',
  tray: 'from the tray',
  notification: 'from a notification',
};

export function haltAllEntry(haltAll: HaltAll | null, nowMs: UnixMs): FeedEntry {
  const about = { kind: 'trading', actor: 'trader' } as const;
  if (haltAll === null) {
    return entryOf({
      ...about,
      ...{ atMs: nowMs, tone: 'info', title: 'The halt of everything was lifted' },
      text: 'Each vault stays halted until it is enabled.',
    });
  }
  return entryOf({
    ...about,
    ...{ atMs: haltAll.sinceMs, tone: 'warning', title: 'Everything was halted' },
    text: `It was done ${SOURCES[haltAll.source]}: no vault trades and no capital moves.`,
    once: `halt-all/${haltAll.sinceMs}`,
  });
}
