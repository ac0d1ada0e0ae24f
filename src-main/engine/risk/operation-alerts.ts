import { alertId, type AlertId, type AlertSeverity, type Condition } from '#domain/alert.ts';
import { isFinal, type CapitalOperation, type OperationView } from '#domain/capital-operation.ts';
import type { OperationId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { nameOperation } from '#domain/operation-words.ts';
import { cancelledByTrader } from '../capital/capital-errors.ts';
import { wordsOf } from '../engine-errors.ts';
import type { AlertBook } from './alert-book.ts';
import type { WatchPorts } from './watch-ports.ts';

/**
 * Tells the outcomes of capital operations (C6). An outcome is news, told once: the journal knows which ends were not
 * told yet, so that one of a process that was killed right after it is told by the next. `unresolved` lasts until it is
 * proved.
 */
export class OperationAlerts {
  readonly #ports: WatchPorts;
  readonly #alerts: AlertBook;
  readonly #ended = new Set<OperationId>();

  constructor(ports: WatchPorts, alerts: AlertBook) {
    this.#ports = ports;
    this.#alerts = alerts;
  }

  /** What has ended in an earlier run and was not told by it. */
  takeUp(): void {
    for (const operation of this.#ports.deps.journal.loadUntold()) {
      this.#judge(operation);
      const told = outcomeIdOf(operation.id);
      if (this.#alerts.isStored(told)) this.#ports.deps.journal.noteTold(operation.id);
      else this.#tellEnd(operation, told);
    }
  }

  note({ operation }: OperationView): void {
    this.#judge(operation);
    const { id, state } = operation;
    if (!isFinal(state) || this.#ended.has(id)) return;
    // A restored backup may have known it as open: then it is told anew.
    const free = this.#alerts.isFree(outcomeIdOf(id));
    this.#tellEnd(operation, free ? outcomeIdOf(id) : undefined);
  }

  #judge(operation: CapitalOperation): void {
    const unresolved =
      operation.state === 'unresolved' ? this.#condition(operation, 'critical') : null;
    this.#alerts.judge(keyOf(operation.id), unresolved);
  }

  #tellEnd(operation: CapitalOperation, newsId: AlertId | undefined): void {
    const { id } = operation;
    this.#ended.add(id);
    const severity = severityOf(operation);
    const told =
      severity === null ? null : this.#alerts.news(this.#condition(operation, severity), newsId);
    try {
      if (told === null || this.#alerts.isStored(told)) this.#ports.deps.journal.noteTold(id);
    } catch (thrown) {
      // The next start notes it.
      this.#ports.deps.logger.error('operation.told-not-noted', {
        operation: id,
        fault: wordsOf(thrown),
      });
    }
  }

  #condition(operation: CapitalOperation, severity: AlertSeverity): Condition {
    const { id, intent, network, error, state } = operation;
    const opens = intent.kind === 'create-sub-account';
    const name = opens
      ? intent.vault.name
      : (this.#ports.viewOf(intent.vaultId)?.vault.name ?? 'The vault');
    return {
      key: keyOf(id),
      kind: 'operation',
      severity,
      title: `${nameOperation(intent)} ${WORDS[state] ?? `is ${state}`}`,
      text:
        error?.message ??
        (state === 'verified'
          ? `${name} shows exactly what was expected.`
          : `It concerns ${name}.`),
      advice: state === 'verified' ? 'Nothing to do.' : (error?.advice ?? `Look at it on ${name}.`),
      // A vault that is not there before the operation has ended cannot be opened by a click.
      vaultId: opens ? null : intent.vaultId,
      network,
      operationId: id,
    };
  }
}

/** Of its own, so that nobody tells one end twice. */
const outcomeIdOf = (id: OperationId): AlertId => alertId(id);

const keyOf = (id: OperationId): string => `operation/${id}`;

const WORDS: Readonly<Partial<Record<CapitalOperation['state'], string>>> = {
  denied: 'was denied',
  rejected: 'was rejected',
  expired: 'has expired',
};

function severityOf({ state, error }: CapitalOperation): AlertSeverity | null {
  switch (state) {
    case 'discrepant':
      return 'critical';
    case 'rejected':
    case 'expired':
      return 'warning';
    case 'verified':
      return 'info';
    case 'denied':
      return isOwnNo(error) ? null : 'info';
    default:
      return null;
  }
}

/** Of no interest: the trader has just said it. */
function isOwnNo(error: KeelError | null): boolean {
  return error?.code === 'APPROVAL_DECLINED' || error?.message === cancelledByTrader().message;
}
