/** Inputs of the gate: one of which nothing is doubted, and each doubt that there is, as a change of it. */
import { newOperation } from '#domain/advance-operation.ts';
import { operationId, networkId } from '#domain/ids.ts';
import {
  MARKET_OPERATIONS,
  MARKET_STATUSES,
  type MarketState,
  type OracleValidity,
} from '#domain/exchange-state.ts';
import { EXCHANGE_OPERATIONS, exchangeStatusOf } from '#domain/exchange-status.ts';
import type { GateCode, GateInputs, TradingAct } from '#domain/gate-reason.ts';
import type { NetworkStatus } from '#domain/network.ts';
import { address } from '#domain/ids.ts';
import { price, slot, tokenAmount, unixMs } from '#domain/units.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import type { AccountFlag, VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { VaultSyncState } from '#domain/vault-state.ts';
import { FAULT, NOW, onChainOn, paperOn, STALE_AFTER_MS, verifiedView } from './views.ts';

export interface Judged {
  readonly inputs: GateInputs;
  readonly market: MarketState | null;
}

export interface Doubt {
  readonly name: string;
  /** The reasons that it alone gives, with the acts that they forbid. */
  readonly gives: Readonly<Partial<Record<GateCode, readonly TradingAct[]>>>;
  /** Doubts of one aspect exclude one another. */
  readonly aspect: string;
  readonly raise: (judged: Judged) => Judged;
}

const NETWORK = networkId('practice');
const ALL: readonly TradingAct[] = ['increase', 'reduce', 'deposit', 'withdraw'];
const TRADES: readonly TradingAct[] = ['increase', 'reduce'];

export const MARKET: MarketState = {
  kind: 'spot',
  marketIndex: 0,
  name: 'USDC',
  decimals: 6,
  status: 'active',
  pausedOperations: [],
  depositRoom: null,
  guardRoom: tokenAmount(1n),
  oracle: { price: price(1_000_000n), ageSlots: 1, confidenceBps: 1, validity: 'valid' },
};

const NODE: NetworkStatus = {
  network: NETWORK,
  endpointLabel: 'Near',
  endpointIndex: 0,
  endpointCount: 1,
  socket: 'live',
  connection: 'connected',
  slot: 1n,
  latencyMs: 10,
  nextAttemptAtMs: null,
  endpoints: [
    {
      label: 'Near',
      index: 0,
      inUse: true,
      condition: 'ok',
      reason: null,
      slot: 1n,
      slotLag: DEFAULT_WATCH_SETTINGS.maxSlotLag,
      latencyP50Ms: DEFAULT_WATCH_SETTINGS.maxLatencyMs,
      latencyP95Ms: 900,
      latencyP99Ms: 900,
      calls: 100,
      errors: 0,
      rateLimited: 0,
      budgetPerSecond: 20,
      pausedUntilMs: null,
      askedAtMs: NOW,
    },
  ],
};

const around = {
  nowMs: NOW,
  staleAfterMs: STALE_AFTER_MS,
  watch: DEFAULT_WATCH_SETTINGS,
  haltAll: null,
  openOperation: null,
};

/** Each figure is at its limit, on the good side. */
export const GOOD: Judged = {
  inputs: {
    ...around,
    view: verifiedView(onChainOn('practice'), { usdc: 10n }),
    network: NODE,
    exchange: {
      network: NETWORK,
      observation: { slot: slot(1n), observedAtMs: NOW, status: exchangeStatusOf(0), markets: [] },
      pausedSinceMs: {},
      revision: 1,
    },
    key: 'ready',
  },
  market: MARKET,
};

export const GOOD_PAPER: Judged = {
  inputs: {
    ...around,
    view: verifiedView(paperOn('practice'), { usdc: 10n }),
    network: null,
    exchange: null,
    key: 'not-needed',
  },
  market: null,
};

export function withInputs(judged: Judged, change: Partial<GateInputs>): Judged {
  return { ...judged, inputs: { ...judged.inputs, ...change } };
}

export function withState(judged: Judged, change: Partial<VaultSyncState>): Judged {
  const { view } = judged.inputs;
  return withInputs(judged, { view: { ...view, state: { ...view.state, ...change } } });
}

function withSnapshot(judged: Judged, change: (snapshot: VaultSnapshot) => VaultSnapshot): Judged {
  const { observation } = judged.inputs.view.state;
  if (observation === null) return judged;
  return withState(judged, {
    observation: { ...observation, snapshot: change(observation.snapshot) },
  });
}

