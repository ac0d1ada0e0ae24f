/**
 * The one place that answers "may this vault do this" (M4). Everything that would trade or move capital asks here, and
 * asks again right before what cannot be taken back. Entry points: `answer`, `refusal`; halting everything: `halt`, `lift`.
 */
import type { OperationView } from '#domain/capital-operation.ts';
import type { ExchangeView, MarketState } from '#domain/exchange-state.ts';
import { gateInputsOf } from '#domain/gate-inputs.ts';
import type { GateAnswer, TradingAct } from '#domain/gate-reason.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import type { NetworkStatus } from '#domain/network.ts';
import { SIGNER_NOT_STARTED, type SignerState } from '#domain/signer-state.ts';
import { tradingGate } from '#domain/trading-gate.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import type { EngineDeps } from '../engine.ts';

export interface GatekeeperPorts {
  readonly deps: EngineDeps;
  readonly staleAfterMs: () => number;
  readonly watch: () => WatchSettings;
  readonly statuses: () => readonly NetworkStatus[];
  readonly exchanges: () => readonly ExchangeView[];
  readonly operations: () => readonly OperationView[];
}

export class Gatekeeper {
  readonly #ports: GatekeeperPorts;
  #signer: SignerState = SIGNER_NOT_STARTED;
  #haltAll: HaltAll | null = null;

  constructor(ports: GatekeeperPorts) {
    this.#ports = ports;
    ports.deps.onSignerState?.((state) => {
      this.#signer = state;
    });
  }

  get haltAll(): HaltAll | null {
    return this.#haltAll;
  }

  /** Of the database, when the engine opens it. */
  takeOver(haltAll: HaltAll | null): void {
    this.#haltAll = haltAll;
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
}
