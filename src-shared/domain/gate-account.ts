/** Reasons of the gate that come from the account itself: its flags, and its health. */
import { formatHealthBps } from './margin.ts';
import type { GateInputs, GateReason } from './gate-reason.ts';
import type { AccountFlag } from './vault-snapshot.ts';

const OF_FLAG: Readonly<Record<AccountFlag, Omit<GateReason, 'sinceMs'>>> = {
  bankrupt: {
    code: 'account-bankrupt',
    text: 'The account is bankrupt: the venue moves nothing.',
    advice: 'Only the venue can resolve a bankruptcy.',
    blocks: ['increase', 'reduce', 'deposit', 'withdraw'],
  },
  beingLiquidated: {
    code: 'account-being-liquidated',
    text: 'The account is being liquidated: nothing may leave it, and it may not trade.',
    advice: 'A deposit may end the liquidation.',
    blocks: ['increase', 'reduce', 'withdraw'],
  },
  reduceOnly: {
    code: 'account-reduce-only',
    text: 'The venue lets this account only reduce its positions.',
    advice: 'Close positions; the venue lifts the limit by itself.',
    blocks: ['increase'],
  },
};

export function accountReasons({ view }: GateInputs): GateReason[] {
  const flags = view.state.observation?.snapshot.accountFlags ?? [];
  return flags.map((flag) => ({ ...OF_FLAG[flag], sinceMs: null }));
}

/** Taking risk off and adding collateral stay possible: they are what a low health needs. */
export function healthReasons({ view, watch }: GateInputs): GateReason[] {
  const figures = view.state.observation?.snapshot.figures;
  if (figures === undefined || figures.healthBps >= watch.criticalHealthBps) return [];
  return [
    {
      code: 'health-critical',
      text: `Health ${formatHealthBps(figures.healthBps)} is below the critical limit of ${formatHealthBps(watch.criticalHealthBps)}.`,
      advice: 'Deposit collateral or reduce positions.',
      blocks: ['increase', 'withdraw'],
      sinceMs: null,
    },
  ];
}