const withMarket = (judged: Judged, change: Partial<MarketState>): Judged => ({
  ...judged,
  market: { ...(judged.market ?? MARKET), ...change } as MarketState,
});

function withNode(judged: Judged, slotLag: number, latencyP50Ms: number): Judged {
  const [endpoint] = NODE.endpoints;
  if (endpoint === undefined) return judged;
  return withInputs(judged, {
    network: { ...NODE, endpoints: [{ ...endpoint, slotLag, latencyP50Ms }] },
  });
}

const HALT = { error: FAULT, attempts: 4, sinceMs: NOW };
const FAILURE = { error: FAULT, attempts: 4, cause: 'heartbeat', atMs: NOW } as const;
const OTHER_FAULT = { ...FAULT, message: 'Two reads disagree.' };

export const OPEN_OPERATION = newOperation({
  id: operationId('open'),
  network: NETWORK,
  vaultType: 'onChain',
  intent: {
    kind: 'withdraw',
    vaultId: onChainOn('practice').id,
    token: { symbol: 'USDC', marketIndex: 0, mint: address('mint'), decimals: 6 },
    amount: tokenAmount(1n),
  },
  signerKey: null,
  value: null,
  atMs: NOW,
  cause: 'Asked for.',
});

const doubt = (
  name: string,
  aspect: string,
  gives: Doubt['gives'],
  raise: Doubt['raise'],
): Doubt => ({ name, aspect, gives, raise });

const OF_FLAG: Readonly<Record<AccountFlag, Doubt['gives']>> = {
  bankrupt: { 'account-bankrupt': ALL },
  beingLiquidated: { 'account-being-liquidated': ['increase', 'reduce', 'withdraw'] },
  reduceOnly: { 'account-reduce-only': ['increase'] },
};

const PAUSED_FORBIDS: Readonly<Record<string, readonly TradingAct[]>> = {
  fill: TRADES,
  deposit: ['deposit'],
  withdraw: ['withdraw'],
};

const STATUS_GIVES: Readonly<Record<MarketState['status'], Doubt['gives']>> = {
  active: {},
  fundingPaused: {},
  ammPaused: {},
  initialized: { 'market-closed': ALL },
  fillPaused: { 'market-paused': TRADES },
  withdrawPaused: { 'market-paused': ['withdraw'] },
  reduceOnly: { 'market-reduce-only': ['increase'] },
  settlement: { 'market-closed': ['increase', 'reduce', 'deposit'] },
  delisted: { 'market-closed': ['increase', 'reduce', 'deposit'] },
  unknown: { 'market-closed': ALL },
};

const OF_FIGURES: readonly Doubt[] = [
  doubt('halted as a whole', 'halt-all', { 'halted-all': ALL }, (judged) =>
    withInputs(judged, { haltAll: { sinceMs: NOW, source: 'window' } }),
  ),
  doubt('archived', 'archived', { archived: ALL }, (judged) => {
    const { view } = judged.inputs;
    return withInputs(judged, { view: { ...view, vault: { ...view.vault, archivedAtMs: NOW } } });
  }),
  doubt('halted', 'halted', { halted: TRADES }, (judged) => withState(judged, { halt: HALT })),
  doubt('stale', 'age', { stale: TRADES }, (judged) =>
    withInputs(judged, { nowMs: unixMs(NOW + STALE_AFTER_MS + 1) }),
  ),
  doubt('not synced', 'synced', { 'not-synced': TRADES }, (judged) =>
    withInputs(judged, { view: { ...judged.inputs.view, synced: false } }),
  ),
  doubt('failing', 'failure', { failing: TRADES }, (judged) =>
    withState(judged, { failure: FAILURE }),
  ),
  doubt(
    'discrepant',
    'verification',
    { discrepant: ['increase', 'reduce', 'withdraw'] },
    (judged) =>
      withState(judged, { verification: { kind: 'discrepant', error: OTHER_FAULT, atMs: NOW } }),
  ),
  doubt('health below the limit', 'health', { 'health-critical': ['increase', 'withdraw'] }, (it) =>
    withSnapshot(it, (snapshot) => ({
      ...snapshot,
      figures: { ...snapshot.figures, healthBps: DEFAULT_WATCH_SETTINGS.criticalHealthBps - 1 },
    })),
  ),
  ...(Object.keys(OF_FLAG) as AccountFlag[]).map((flag) =>
    doubt(`the account is ${flag}`, `flag-${flag}`, OF_FLAG[flag], (judged) =>
      withSnapshot(judged, (snapshot) => ({
        ...snapshot,
        accountFlags: [...snapshot.accountFlags, flag],
      })),
    ),
  ),
  ...(['requested', 'signed', 'submitted', 'unresolved', 'synced'] as const).map((state) =>
    doubt(
      `an operation is ${state}`,
      'operation',
      { [state === 'unresolved' ? 'operation-unresolved' : 'operation-open']: ALL },
      (judged) => withInputs(judged, { openOperation: { ...OPEN_OPERATION, state } }),
    ),
  ),
];

