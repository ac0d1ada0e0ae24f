/** The gate of each vault as the window judges it, by the engine's own function, from what the engine has told. */
import { gateInputsOf, type GateSurroundings } from '#domain/gate-inputs.ts';
import type { GateAnswer, TradingAct } from '#domain/gate-reason.ts';
import { tradingGate } from '#domain/trading-gate.ts';
import type { UnixMs } from '#domain/units.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { OperationView } from '#domain/capital-operation.ts';
import type { DeskStore } from './desk-store.ts';

export function surroundingsOf(
  desk: Pick<DeskStore, 'statuses' | 'exchanges' | 'haltAll' | 'settings' | 'signer' | 'networks'>,
  operations: Iterable<OperationView>,
  nowMs: UnixMs,
): GateSurroundings {
  const { statuses, exchanges, haltAll, settings, signer, networks } = desk;
  return {
    nowMs,
    staleAfterMs: settings.sync.staleAfterMs,
    watch: settings.watch,
    haltAll,
    statuses: statuses.values(),
    exchanges: exchanges.values(),
    signer,
    operations,
    networkKindOf: (id) => networks.find((network) => network.id === id)?.kind ?? 'live',
  };
}

/** Without a running engine nothing may trade. */
export function gateOf(
  view: VaultView,
  act: TradingAct,
  around: GateSurroundings,
  running: boolean,
): GateAnswer {
  const gate = tradingGate(gateInputsOf(view, around), act);
  if (running) return gate;
  const stopped = {
    code: 'not-synced' as const,
    text: "Keel's engine is not running.",
    advice: 'Keel starts it again by itself.',
    blocks: [act],
    sinceMs: null,
  };
  return { allowed: false, reasons: [stopped, ...gate.reasons] };
}
