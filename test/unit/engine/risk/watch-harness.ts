import type { Alert, AlertChange } from '#domain/alert.ts';
import type { NetworkId, VaultId } from '#domain/ids.ts';
import type { PausesSince } from '#main/engine/ports.ts';
import { MemoryLedger, MemoryStore } from '#test/support/memory-store.ts';
import { MemoryWatchStore } from '#test/support/memory-watch-store.ts';
import type { Holdings } from '#test/support/snapshots.ts';
import { Harness } from '../harness.ts';

/** Counts what is written, and fails when told. */
export class CountingWatchStore extends MemoryWatchStore {
  saves = 0;
  /** Many alerts at once are one. */
  transactions = 0;
  failing = false;

  override saveAlert(alert: Alert): void {
    if (this.failing) throw new Error('the disk is full');
    this.saves += 1;
    super.saveAlert(alert);
  }

  override saveAlerts(alerts: readonly Alert[]): void {
    this.transactions += 1;
    super.saveAlerts(alerts);
  }

  override savePauses(network: NetworkId, pauses: PausesSince): void {
    if (this.failing) throw new Error('the disk is full');
    this.saves += 1;
    super.savePauses(network, pauses);
  }
}

export interface Disk {
  readonly store: MemoryStore;
  readonly ledger: MemoryLedger;
  readonly watchStore: CountingWatchStore;
}

export const newDisk = (): Disk => ({
  store: new MemoryStore(),
  ledger: new MemoryLedger(),
  watchStore: new CountingWatchStore(),
});

/** A heartbeat of the default settings. */
export const BEAT_MS = 5_000;

export const SAFE: Holdings = {
  usdc: 100_000_000n,
  perpBase: 1_000_000_000n,
  maintenanceMargin: 7_500_000n,
  healthBps: 9_000,
};

/** An engine whose alerts are looked at; its disk outlives it. */
export class WatchHarness extends Harness {
  readonly disk: Disk;
  readonly #idPrefix: string;

  constructor(disk: Disk = newDisk(), idPrefix = 'a') {
    super({}, disk, idPrefix);
    this.disk = disk;
    this.#idPrefix = idPrefix;
  }

  /** The next process on the same disk; the chain goes on as it was. */
  restart(vaults: ReadonlyMap<VaultId, Holdings> = new Map()): WatchHarness {
    this.engine.stop();
    const next = new WatchHarness(this.disk, `${this.#idPrefix}b`);
    next.venue.slot = this.venue.slot + 1n;
    for (const [vaultId, holdings] of vaults) next.venue.set(vaultId, holdings);
    return next;
  }

  /** A running engine with so many verified vaults that hold the same. */
  async begin(holdings: Holdings = SAFE, count = 1): Promise<readonly VaultId[]> {
    this.start();
    const vaults = Array.from({ length: count }, (_, index) => this.addVault(index, null));
    for (const vaultId of vaults) this.venue.set(vaultId, holdings);
    await this.clock.advance(100);
    this.forget();
    return vaults;
  }

  /** The account is so at the next heartbeat. */
  async beat(vaultId: VaultId, change: Partial<Holdings>): Promise<void> {
    this.venue.set(vaultId, { ...SAFE, ...change });
    await this.clock.advance(BEAT_MS);
  }

  /** Changes of the alerts of a kind of key, in order. */
  changes(prefix = ''): AlertChange[] {
    return this.told(prefix).map(({ change }) => change);
  }

  rings(prefix = ''): number {
    return this.changes(prefix).filter((change) => change === 'raised' || change === 'worse')
      .length;
  }

  told(prefix = '') {
    return this.eventsOf('ALERT_CHANGED')
      .map(({ view: { alert, revision }, change }) => ({ alert, revision, change }))
      .filter(({ alert }) => alert.key.startsWith(prefix));
  }

  raised(prefix = ''): readonly Alert[] {
    return this.disk.watchStore.loadRaisedAlerts().filter(({ key }) => key.startsWith(prefix));
  }

  inbox() {
    const loaded = this.engine.loadAlerts(100, null);
    if (!loaded.ok) throw new Error(loaded.error.message);
    return loaded.value;
  }
}
