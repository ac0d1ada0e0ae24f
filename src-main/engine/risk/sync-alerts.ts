import type { Condition } from '#domain/alert.ts';
import type { VaultId } from '#domain/ids.ts';
import { usesMargin } from '#domain/margin.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { AlertBook } from './alert-book.ts';
import { isInUse, type WatchPorts } from './watch-ports.ts';

/** Tells of the outages of single vaults (S5): from `VAULT_SYNC_ERROR` until the recovery. */
export class SyncAlerts {
  readonly #ports: WatchPorts;
  readonly #alerts: AlertBook;

  constructor(ports: WatchPorts, alerts: AlertBook) {
    this.#ports = ports;
    this.#alerts = alerts;
  }

  failed(id: VaultId): void {
    const view = this.#ports.viewOf(id);
    if (view !== undefined && isInUse(view)) this.#alerts.judge(keyOf(id), syncCondition(view));
  }

  recovered(id: VaultId): void {
    this.#alerts.judge(keyOf(id), null);
  }

  /** While an outage lasts it may grow worse, and its cause may change. */
  note(view: VaultView): void {
    if (this.#alerts.raised(keyOf(view.vault.id)) !== null && view.state.failure !== null) {
      this.failed(view.vault.id);
    }
  }
}

const keyOf = (id: VaultId): string => `sync/${id}`;

function syncCondition({ vault, state }: VaultView): Condition | null {
  const { failure, verification, observation } = state;
  if (failure === null) return null;
  const atRisk = observation !== null && usesMargin(observation.snapshot.figures);
  return {
    key: keyOf(vault.id),
    kind: 'sync',
    severity: verification.kind === 'discrepant' || atRisk ? 'critical' : 'warning',
    title: `${vault.name} is out of step`,
    text: `${failure.error.message} Trading is halted.`,
    advice: failure.error.advice,
    vaultId: vault.id,
    network: vault.network,
    operationId: null,
  };
}
