/**
 * The one place that answers "may this vault do this" (M4). Everything that would trade or move capital asks here, and
 * asks again right before what cannot be taken back. Entry points: `answer`, `refusal`, `refusalOfAll`; and the halt of
 * everything: `halt`, `lift`. Invariant: a halt holds from the moment of the call, whatever becomes of its record.
 */
import type { OperationView } from '#domain/capital-operation.ts';
import type { ExchangeView, MarketState } from '#domain/exchange-state.ts';
import { gateInputsOf } from '#domain/gate-inputs.ts';
import type { GateAnswer, GateCode, TradingAct } from '#domain/gate-reason.ts';
import type { HaltAll, HaltSource } from '#domain/halt-all.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { NetworkStatus } from '#domain/network.ts';
import { SIGNER_NOT_STARTED, type SignerState } from '#domain/signer-state.ts';
import { tradingGate } from '#domain/trading-gate.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import type { EngineDeps } from '../engine.ts';
import { writeFailed } from '../engine-errors.ts';
import type { Unsubscribe } from '../ports.ts';
import { everythingHalted, gateClosed } from './gate-errors.ts';

export interface GatekeeperPorts {
  readonly deps: EngineDeps;
  readonly staleAfterMs: () => number;
  readonly watch: () => WatchSettings;
  readonly statuses: () => readonly NetworkStatus[];
  readonly exchanges: () => readonly ExchangeView[];
  readonly operations: () => readonly OperationView[];
}

const ALL_CODES = (): boolean => true;

export class Gatekeeper {
  readonly #ports: GatekeeperPorts;
  readonly #leaveSigner: Unsubscribe;
  /** Without a signer this stays: nothing can be signed, so no on-chain vault may trade. Paper needs none. */
  #signer: SignerState = SIGNER_NOT_STARTED;
  #haltAll: HaltAll | null = null;
  #onRecord = true;

  constructor(ports: GatekeeperPorts) {
    this.#ports = ports;
    this.#leaveSigner =
      ports.deps.onSignerState?.((state) => {
        this.#signer = state;
      }) ?? (() => undefined);
  }

  get haltAll(): HaltAll | null {
    return this.#haltAll;
  }

  /** Of the database, when the engine opens it. A halt of this run stands, also where it is not on record. */
  takeOver(haltAll: HaltAll | null): void {
    this.#haltAll ??= haltAll;
  }

  /** Whether everything was halted is not known: it counts as halted, until the trader lifts it. */
  haltUnread(): void {
    if (this.#haltAll !== null) return;
    this.#haltAll = { sinceMs: this.#ports.deps.clock.nowMs(), source: 'window' };
    this.#onRecord = false;
  }

  stop(): void {
    this.#leaveSigner();
  }

  /** Holds at once. The error: it is not on record, and would not outlast this run. Again: writes what is not on record. */
  halt(source: HaltSource): KeelError | null {
    const { clock, watchStore } = this.#ports.deps;
    if (this.#haltAll === null) {
      this.#haltAll = { sinceMs: clock.nowMs(), source };
      this.#onRecord = false;
    }
    if (this.#onRecord) return null;
    try {
      watchStore.saveHaltAll(this.#haltAll, this.#haltAll.sinceMs);
      this.#onRecord = true;
      return null;
    } catch (thrown) {
      return writeFailed('The halt of everything', thrown);
    }
  }

  /** The error: it could not be written, and the halt holds on. */
  lift(): KeelError | null {
    const { clock, watchStore } = this.#ports.deps;
    try {
      watchStore.saveHaltAll(null, clock.nowMs());
    } catch (thrown) {
      return writeFailed('The end of the halt', thrown);
    }
    this.#haltAll = null;
    this.#onRecord = true;
    return null;
  }

  answer(view: VaultView, act: TradingAct, market: MarketState | null = null): GateAnswer {
    const { deps, staleAfterMs, watch, statuses, exchanges, operations } = this.#ports;
    const inputs = gateInputsOf(view, {
      nowMs: deps.clock.nowMs(),
      staleAfterMs: staleAfterMs(),
      watch: watch(),
      haltAll: this.#haltAll,
      statuses: statuses(),
      exchanges: exchanges(),
      signer: this.#signer,
      operations: operations(),
      networkKindOf: (id) => deps.networks().find((each) => each.id === id)?.kind ?? 'live',
    });
    return tradingGate(inputs, act, market);
  }

  /**
   * `GATE_CLOSED` with the vault and every reason; null: it may.
   * @param counts the codes that are asked about: the others are judged elsewhere, and must be.
   */
  refusal(
    view: VaultView,
    act: TradingAct,
    counts: (code: GateCode) => boolean = ALL_CODES,
  ): KeelError | null {
    const reasons = this.answer(view, act).reasons.filter(({ code }) => counts(code));
    return reasons.length === 0 ? null : gateClosed(view.vault, act, reasons);
  }

  /** For what concerns no vault that there is yet: only the halt of everything forbids it. */
  refusalOfAll(): KeelError | null {
    return this.#haltAll === null ? null : everythingHalted();
  }
}
