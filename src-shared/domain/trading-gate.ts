import type { UnixMs } from './units.ts';
import {
  syncHealth,
  type TradingGate,
  type TradingHalt,
  type TradingReason,
  type VaultSyncState,
  type VaultView,
} from './vault-state.ts';

/** May this vault trade at this moment, and if not, why. Pure: the window and the engine get the same answer. */
export function tradingGate(view: VaultView, nowMs: UnixMs, staleAfterMs: number): TradingGate {
  const reasons = [
    ...haltReasons(view),
    ...syncReasons(view, nowMs, staleAfterMs),
    ...venueReasons(view),
  ];
  return { allowed: reasons.length === 0, reasons };
}

function haltReasons({ vault, state }: VaultView): TradingReason[] {
  const reasons: TradingReason[] = [];
  if (vault.archivedAtMs !== null)
    reasons.push({ code: 'archived', text: 'The vault is archived.' });
  if (state.halt !== null) reasons.push({ code: 'halted', text: haltText(state, state.halt) });
  return reasons;
}

/** What stopped trading, unless another reason says so already: each reason says something of its own. */
function haltText({ failure, verification }: VaultSyncState, { error }: TradingHalt): string {
  const others = [failure?.error, verification.kind === 'discrepant' ? verification.error : null];
  return others.some((other) => other?.message === error.message)
    ? 'Trading stays off until you enable it again.'
    : `Trading was stopped: ${error.message}`;
}

function syncReasons(view: VaultView, nowMs: UnixMs, staleAfterMs: number): TradingReason[] {
  const { state, synced } = view;
  switch (syncHealth(state, synced, nowMs, staleAfterMs)) {
    case 'fresh':
      return [];
    case 'stale':
      return synced
        ? [{ code: 'stale', text: 'The figures are stale.' }]
        : [{ code: 'not-synced', text: 'Not verified yet since Keel started.' }];
    case 'failing':
      return [{ code: 'failing', text: state.failure?.error.message ?? 'The last sync failed.' }];
    case 'discrepant':
      return [{ code: 'discrepant', text: discrepancyText(state) }];
  }
}

function discrepancyText({ verification }: VaultSyncState): string {
  return verification.kind === 'discrepant'
    ? verification.error.message
    : 'Two reads of the chain disagree.';
}

function venueReasons({ state }: VaultView): TradingReason[] {
  const paused = state.observation?.snapshot.exchangeStatus.paused ?? [];
  return paused.includes('fill')
    ? [{ code: 'exchange-paused', text: 'The exchange has paused fills.' }]
    : [];
}
