import type { VaultView } from '#domain/vault-state.ts';
import type { AlertBook } from './alert-book.ts';
import { marginCondition, marginKey } from './margin-words.ts';
import { isInUse, type WatchPorts } from './watch-ports.ts';

/**
 * Judges every verified observation by the trader's thresholds (M1). Figures that nobody vouches for change nothing: an
 * alert that is raised stays until figures that are verified clear it.
 */
export class MarginWatch {
  readonly #ports: WatchPorts;
  readonly #alerts: AlertBook;

  constructor(ports: WatchPorts, alerts: AlertBook) {
    this.#ports = ports;
    this.#alerts = alerts;
  }

  judge(view: VaultView): void {
    const { verification, observation } = view.state;
    if (!view.synced || verification.kind !== 'verified' || observation === null) return;
    if (!isInUse(view)) return;
    const key = marginKey(view);
    const previous = this.#alerts.raised(key)?.severity ?? null;
    const { snapshot } = observation;
    this.#alerts.judge(key, marginCondition(view, snapshot, previous, this.#ports.settings()));
  }
}
