/**
 * The gate of each vault as the window judges it, by the engine's own function, from what the engine has told. What all
 * gates are judged by is put together once for each moment, and each vault is judged once by it, whoever asks.
 */
import { isFinal, type OperationView } from '#domain/capital-operation.ts';
import type { MarketState } from '#domain/exchange-state.ts';
import { gateInputsOf, type GateSurroundings } from '#domain/gate-inputs.ts';
import {
  TRADING_ACTS,
  type GateAnswer,
  type GateReason,
  type TradingAct,
} from '#domain/gate-reason.ts';
import { gateReasons } from '#domain/trading-gate.ts';
import type { UnixMs } from '#domain/units.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { DeskStore } from './desk-store.ts';
import type { OperationsById } from './operation-store.ts';

export type GateDesk = Pick<
  DeskStore,
  'statuses' | 'exchanges' | 'haltAll' | 'settings' | 'signer' | 'networks' | 'engine'
>;

export interface Surroundings extends GateSurroundings {
  /** Without a running engine nothing may trade. */
  readonly running: boolean;
}

function gather(desk: GateDesk, operations: OperationsById, nowMs: UnixMs): Surroundings {
  const { statuses, exchanges, haltAll, settings, signer, networks, engine } = desk;
  const open: OperationView[] = [...operations.values()].filter(
    ({ operation }) => !isFinal(operation.state),
  );
  return {
    nowMs,
    staleAfterMs: settings.sync.staleAfterMs,
    watch: settings.watch,
    haltAll,
    // Lists, not iterators: they are walked once for each vault.
    statuses: [...statuses.values()],
    exchanges: [...exchanges.values()],
    signer,
    operations: open,
    networkKindOf: (id) => networks.find((network) => network.id === id)?.kind ?? 'live',
    running: engine.running,
  };
}

let last: { readonly key: readonly unknown[]; readonly around: Surroundings } | null = null;

/** The same object as long as nothing of it has changed. */
export function surroundingsOf(
  desk: GateDesk,
  operations: OperationsById,
  nowMs: UnixMs,
): Surroundings {
  const { statuses, exchanges, haltAll, settings, signer, networks, engine } = desk;
  const key = [
    statuses,
    exchanges,
    haltAll,
    settings,
    signer,
    networks,
    engine.running,
    operations,
    nowMs,
  ];
  if (last === null || last.key.some((part, index) => part !== key[index])) {
    last = { key, around: gather(desk, operations, nowMs) };
  }
  return last.around;
}

let judged = new WeakMap<VaultView, readonly GateReason[]>();
let judgedBy: Surroundings | null = null;

/** Every reason of any act, the gravest first. */
export function reasonsOf(view: VaultView, around: Surroundings): readonly GateReason[] {
  if (judgedBy !== around) {
    judged = new WeakMap();
    judgedBy = around;
  }
  const known = judged.get(view);
  if (known !== undefined) return known;
  const reasons = [...engineReasons(around), ...gateReasons(gateInputsOf(view, around))];
  judged.set(view, reasons);
  return reasons;
}

function engineReasons({ running }: Surroundings): GateReason[] {
  if (running) return [];
  return [
    {
      code: 'not-synced',
      text: "Keel's engine is not running.",
      advice: 'Keel starts it again by itself.',
      blocks: TRADING_ACTS,
      sinceMs: null,
    },
  ];
}

/** @param market that the act is about; null: of no market in particular. */
export function gateOf(
  view: VaultView,
  act: TradingAct,
  around: Surroundings,
  market: MarketState | null = null,
): GateAnswer {
  const all =
    market === null
      ? reasonsOf(view, around)
      : [...engineReasons(around), ...gateReasons(gateInputsOf(view, around), market)];
  return answerFor(all, act);
}

/** What of all reasons is about one act. */
export function answerFor(all: readonly GateReason[], act: TradingAct): GateAnswer {
  const reasons = all.filter(({ blocks }) => blocks.includes(act));
  return { allowed: reasons.length === 0, reasons };
}
