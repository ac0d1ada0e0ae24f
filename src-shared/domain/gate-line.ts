/** Reasons of the gate that come from what stands between a vault and the chain: open operations, nodes, keys. */
import { assertNever } from './assert-never.ts';
import type { NetworkStatus } from './network.ts';
import type { GateInputs, GateReason, TradingAct } from './gate-reason.ts';

const TRADES: readonly TradingAct[] = ['increase', 'reduce'];
const ALL: readonly TradingAct[] = ['increase', 'reduce', 'deposit', 'withdraw'];

/** What an open operation expects of the vault is changed by nothing else (C6). */
export function operationReasons({ openOperation }: GateInputs): GateReason[] {
  if (openOperation === null) return [];
  const { state, intent, createdAtMs } = openOperation;
  const unresolved = state === 'unresolved';
  return [
    {
      code: unresolved ? 'operation-unresolved' : 'operation-open',
      text: unresolved
        ? `${OPERATION_WORDS[intent.kind]} may or may not have landed: its outcome is not known yet.`
        : `${OPERATION_WORDS[intent.kind]} is under way.`,
      advice: unresolved
        ? 'Keel watches the chain until it is proved; nothing else may change the vault meanwhile.'
        : 'Wait until it has ended.',
      blocks: ALL,
      sinceMs: createdAtMs,
    },
  ];
}

const OPERATION_WORDS = {
  deposit: 'A deposit into this vault',
  withdraw: 'A withdrawal from this vault',
  transfer: 'A transfer between this vault and another',
  'create-sub-account': 'The opening of this sub-account',
} as const;

/** Only what adds risk waits for a good line: taking risk off over a bad one is better than not at all. */
export function nodeReasons({ view, network, watch }: GateInputs): GateReason[] {
  if (network === null || view.vault.vaultType === 'virtual') return [];
  const lost = lineReason(network);
  if (lost !== null) return [lost];
  const inUse = network.endpoints.find((endpoint) => endpoint.inUse);
  if (inUse === undefined) return [];
  const reasons: GateReason[] = [];
  if (inUse.slotLag !== null && inUse.slotLag > watch.maxSlotLag) {
    reasons.push({
      code: 'node-behind',
      text: `The endpoint “${inUse.label}” is ${inUse.slotLag} slots behind; the limit is ${watch.maxSlotLag}.`,
      advice: 'Keel changes to another endpoint where there is one.',
      blocks: ['increase'],
      sinceMs: null,
    });
  }
  if (inUse.latencyP50Ms !== null && inUse.latencyP50Ms > watch.maxLatencyMs) {
    reasons.push({
      code: 'node-slow',
      text: `The endpoint “${inUse.label}” takes ${Math.round(inUse.latencyP50Ms)} ms to answer; the limit is ${watch.maxLatencyMs} ms.`,
      advice: 'Use a faster endpoint, or wait until it is faster.',
      blocks: ['increase'],
      sinceMs: null,
    });
  }
  return reasons;
}

function lineReason({ connection }: NetworkStatus): GateReason | null {
  if (connection !== 'reconnecting' && connection !== 'wrong-cluster') return null;
  return {
    code: 'network-down',
    text:
      connection === 'reconnecting'
        ? 'There is no connection to the network.'
        : 'The endpoint belongs to another network.',
    advice: 'Check the connection and the endpoints.',
    blocks: TRADES,
    sinceMs: null,
  };
}

/** A locked key denies no capital operation: that one waits for the unlock. A delegate's stays a delegate's. */
export function keyReasons({ key }: GateInputs): GateReason[] {
  switch (key) {
    case 'not-needed':
    case 'ready':
      return [];
    case 'delegate':
      return [DELEGATE];
    case 'locked':
      return [LOCKED];
    case 'delegate-locked':
      return [DELEGATE, LOCKED];
    case 'absent':
      return [ABSENT];
    case 'unavailable':
      return [UNAVAILABLE];
    default:
      return assertNever(key);
  }
}

const DELEGATE: GateReason = {
  code: 'key-delegate',
  text: 'The key is a delegate of this account: it may deposit and trade, but not withdraw.',
  advice: 'Import the key of the authority.',
  blocks: ['withdraw'],
  sinceMs: null,
};

const LOCKED: GateReason = {
  code: 'key-locked',
  text: 'The keys are locked: nothing can be signed.',
  advice: 'Unlock the keys.',
  blocks: TRADES,
  sinceMs: null,
};

const ABSENT: GateReason = {
  code: 'no-key',
  text: 'The vault is watched only: Keel has no key that can sign for it.',
  advice: 'Import the key of the authority or of its delegate.',
  blocks: ALL,
  sinceMs: null,
};

const UNAVAILABLE: GateReason = {
  code: 'signer-unavailable',
  text: 'The process that signs is not available.',
  advice: 'Keel starts it again by itself; if it lasts, look at Keys.',
  blocks: TRADES,
  sinceMs: null,
};
