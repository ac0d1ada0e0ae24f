/**
 * The trading gate (M4): the one answer to "may this vault do this, and if not, why". Pure: the engine that refuses and
 * the window that explains get the same answer from the same facts. An act is allowed when no reason forbids it.
 */
import type { MarketState } from './exchange-state.ts';
import { accountReasons, healthReasons } from './gate-account.ts';
import { exchangeReasons, marketReasons } from './gate-exchange.ts';
import { keyReasons, nodeReasons, operationReasons } from './gate-line.ts';
import {
  GATE_CODES,
  type GateAnswer,
  type GateInputs,
  type GateReason,
  type TradingAct,
} from './gate-reason.ts';
import { haltReasons, syncReasons } from './gate-sync.ts';

/** @param market that the act is about; null: of no market in particular. */
export function tradingGate(
  inputs: GateInputs,
  act: TradingAct,
  market: MarketState | null = null,
): GateAnswer {
  const reasons = gateReasons(inputs, market).filter(({ blocks }) => blocks.includes(act));
  return { allowed: reasons.length === 0, reasons };
}

/** Every reason of any act, the gravest first. */
export function gateReasons(
  inputs: GateInputs,
  market: MarketState | null = null,
): readonly GateReason[] {
  return [
    ...haltReasons(inputs),
    ...syncReasons(inputs),
    ...operationReasons(inputs),
    ...accountReasons(inputs),
    ...exchangeReasons(inputs),
    ...healthReasons(inputs),
    ...nodeReasons(inputs),
    ...marketReasons(market, inputs),
    ...keyReasons(inputs),
  ].sort((left, right) => GATE_CODES.indexOf(left.code) - GATE_CODES.indexOf(right.code));
}
