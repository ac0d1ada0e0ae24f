/** Desks to look at and to test the window's components with: made-up vaults in every state. */
import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import { exchangeStatusOf } from '#domain/exchange-status.ts';
import { DEFAULT_DESK_SETTINGS } from '#domain/desk-settings.ts';
import { networkId, type NetworkId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { NetworkStatus } from '#domain/network.ts';
import { DEFAULT_SHELL_SETTINGS } from '#domain/shell-settings.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import {
  baseAmount,
  leverageE4,
  notionalOf,
  price,
  quoteAmount,
  slot,
  tokenAmount,
  unixMs,
} from '#domain/units.ts';
import { deriveBalances } from '#domain/vault-balances.ts';
import type { PerpPosition, VaultSnapshot } from '#domain/vault-snapshot.ts';
import { UNSYNCED, type VaultSyncState, type VaultView } from '#domain/vault-state.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import type { Desk } from '#ipc/contract.ts';
import { onChainVault, paperVault } from '#test/support/vaults.ts';
import { signerOf } from './signer-stories.ts';
import { endpointOf, openExchange, pausedExchange, threeNodes } from './watch-stories.ts';

export const PRACTICE = networkId('practice');
export const MAINNET = networkId('mainnet');

export interface Holding {
  /** Units of 10^-6. */
  readonly cash: bigint;
  /** Units of 10^-9, signed. */
  readonly perpBase?: bigint;
  readonly health?: number;
  /** Hundredths of a percent; absent: the health as it is. */
  readonly healthBps?: number;
  readonly leverage?: bigint;
  readonly pnl?: bigint;
  readonly paper?: boolean;
}

const MARK = 152_384_000n;

function perpOf(base: bigint, pnl: bigint): PerpPosition {
  return {
    market: 'SOL-PERP',
    marketIndex: 0,
    baseSize: baseAmount(base),
    quoteAssetAmount: quoteAmount(-(base * 149_200n) / 1_000_000n),
    quoteEntryAmount: quoteAmount(-(base * 149_200n) / 1_000_000n),
    quoteBreakEvenAmount: quoteAmount(-(base * 149_260n) / 1_000_000n),
    openOrders: 2,
    entryPrice: price(149_200_000n),
    markPrice: price(MARK),
    oraclePrice: price(152_371_200n),
    notional: notionalOf(baseAmount(base), price(MARK)),
    unrealizedPnl: quoteAmount(pnl),
    unsettledPnl: quoteAmount(pnl - 1_120_000n),
    unrealizedFunding: quoteAmount(-214_551n),
    liquidationPrice: price(base < 0n ? 188_912_443n : 101_220_112n),
  };
}

export function snapshotOf(holding: Holding, atSlot: bigint, atMs: number): VaultSnapshot {
  const { cash, perpBase = 0n, health = 100, leverage = 0n, pnl = 0n, paper = false } = holding;
  const perps = perpBase === 0n ? [] : [perpOf(perpBase, pnl)];
  const margin = perps.reduce((sum, perp) => sum + perp.notional / 10n, 0n);
  const sol = {
    token: 'SOL',
    marketIndex: 1,
    decimals: 9,
    scaledBalance: 12_500_000_000n,
    amount: tokenAmount(12_500_000_000n),
    oraclePrice: price(152_371_200n),
    value: quoteAmount(1_904_640_000n),
    withdrawable: tokenAmount(8_213_400_120n),
  };
  return {
    slot: slot(atSlot),
    observedAtMs: unixMs(atMs),
    figures: {
      totalCollateral: quoteAmount(cash),
      freeCollateral: quoteAmount(cash > margin ? cash - margin : 0n),
      initialMargin: quoteAmount(margin),
      maintenanceMargin: quoteAmount(margin / 2n),
      health,
      healthBps: holding.healthBps ?? health * 100,
      leverage: leverageE4(leverage),
      unrealizedPnl: quoteAmount(pnl),
      unsettledPnl: quoteAmount(perps.length === 0 ? 0n : pnl - 1_120_000n),
      unsettledFunding: quoteAmount(perps.length === 0 ? 0n : -214_551n),
      cumulativeFunding: quoteAmount(perps.length === 0 ? 0n : 41_220_904n),
    },
    perpPositions: perps,
    spotPositions: [
      {
        token: 'USDC',
        marketIndex: 0,
        decimals: 6,
        scaledBalance: cash * 1_000n,
        amount: tokenAmount(cash),
        oraclePrice: price(1_000_000n),
        value: quoteAmount(cash),
        withdrawable: tokenAmount(cash > margin ? cash - margin : 0n),
      },
      ...(perps.length > 0 && !paper ? [sol] : []),
    ],
    exchangeStatus: exchangeStatusOf(0),
    accountFlags: [],
    delegate: null,
  };
}

