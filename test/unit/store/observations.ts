import { deriveBalances } from '#domain/vault-balances.ts';
import { exchangeStatusOf } from '#domain/exchange-status.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import { syncRunId, type VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { SyncAttempt, SyncRun } from '#domain/sync-run.ts';
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
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { VaultSyncState } from '#domain/vault-state.ts';
import type { SyncCommit } from '#main/engine/ports.ts';

export const START_MS = Date.UTC(2026, 0, 1);

export interface Observed {
  readonly slot: bigint;
  readonly atMs: number;
  /** Whole account in quote units. */
  readonly collateral?: bigint;
  /** Signed base size of the one perp position; 0: none. */
  readonly base?: bigint;
  readonly mark?: bigint;
  /** Raw balance of the one spot position. */
  readonly scaled?: bigint;
}

export function snapshotOf(observed: Observed): VaultSnapshot {
  const { collateral = 100_000_000n, base = -1_000_000_000n, mark = 20_000_000n } = observed;
  const notional = notionalOf(baseAmount(base), price(mark));
  return {
    slot: slot(observed.slot),
    observedAtMs: unixMs(observed.atMs),
    figures: {
      totalCollateral: quoteAmount(collateral),
      freeCollateral: quoteAmount(collateral / 2n),
      initialMargin: quoteAmount(notional / 10n),
      maintenanceMargin: quoteAmount(notional / 20n),
      health: 90,
      healthBps: 90 * 100,
      leverage: leverageE4(2_000n),
      unrealizedPnl: quoteAmount(-mark / 100n),
      unsettledPnl: quoteAmount(0n),
      unsettledFunding: quoteAmount(5n),
      cumulativeFunding: quoteAmount(-7n),
    },
    perpPositions: [
      {
        market: 'SOL-PERP',
        marketIndex: 0,
        baseSize: baseAmount(base),
        quoteAssetAmount: quoteAmount(21_000_000n),
        quoteEntryAmount: quoteAmount(21_000_000n),
        quoteBreakEvenAmount: quoteAmount(20_900_000n),
        openOrders: 0,
        entryPrice: price(21_000_000n),
        markPrice: price(mark),
        oraclePrice: price(mark + 1n),
        notional,
        unrealizedPnl: quoteAmount(1_000_000n),
        unsettledPnl: quoteAmount(0n),
        unrealizedFunding: quoteAmount(5n),
        liquidationPrice: price(90_000_000n),
      },
    ],
    spotPositions: [
      {
        token: 'USDC',
        marketIndex: 0,
        decimals: 6,
        scaledBalance: observed.scaled ?? 100_000_000_000n,
        amount: tokenAmount(100_000_000n),
        oraclePrice: price(1_000_000n),
        value: quoteAmount(100_000_000n),
        withdrawable: tokenAmount(40_000_000n),
      },
    ],
    exchangeStatus: exchangeStatusOf(0),
    accountFlags: [],
    delegate: null,
  };
}

export function verifiedState(snapshot: VaultSnapshot): VaultSyncState {
  return {
    observation: { snapshot, balances: deriveBalances(snapshot) },
    verification: { kind: 'verified', slot: snapshot.slot, atMs: snapshot.observedAtMs },
    failure: null,
    halt: null,
  };
}

export const unreachable: KeelError = keelError(
  'RPC_UNREACHABLE',
  'retry',
  'The node refused the connection.',
  'Check the endpoint.',
  { endpoint: 'first' },
);

export function verifiedRun(id: string, vault: VaultId, atMs: number, durationMs = 40): SyncRun {
  return {
    id: syncRunId(id),
    vaultId: vault,
    cause: 'heartbeat',
    startedAtMs: unixMs(atMs),
    endedAtMs: unixMs(atMs + durationMs),
    outcome: 'verified',
    attempts: [attempt(1, atMs, { durationMs: durationMs + 0.25, slot: slot(5n) })],
  };
}

export function failedRun(id: string, vault: VaultId, atMs: number): SyncRun {
  const failed = { outcome: 'failed', error: unreachable } as const;
  return {
    ...verifiedRun(id, vault, atMs),
    outcome: 'failed',
    attempts: [1, 2, 3, 4].map((number) =>
      attempt(number, atMs + number, {
        ...failed,
        nextDelayMs: number === 4 ? null : 1_000 * 2 ** (number - 1),
      }),
    ),
  };
}

function attempt(number: number, atMs: number, changes: Partial<SyncAttempt>): SyncAttempt {
  return {
    number,
    startedAtMs: unixMs(atMs),
    durationMs: 12,
    outcome: 'verified',
    error: null,
    nextDelayMs: null,
    slot: null,
    ...changes,
  };
}

/** A verified sync of one vault; the run's id says which one. */
export function commitOf(vault: EngineVault, observed: Observed): SyncCommit {
  const id = `${vault.id.slice(-4)}-${observed.slot}-${observed.atMs}`;
  return {
    vaultId: vault.id,
    run: verifiedRun(id, vault.id, observed.atMs),
    state: verifiedState(snapshotOf(observed)),
  };
}
