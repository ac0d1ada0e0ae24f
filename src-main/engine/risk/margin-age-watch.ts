import type { Condition } from '#domain/alert.ts';
import type { VaultId } from '#domain/ids.ts';
import { formatHealthBps, usesMargin } from '#domain/margin.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { AlertBook } from './alert-book.ts';
import { Wakeup } from './wakeup.ts';
import { isInUse, type WatchPorts } from './watch-ports.ts';

interface Age {
  /** When this run last saw verified figures, or began to wait for them; monotonic. */
  sinceMs: number;
  /** The verification that was counted last. */
  verification: VaultView['state']['verification'] | null;
}

/**
 * Tells when a margin can no longer be judged: the vault has margin in use, or was never read, and nothing has been
 * verified for too long. Time that the computer sleeps does not count, nor what passed before Keel was started.
 */
export class MarginAgeWatch {
  readonly #ports: WatchPorts;
  readonly #alerts: AlertBook;
  readonly #ages = new Map<VaultId, Age>();
  readonly #wakeup: Wakeup;

  constructor(ports: WatchPorts, alerts: AlertBook) {
    this.#ports = ports;
    this.#alerts = alerts;
    this.#wakeup = new Wakeup(ports.deps.clock, () => this.judgeAll());
  }

  stop(): void {
    this.#wakeup.stop();
  }

  /** Hears of each change of a vault; cheap where nothing was verified. */
  note(view: VaultView): void {
    const { id } = view.vault;
    if (!isInUse(view)) {
      this.#ages.delete(id);
      return;
    }
    const age = this.#ageOf(view);
    const { verification } = view.state;
    if (view.synced && verification.kind === 'verified' && verification !== age.verification) {
      age.verification = verification;
      age.sinceMs = this.#nowMs();
      this.#alerts.judge(keyOf(view), null);
    }
    this.#wakeup.by(this.#dueMs(view, age));
  }

  /** At the start, when a vault is due, and when the settings have changed. */
  judgeAll(): void {
    this.#alerts.together(() => this.#judgeEach());
  }

  #judgeEach(): void {
    const nowMs = this.#nowMs();
    for (const view of this.#ports.views().filter(isInUse)) {
      const age = this.#ageOf(view);
      const dueMs = this.#dueMs(view, age);
      if (dueMs !== null && nowMs >= dueMs) this.#alerts.judge(keyOf(view), this.#overdue(view));
      else this.#wakeup.by(dueMs);
    }
  }

  /** Null: nothing to wait for, or told already. */
  #dueMs(view: VaultView, { sinceMs }: Age): number | null {
    if (!mustBeJudged(view) || this.#alerts.raised(keyOf(view)) !== null) return null;
    return sinceMs + this.#ports.settings().marginUnknownAfterMs;
  }

  #ageOf({ vault }: VaultView): Age {
    const known = this.#ages.get(vault.id);
    if (known !== undefined) return known;
    const age: Age = { sinceMs: this.#nowMs(), verification: null };
    this.#ages.set(vault.id, age);
    return age;
  }

  #overdue(view: VaultView): Condition {
    const settings = this.#ports.settings();
    const figures = view.state.observation?.snapshot.figures;
    const wasLow = figures !== undefined && figures.healthBps < settings.warningHealthBps;
    const forMs = settings.marginUnknownAfterMs;
    return {
      key: keyOf(view),
      kind: 'margin-unknown',
      severity: wasLow ? 'critical' : 'warning',
      title: `The margin of ${view.vault.name} is not known`,
      text:
        figures === undefined
          ? `It has not been read yet, for ${Math.round(forMs / 1_000)} seconds: whether it is safe cannot be told.`
          : `No figures were verified for ${Math.round(forMs / 1_000)} seconds. Health was ${formatHealthBps(figures.healthBps)} when it was last known; what it is now cannot be told.`,
      advice:
        'Look at the account in another way, for instance at the exchange itself, and check the connection and the endpoints.',
      vaultId: view.vault.id,
      network: view.vault.network,
      operationId: null,
    };
  }

  #nowMs(): number {
    return this.#ports.deps.clock.monotonicMs();
  }
}

const keyOf = ({ vault }: VaultView): string => `margin-unknown/${vault.id}`;

function mustBeJudged({ state }: VaultView): boolean {
  return state.observation === null || usesMargin(state.observation.snapshot.figures);
}