/** A vault that was verified `ageMs` ago. */
export function verified(
  vault: EngineVault,
  holding: Holding,
  nowMs: number,
  ageMs = 1_200,
): VaultView {
  const atSlot = vault.vaultType === 'onChain' ? 312_455_010n : 4n;
  const snapshot = snapshotOf(holding, atSlot, nowMs - ageMs);
  return {
    vault,
    state: {
      observation: { snapshot, balances: deriveBalances(snapshot) },
      verification: { kind: 'verified', slot: slot(atSlot), atMs: unixMs(nowMs - ageMs) },
      failure: null,
      halt: null,
    },
    phase: { kind: 'idle' },
    synced: true,
    revision: 1,
  };
}

export const TIMEOUT: KeelError = keelError(
  'RPC_TIMEOUT',
  'retry',
  'The endpoint "practice (this computer)" did not answer within 4,000 ms.',
  'Keel keeps trying; check the endpoint or the network if it lasts.',
);

export const DISCREPANCY: KeelError = keelError(
  'SNAPSHOT_DISCREPANT',
  'stop',
  'Two reads at slots 312,455,010 and 312,455,012 show different SOL-PERP base sizes on an unmoved account.',
  'Do not trade. Compare with another endpoint, then sync again.',
);

export const MISSING: KeelError = keelError(
  'SUB_ACCOUNT_MISSING',
  'fix-input',
  'Sub-account 9 of 7xKX…gAsU does not exist on the practice network.',
  'Check the sub-account number, or create it on the exchange first.',
);

/** The state after the retries are used up: last good figures, failure and halt. */
export function failing(
  view: VaultView,
  error: KeelError,
  attempts: number,
  nowMs: number,
): VaultView {
  const atMs = unixMs(nowMs - 6_000);
  const state: VaultSyncState = {
    ...view.state,
    failure: { error, attempts, cause: 'heartbeat', atMs },
    halt: { error, attempts, sinceMs: atMs },
  };
  return { ...view, state };
}

export const statusOf = (network: NetworkId, part: Partial<NetworkStatus> = {}): NetworkStatus => ({
  network,
  endpointLabel: 'this computer',
  endpointIndex: 0,
  endpointCount: 1,
  socket: 'live',
  connection: 'connected',
  slot: 312_455_012n,
  latencyMs: 4.2,
  nextAttemptAtMs: null,
  endpoints: [endpointOf(0, 'this computer', { inUse: true })],
  ...part,
});