const OF_LINE: readonly Doubt[] = [
  ...(['reconnecting', 'wrong-cluster'] as const).map((connection) =>
    doubt(connection, 'node', { 'network-down': TRADES }, (judged) =>
      withInputs(judged, { network: { ...NODE, connection } }),
    ),
  ),
  doubt('a node behind', 'node', { 'node-behind': ['increase'] }, (judged) =>
    withNode(judged, DEFAULT_WATCH_SETTINGS.maxSlotLag + 1, 1),
  ),
  doubt('a slow node', 'node', { 'node-slow': ['increase'] }, (judged) =>
    withNode(judged, 0, DEFAULT_WATCH_SETTINGS.maxLatencyMs + 1),
  ),
  doubt('a key locked', 'key', { 'key-locked': TRADES }, (judged) =>
    withInputs(judged, { key: 'locked' }),
  ),
  doubt('a delegate’s key', 'key', { 'key-delegate': ['withdraw'] }, (judged) =>
    withInputs(judged, { key: 'delegate' }),
  ),
  doubt(
    'a delegate’s key locked',
    'key',
    { 'key-delegate': ['withdraw'], 'key-locked': TRADES },
    (judged) => withInputs(judged, { key: 'delegate-locked' }),
  ),
  doubt('no key', 'key', { 'no-key': ALL }, (judged) => withInputs(judged, { key: 'absent' })),
  doubt('no signer', 'key', { 'signer-unavailable': TRADES }, (judged) =>
    withInputs(judged, { key: 'unavailable' }),
  ),
];

const OF_VENUE: readonly Doubt[] = [
  ...EXCHANGE_OPERATIONS.map((operation, bit) => {
    const forbids = PAUSED_FORBIDS[operation];
    const gives = forbids === undefined ? {} : { 'exchange-paused': forbids };
    return doubt(`the exchange has paused ${operation}`, 'exchange', gives, (judged) => {
      const { exchange } = judged.inputs;
      const observation = exchange?.observation ?? null;
      if (exchange === null || observation === null) return judged;
      const status = exchangeStatusOf(2 ** bit);
      return withInputs(judged, {
        exchange: { ...exchange, observation: { ...observation, status } },
      });
    });
  }),
  ...MARKET_STATUSES.map((status) =>
    doubt(`the market is ${status}`, 'market-status', STATUS_GIVES[status], (judged) =>
      withMarket(judged, { status }),
    ),
  ),
  ...MARKET_OPERATIONS.map((operation) => {
    const forbids = PAUSED_FORBIDS[operation];
    const gives = forbids === undefined ? {} : { 'market-paused': forbids };
    return doubt(`the market has paused ${operation}`, 'market-pauses', gives, (judged) =>
      withMarket(judged, { pausedOperations: [operation] }),
    );
  }),
  ...(['old', 'uncertain', 'volatile', 'invalid'] as const).map((validity: OracleValidity) =>
    doubt(
      `an oracle that is ${validity}`,
      'oracle',
      { 'oracle-unusable': ['increase'] },
      (judged) => withMarket(judged, { oracle: { ...MARKET.oracle, validity } }),
    ),
  ),
  doubt('an oracle of long ago', 'oracle', { 'oracle-unusable': ['increase'] }, (judged) =>
    withMarket(judged, {
      oracle: { ...MARKET.oracle, ageSlots: DEFAULT_WATCH_SETTINGS.maxOracleAgeSlots + 1 },
    }),
  ),
];

export const DOUBTS: readonly Doubt[] = [...OF_FIGURES, ...OF_LINE, ...OF_VENUE];
