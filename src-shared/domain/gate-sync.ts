/** Reasons of the gate that come from the trader's own halts and from the figures' standing. */
import type { GateInputs, GateReason, TradingAct } from './gate-reason.ts';
import { syncHealth, type TradingHalt, type VaultSyncState } from './vault-state.ts';

const ALL: readonly TradingAct[] = ['increase', 'reduce', 'deposit', 'withdraw'];
/** What a halt is called that no fault has caused. */
export const HALTED_BY_HAND = 'You halted trading by hand.';

const TRADES: readonly TradingAct[] = ['increase', 'reduce'];

export function haltReasons({ view, haltAll }: GateInputs): GateReason[] {
  const reasons: GateReason[] = [];
  if (haltAll !== null) {
    reasons.push({
      code: 'halted-all',
      text: 'You halted everything: nothing trades and no capital moves.',
      advice: 'Lift the halt when you are ready; each vault is then enabled by itself.',
      blocks: ALL,
      sinceMs: haltAll.sinceMs,
    });
  }
  const { archivedAtMs } = view.vault;
  if (archivedAtMs !== null) {
    reasons.push({
      code: 'archived',
      text: 'The vault is archived.',
      advice: 'Restore the vault.',
      blocks: ALL,
      sinceMs: archivedAtMs,
    });
  }
  const { halt } = view.state;
  if (halt !== null) {
    reasons.push({
      code: 'halted',
      text: haltText(view.state, halt),
      advice: 'Enable trading when the vault is verified and you are ready.',
      blocks: TRADES,
      sinceMs: halt.sinceMs,
    });
  }
  return reasons;
}

/** What stopped trading, unless another reason says so already: each reason says something of its own. */
function haltText({ failure, verification }: VaultSyncState, { error }: TradingHalt): string {
  const others = [failure?.error, verification.kind === 'discrepant' ? verification.error : null];
  if (others.some((other) => other?.message === error.message)) {
    return 'Trading stays off until you enable it again.';
  }
  return error.code === 'HALTED_BY_TRADER'
    ? HALTED_BY_HAND
    : `Trading was halted: ${error.message}`;
}

/** A deposit is not refused for doubtful figures: it reads its own, and it may be what saves the account. */
export function syncReasons({ view, nowMs, staleAfterMs }: GateInputs): GateReason[] {
  const { state, synced } = view;
  const { failure, verification } = state;
  switch (syncHealth(state, synced, nowMs, staleAfterMs)) {
    case 'fresh':
      return [];
    case 'stale':
      return [
        synced
          ? {
              code: 'stale',
              text: 'The figures are stale.',
              advice: 'Keel reads them again by itself; Sync now asks at once.',
              blocks: TRADES,
              sinceMs: verification.kind === 'verified' ? verification.atMs : null,
            }
          : {
              code: 'not-synced',
              text: 'Not verified yet since Keel started.',
              advice: 'Wait for the first verified sync.',
              blocks: TRADES,
              sinceMs: null,
            },
      ];
    case 'failing':
      return [
        {
          code: 'failing',
          text: failure?.error.message ?? 'The last sync failed.',
          advice: failure?.error.advice ?? 'Keel tries again by itself.',
          blocks: TRADES,
          sinceMs: failure?.atMs ?? null,
        },
      ];
    case 'discrepant':
      return [
        {
          code: 'discrepant',
          text:
            verification.kind === 'discrepant'
              ? verification.error.message
              : 'Two reads of the chain disagree.',
          advice:
            verification.kind === 'discrepant' ? verification.error.advice : 'Press Sync now.',
          blocks: ['increase', 'reduce', 'withdraw'],
          sinceMs: verification.kind === 'discrepant' ? verification.atMs : null,
        },
      ];
  }
}