export function deskOf(views: readonly VaultView[], part: Partial<Desk> = {}): Desk {
  const nowMs = Date.now();
  return {
    views,
    networks: [
      {
        id: PRACTICE,
        label: 'Practice',
        kind: 'practice',
        quoteSymbol: 'USDC',
        lockedBecause: null,
      },
      {
        id: MAINNET,
        label: 'Mainnet',
        kind: 'live',
        quoteSymbol: 'USDC',
        lockedBecause: 'Live networks are locked on an unofficial Electron build.',
      },
    ],
    statuses: [statusOf(PRACTICE)],
    exchanges: [openExchange(PRACTICE, nowMs)],
    haltAll: null,
    settings: {
      theme: 'system',
      notifications: true,
      sync: DEFAULT_SYNC_SETTINGS,
      capital: DEFAULT_CAPITAL_SETTINGS,
      watch: DEFAULT_WATCH_SETTINGS,
      shell: DEFAULT_SHELL_SETTINGS,
      desk: { ...DEFAULT_DESK_SETTINGS, tour: 'done' },
    },
    signer: signerOf('unlocked', nowMs),
    runtime: {
      appVersion: '0.1.0',
      electron: '33.2.1',
      chrome: '130.0.6723.91',
      node: '20.18.1',
      official: false,
    },
    notices: [],
    ...part,
  };
}

const NAMES = ['Funding main', 'Funding spare', 'Basis ladder', 'SOL carry', 'Night shift'];

export type StoryName =
  | 'first'
  | 'empty'
  | 'full'
  | 'failing'
  | 'stale'
  | 'grave'
  | 'halted'
  | 'start'
  | 'paused'
  | 'nodes'
  | 'halted-all'
  | 'critical';

export function storyDesk(story: StoryName, nowMs: number): Desk {
  const main = verified(
    onChainVault(1, { name: 'Funding main', active: true, subAccountId: 0 }),
    {
      cash: 18_442_905_117n,
      perpBase: -42_125_000_000n,
      health: 81,
      leverage: 3_480n,
      pnl: -134_118_020n,
    },
    nowMs,
  );
  const levered = verified(
    onChainVault(2, { name: 'SOL carry', subAccountId: 3 }),
    {
      cash: 2_104_220_310n,
      perpBase: 61_500_000_000n,
      health: 34,
      leverage: 44_530n,
      pnl: 195_816_400n,
    },
    nowMs,
    2_100,
  );
  const paper = verified(
    paperVault(3, { name: 'Dry run' }),
    { cash: 50_000_000n, paper: true },
    nowMs,
    800,
  );
  const desk = [main, levered, paper];
  switch (story) {
    case 'empty':
      return deskOf([]);
    case 'first':
      return deskOf(desk);
    case 'full':
      return deskOf(fullViews(nowMs));
    case 'failing':
      return deskOf([failingMain(main, nowMs), levered, paper], {
        statuses: [
          statusOf(PRACTICE, {
            connection: 'reconnecting',
            socket: 'down',
            nextAttemptAtMs: nowMs + 7_400,
          }),
        ],
      });
    case 'stale':
      return deskOf([aged(main, nowMs, 95_000), aged(levered, nowMs, 41_000), paper]);
    case 'grave':
      return deskOf(graveViews(main, levered, paper, nowMs));
    case 'halted':
      return deskOf([
        {
          ...main,
          state: {
            ...main.state,
            halt: { error: TIMEOUT, attempts: 4, sinceMs: unixMs(nowMs - 184_000) },
          },
        },
        levered,
        paper,
      ]);
    case 'paused':
      return deskOf([pausedVault(main), pausedVault(levered), paper], {
        exchanges: [pausedExchange(PRACTICE, nowMs)],
      });
    case 'nodes':
      return deskOf(desk, { statuses: [threeNodes(PRACTICE, nowMs)] });
    case 'halted-all':
      return deskOf(
        desk.map((view) => haltedByTrader(view, nowMs)),
        {
          haltAll: { sinceMs: unixMs(nowMs - 754_000), source: 'tray' },
        },
      );
    case 'critical':
      return deskOf([main, criticalVault(nowMs), paper]);
    case 'start':
      return deskOf(
        [
          { ...main, synced: false, phase: { kind: 'reading', cause: 'start', attempt: 1 } },
          levered,
        ],
        {
          notices: [
            'The settings file was damaged and set aside as settings.json.bad; the defaults are in use.',
          ],
        },
      );
  }
}

