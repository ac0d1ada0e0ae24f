/**
 * What Keel watches beside the figures themselves: margin, exchange, nodes (M1–M3). Hears everything that the engine
 * publishes, after it was published, and tells what the trader must know as alerts. Invariant: whatever fails in
 * here is a line in the log, never the end of what was heard.
 */
import type { AlertId } from '#domain/alert.ts';
import type { ExchangeObservation, ExchangeView } from '#domain/exchange-state.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import type { NetworkId } from '#domain/ids.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { wordsOf } from '../engine-errors.ts';
import type { EngineEvent } from '../ports.ts';
import { AlertBook } from './alert-book.ts';
import { ExchangeBook } from './exchange-book.ts';
import { ExchangeWatch } from './exchange-watch.ts';
import { HaltAlerts } from './halt-alerts.ts';
import { lostEngineNews } from './lost-engine.ts';
import { MarginAgeWatch } from './margin-age-watch.ts';
import { MarginWatch } from './margin-watch.ts';
import { NodeWatch } from './node-watch.ts';
import { OperationAlerts } from './operation-alerts.ts';
import { SyncAlerts } from './sync-alerts.ts';
import { isInUse, type WatchPorts } from './watch-ports.ts';

export class WatchDesk {
  readonly #ports: WatchPorts;
  readonly #alerts: AlertBook;
  readonly #exchanges: ExchangeBook;
  readonly #exchange: ExchangeWatch;
  readonly #margin: MarginWatch;
  readonly #marginAge: MarginAgeWatch;
  readonly #node: NodeWatch;
  readonly #sync: SyncAlerts;
  readonly #operations: OperationAlerts;
  readonly #halts: HaltAlerts;
  #running = false;

  constructor(ports: WatchPorts) {
    this.#ports = ports;
    this.#alerts = new AlertBook(ports.deps);
    this.#exchanges = new ExchangeBook(ports.deps);
    this.#exchange = new ExchangeWatch(ports, this.#alerts);
    this.#margin = new MarginWatch(ports, this.#alerts);
    this.#marginAge = new MarginAgeWatch(ports, this.#alerts);
    this.#node = new NodeWatch(ports, this.#alerts);
    this.#sync = new SyncAlerts(ports, this.#alerts);
    this.#operations = new OperationAlerts(ports, this.#alerts);
    this.#halts = new HaltAlerts(this.#alerts);
  }

  /** Takes up what earlier runs have told. @param haltAll as it is on record. */
  open(haltAll: HaltAll | null): void {
    this.#alerts.load();
    this.#exchanges.load();
    this.#halts.takeOver(haltAll);
    const { lost, clock } = this.#ports.deps;
    if (lost !== undefined) this.#alerts.news(lostEngineNews(lost, clock.nowMs()));
  }

  /** Begins to judge: before it nothing of vaults, networks and exchanges is raised. Again: harmless. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#guard('start', () => {
      this.#clearStrangers();
      this.#marginAge.judgeAll();
    });
    this.#guard('operations', () => this.#operations.takeUp());
  }

  stop(): void {
    this.#running = false;
    this.#marginAge.stop();
    this.#node.stop();
    this.#alerts.stop();
  }

  onEvent(event: EngineEvent): void {
    this.#guard(event.type, () => {
      if (event.type === 'HALT_ALL_CHANGED') this.#halts.note(event.haltAll);
      if (this.#running) this.#hear(event);
    });
  }

  /** What the work makes the watch tell is one commit. */
  together(work: () => void): void {
    this.#alerts.together(work);
  }

  /** The venue's own state, observed with the vaults' reads. */
  onExchange(network: NetworkId, observation: ExchangeObservation): void {
    if (!this.#running) return;
    this.#guard('exchange', () => {
      if (!this.#exchanges.observe(network, observation)) return;
      const view = this.#exchanges.viewOf(network);
      if (view !== null) this.#exchange.judge(view);
    });
  }

  /** Thresholds have changed: what is known is judged anew at once. */
  settingsChanged(): void {
    if (!this.#running) return;
    this.#guard('settings', () =>
      this.#alerts.together(() => {
        for (const view of this.#ports.views()) this.#margin.judge(view);
        this.#marginAge.judgeAll();
        for (const view of this.#exchanges.views()) this.#exchange.judge(view);
      }),
    );
  }

  networkReplaced(network: NetworkId): void {
    this.#exchanges.networkReplaced(network);
    this.#node.networkReplaced(network);
  }

  exchangeViews(): readonly ExchangeView[] {
    return this.#exchanges.views();
  }

  loadAlerts(limit: number, before: AlertId | null): ReturnType<AlertBook['page']> {
    return this.#alerts.page(limit, before);
  }

  acknowledge(alertId: AlertId): ReturnType<AlertBook['acknowledge']> {
    return this.#alerts.acknowledge(alertId);
  }

  acknowledgeAll(): ReturnType<AlertBook['acknowledgeAll']> {
    return this.#alerts.acknowledgeAll();
  }

  #hear(event: EngineEvent): void {
    switch (event.type) {
      case 'VAULT_CHANGED':
        this.#vaultChanged(event.view);
        break;
      case 'VAULT_SYNC_ERROR':
        this.#sync.failed(event.vaultId);
        break;
      case 'VAULT_SYNC_RECOVERED':
        this.#sync.recovered(event.vaultId);
        break;
      case 'NETWORK_CHANGED':
        this.#node.note(event.status);
        break;
      case 'OPERATION_CHANGED':
        this.#operations.note(event.view);
        break;
      case 'HALT_ALL_CHANGED':
      case 'ALERT_CHANGED':
      case 'EXCHANGE_CHANGED':
      case 'ACTIVITY_RECORDED':
        break;
    }
  }

  #vaultChanged(view: VaultView): void {
    this.#marginAge.note(view);
    if (!isInUse(view)) {
      this.#clearVault(view);
      return;
    }
    this.#margin.judge(view);
    this.#sync.note(view);
  }

  /** An archived vault is no longer watched: nothing of it is the case any more. */
  #clearVault({ vault }: VaultView): void {
    for (const { key, vaultId } of this.#alerts.allRaised()) {
      if (vaultId === vault.id) this.#alerts.judge(key, null);
    }
    this.#exchange.judgeUse(vault.network);
  }

  /** Raised in an earlier run, of vaults and networks that are not there or not in use any more. */
  #clearStrangers(): void {
    const { deps, viewOf } = this.#ports;
    const known = new Set(deps.networks().map(({ id }) => id));
    for (const { key, vaultId, network } of this.#alerts.allRaised()) {
      const view = vaultId === null ? undefined : viewOf(vaultId);
      const vaultGone = vaultId !== null && (view === undefined || !isInUse(view));
      if (vaultGone || (network !== null && !known.has(network))) this.#alerts.judge(key, null);
    }
    for (const network of known) this.#exchange.judgeUse(network);
  }

  #guard(what: string, work: () => void): void {
    try {
      work();
    } catch (thrown) {
      this.#ports.deps.logger.error('watch.fault', { what, fault: wordsOf(thrown) });
    }
  }
}
