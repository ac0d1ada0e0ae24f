/**
 * What Keel watches beside the figures themselves: margin, exchange, nodes (M1–M3). Hears everything that the engine
 * publishes, after it was published, and tells what the trader must know as alerts.
 */
import type { AlertId, AlertView } from '#domain/alert.ts';
import type { ExchangeObservation, ExchangeView } from '#domain/exchange-state.ts';
import type { NetworkId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { EngineDeps } from '../engine.ts';
import type { EngineEvent } from '../ports.ts';

export class WatchDesk {
  readonly #deps: EngineDeps;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
  }

  /** Begins to judge: before it nothing is raised. */
  start(): void {
    this.#deps.logger.debug('watch.started');
  }

  stop(): void {
    this.#deps.logger.debug('watch.stopped');
  }

  onEvent(event: EngineEvent): void {
    this.#deps.logger.debug('watch.event', { type: event.type });
  }

  /** The venue's own state, observed with the vaults' reads. */
  onExchange(network: NetworkId, observation: ExchangeObservation): void {
    this.#deps.logger.debug('watch.exchange', { network, slot: observation.slot });
  }

  exchangeViews(): readonly ExchangeView[] {
    return [];
  }

  loadAlerts(
    _limit: number,
    _before: AlertId | null,
  ): Result<{ readonly alerts: readonly AlertView[]; readonly unacknowledged: number }, KeelError> {
    return ok({ alerts: [], unacknowledged: 0 });
  }

  acknowledge(alertId: AlertId): Result<Record<never, never>, KeelError> {
    return err(
      keelError(
        'ALERT_NOT_FOUND',
        'fix-input',
        `There is no alert ${alertId}.`,
        'Open the inbox anew.',
      ),
    );
  }

  acknowledgeAll(): Result<{ readonly acknowledged: number }, KeelError> {
    return ok({ acknowledged: 0 });
  }
}