const pausedVault = (view: VaultView): VaultView => {
  const { observation } = view.state;
  if (observation === null) return view;
  const snapshot = { ...observation.snapshot, exchangeStatus: exchangeStatusOf(255) };
  return { ...view, state: { ...view.state, observation: { ...observation, snapshot } } };
};

function haltedByTrader(view: VaultView, nowMs: number): VaultView {
  const error = keelError(
    'HALTED_BY_TRADER',
    'operator',
    'The trader halted trading by hand.',
    'Enable trading again when you are ready.',
  );
  const halt = { error, attempts: 0, sinceMs: unixMs(nowMs - 754_000) };
  return { ...view, state: { ...view.state, halt } };
}

const criticalVault = (nowMs: number): VaultView =>
  verified(
    onChainVault(2, { name: 'SOL carry', subAccountId: 3 }),
    {
      cash: 1_304_220_310n,
      perpBase: 61_500_000_000n,
      health: 20,
      healthBps: 1_994,
      leverage: 71_530n,
      pnl: -604_183_600n,
    },
    nowMs,
    2_100,
  );

function failingMain(main: VaultView, nowMs: number): VaultView {
  const old = aged(main, nowMs, 42_000);
  const failed = failing(old, TIMEOUT, 4, nowMs);
  return { ...failed, phase: { kind: 'reconnecting', nextAttemptAtMs: unixMs(nowMs + 7_400) } };
}

function aged(view: VaultView, nowMs: number, ageMs: number): VaultView {
  const { verification } = view.state;
  if (verification.kind !== 'verified') return view;
  return {
    ...view,
    state: { ...view.state, verification: { ...verification, atMs: unixMs(nowMs - ageMs) } },
  };
}

function graveViews(
  main: VaultView,
  levered: VaultView,
  paper: VaultView,
  nowMs: number,
): VaultView[] {
  const discrepant: VaultView = {
    ...levered,
    state: {
      ...levered.state,
      verification: { kind: 'discrepant', error: DISCREPANCY, atMs: unixMs(nowMs - 9_000) },
      halt: { error: DISCREPANCY, attempts: 1, sinceMs: unixMs(nowMs - 9_000) },
    },
  };
  const missing: VaultView = failing(
    {
      vault: onChainVault(9, { name: 'Wrong number' }),
      state: UNSYNCED,
      phase: { kind: 'idle' },
      synced: false,
      revision: 1,
    },
    MISSING,
    1,
    nowMs,
  );
  const waiting: VaultView = {
    ...main,
    phase: {
      kind: 'waiting',
      cause: 'heartbeat',
      failedAttempt: 2,
      delayMs: 2_000,
      nextAttemptAtMs: unixMs(nowMs + 1_800),
      error: TIMEOUT,
    },
  };
  return [waiting, discrepant, missing, paper];
}

function fullViews(nowMs: number): VaultView[] {
  return Array.from({ length: 400 }, (_, index) => {
    const engine = ['basis', 'funding', 'market-maker'][index % 3] ?? 'funding';
    const name = `${NAMES[index % NAMES.length]} ${index}`;
    const cash = BigInt(((index * 7_919) % 9_000) + 40) * 1_234_567n;
    if (index % 5 === 0) {
      const vault = paperVault(index, { name, engine, active: index < 3 });
      return verified(vault, { cash, paper: true }, nowMs, 400);
    }
    const size = BigInt((index % 90) - 45) * 1_100_000_000n;
    const pnl = BigInt((index % 41) - 20) * 7_331_000n;
    const health = 100 - (index % 83);
    const vault = onChainVault(index, { name, engine, active: index < 3 });
    const view = verified(
      vault,
      { cash, perpBase: size, health, pnl, leverage: 8_200n },
      nowMs,
      1_500,
    );
    return index % 67 === 13 ? failing(aged(view, nowMs, 75_000), TIMEOUT, 4, nowMs) : view;
  });
}
