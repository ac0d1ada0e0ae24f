import type { AlertSeverity, Condition } from '#domain/alert.ts';
import { isFinal, type CapitalOperation, type OperationView } from '#domain/capital-operation.ts';
import type { OperationId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { nameOperation } from '#domain/operation-words.ts';
import { cancelledByTrader } from '../capital/capital-errors.ts';
import type { AlertBook } from './alert-book.ts';
import type { WatchPorts } from './watch-ports.ts';

/**
 * Tells the outcomes of capital operations (C6). An outcome is news, told once: after a restart only open operations are
 * heard of. `unresolved` lasts until it is proved.
 */
export class OperationAlerts {
  readonly #ports: WatchPorts;
  readonly #alerts: AlertBook;
  readonly #ended = new Set<OperationId>();

  constructor(ports: WatchPorts, alerts: AlertBook) {
    this.#ports = ports;
    this.#alerts = alerts;
  }

  note({ operation }: OperationView): void {
    const { id, state } = operation;
    const unresolved = state === 'unresolved' ? this.#condition(operation, 'critical') : null;
    this.#alerts.judge(keyOf(id), unresolved);
    if (!isFinal(state) || this.#ended.has(id)) return;
    this.#ended.add(id);
    const severity = severityOf(operation);
    if (severity !== null) this.#alerts.news(this.#condition(operation, severity));
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
