/** A main side of the window's own: answers the contract's channels from a made-up desk. */
import { z } from 'zod';
import type { AlertView } from '#domain/alert.ts';
import { vaultsOf } from '#domain/capital-intent.ts';
import type { OperationView } from '#domain/capital-operation.ts';
import { address, syncRunId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { PaperEntry } from '#domain/paper-account.ts';
import type { PracticeFaults } from '#domain/practice.ts';
import type { SyncRun } from '#domain/sync-run.ts';
import { quoteAmount, slot, unixMs } from '#domain/units.ts';
import {
  CHANNELS,
  deskEventSchema,
  type ChannelName,
  type Desk,
  type DeskEvent,
  type RequestOf,
  type ResponseOf,
} from '#ipc/contract.ts';
import type { KeelApi } from '#renderer/bridge/keel-api.ts';
import { backupsOf, firstBackup, restorePreview } from './backup-stories.ts';
import { factsFor, operationIdOf, ownerFacts } from './capital-stories.ts';
import { deskAnswers } from './desk-answers.ts';
import { TIMEOUT } from './stories.ts';
import { watchAnswers } from './watch-answers.ts';
import { vaultIdOf } from '#test/support/vaults.ts';

export interface FakeKeel {
  readonly api: KeelApi;
  /** Every request that reached the main side, decoded. */
  readonly asked: { readonly name: ChannelName; readonly request: unknown }[];
  emit(event: DeskEvent): void;
  emitRaw(event: unknown): void;
  /** The next request of the channel is answered with this error. */
  refuse(name: ChannelName, error: KeelError): void;
}

type Answers = { [Name in ChannelName]: (request: RequestOf<Name>) => ResponseOf<Name> };

export function createFakeKeel(
  desk: Desk,
  nowMs = Date.now(),
  operations: readonly OperationView[] = [],
  alerts: readonly AlertView[] = [],
): FakeKeel {
  const listeners = new Set<(batch: unknown) => void>();
  const asked: FakeKeel['asked'] = [];
  const refusals = new Map<ChannelName, KeelError>();
  const emitRaw = (event: unknown) => {
    for (const listener of listeners) listener(JSON.stringify([event]));
  };
  const emit = (event: DeskEvent) => emitRaw(z.encode(deskEventSchema, event));
  const answers: Answers = {
    ...answersFor(desk, nowMs, operations),
    ...watchAnswers(desk, alerts, nowMs, emit),
    ...deskAnswers(operations, nowMs),
  };

  const invoke = async (channel: string, raw: unknown): Promise<unknown> => {
    const name = channel as ChannelName;
    const request = z.decode(CHANNELS[name].request as z.ZodType, raw);
    asked.push({ name, request });
    const refusal = refusals.get(name);
    refusals.delete(name);
    if (refusal !== undefined) return { ok: false, error: refusal };
    const value = (answers[name] as (request: unknown) => unknown)(request);
    return { ok: true, value: z.encode(CHANNELS[name].response as z.ZodType, value) };
  };
  return {
    api: {
      invoke,
      onEvents: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    asked,
    emit,
    emitRaw,
    refuse: (name, error) => refusals.set(name, error),
  };
}

type OtherAnswers = Omit<
  Answers,
  keyof ReturnType<typeof watchAnswers> | keyof ReturnType<typeof deskAnswers>
>;

function answersFor(desk: Desk, nowMs: number, operations: readonly OperationView[]): OtherAnswers {
  let faults: { readonly a: PracticeFaults; readonly b: PracticeFaults } = { a: {}, b: {} };
  const none = () => ({});
  return {
    'desk.load': () => desk,
    'vault.createVirtual': () => ({ vaultId: vaultIdOf(900) }),
    'vault.addOnChain': () => ({ vaultId: vaultIdOf(901) }),
    'vault.scanAuthority': () => ({
      subAccounts: [
        {
          subAccountId: 0,
          name: 'Main Account',
          totalCollateral: quoteAmount(18_442_905_117n),
          alreadyAdded: true,
        },
        {
          subAccountId: 1,
          name: 'Basis',
          totalCollateral: quoteAmount(912_004_500n),
          alreadyAdded: false,
        },
        { subAccountId: 4, name: 'Night', totalCollateral: null, alreadyAdded: false },
      ],
    }),
    'vault.rename': none,
    'vault.setArchived': none,
    'vault.reorder': none,
    'vault.activate': none,
    'vault.changePaper': none,
    'vault.loadPaperEntries': () => ({ entries: ledger(nowMs) }),
    'vault.syncNow': () => ({ verified: desk.views.length, failed: 0 }),
    'vault.enableTrading': none,
    'vault.haltTrading': none,
    'vault.loadSyncRuns': ({ vaultId, before }) => ({
      runs: before === null ? runsOf(vaultId, nowMs) : [],
    }),
    'vault.loadHistory': () => ({ points: [] }),
    'capital.loadFacts': ({ vaultId }) => ({ facts: factsFor(desk, vaultId, nowMs) }),
    'capital.loadAuthorityFacts': () => ({ facts: ownerFacts(nowMs) }),
    'capital.request': () => ({ operationId: operationIdOf(1) }),
    'capital.cancel': none,
    'capital.loadOperations': ({ before, vaultId }) => ({
      operations:
        before === null
          ? operations.filter(
              ({ operation }) => vaultId === null || vaultsOf(operation.intent).includes(vaultId),
            )
          : [],
    }),
    'signer.openWindow': none,
    'signer.lock': none,
    'signer.renameKey': none,
    'signer.addWatchOnly': none,
    'signer.removeWatchOnly': none,
    'shell.openExplorer': none,
    'backup.list': () => ({ folder: '~/.config/keel/backups', backups: backupsOf(nowMs) }),
    'backup.make': () => ({ backup: firstBackup(nowMs) }),
    'backup.previewRestore': () => restorePreview(nowMs),
    'backup.restore': () => ({ setAside: 'keel-2026-06-01.db.aside' }),
    'settings.update': (settings) => settings,
    'practice.load': () => ({
      rpcUrl: 'http://127.0.0.1:42199',
      authority: address('7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU'),
      slot: 312_455_012n,
      faults,
    }),
    'practice.setFaults': ({ node = 'both', ...next }) => {
      faults = { a: node === 'b' ? faults.a : next, b: node === 'a' ? faults.b : next };
      return {};
    },
    'practice.setExchangeStatus': () => ({}),
    'practice.setMarket': () => ({}),
    'practice.setHealth': () => ({ price: 152_400_000n }),
    'practice.tradeAsOther': () => ({
      signature: '5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnb',
    }),
    'practice.depositAsOther': () => ({
      signature: '5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnb',
    }),
  };
}

function ledger(nowMs: number): PaperEntry[] {
  const entry = (
    kind: PaperEntry['kind'],
    change: bigint,
    cashAfter: bigint,
    revision: number,
    note: string,
  ): PaperEntry => ({
    kind,
    change: quoteAmount(change),
    cashAfter: quoteAmount(cashAfter),
    revision,
    atMs: unixMs(nowMs - (5 - revision) * 61_000),
    note,
  });
  return [
    entry('debit', -12_500_000n, 50_000_000n, 4, ''),
    entry('credit', 12_500_000n, 62_500_000n, 3, ''),
    entry('reset', 0n, 50_000_000n, 2, 'back to the allocation'),
    entry('allocate', 50_000_000n, 50_000_000n, 1, 'first allocation'),
  ];
}

function runsOf(vault: SyncRun['vaultId'], nowMs: number): SyncRun[] {
  return [
    failedRun(vault, nowMs - 42_000),
    ...Array.from({ length: 5 }, (_, index) =>
      goodRun(vault, nowMs - 50_000 - index * 5_000, index),
    ),
  ];
}

function goodRun(vault: SyncRun['vaultId'], startMs: number, index: number): SyncRun {
  return {
    id: syncRunId(`good-${index}`),
    vaultId: vault,
    cause: index === 1 ? 'subscription' : 'heartbeat',
    startedAtMs: unixMs(startMs),
    endedAtMs: unixMs(startMs + 38),
    outcome: 'verified',
    attempts: [
      {
        number: 1,
        startedAtMs: unixMs(startMs),
        durationMs: 38,
        outcome: 'verified',
        error: null,
        nextDelayMs: null,
        slot: slot(312_455_000n - BigInt(index) * 12n),
      },
    ],
  };
}

function failedRun(vault: SyncRun['vaultId'], startMs: number): SyncRun {
  const delays = [1_000, 2_000, 4_000, null];
  let atMs = startMs;
  const attempts = delays.map((nextDelayMs, index) => {
    const startedAtMs = unixMs(atMs);
    atMs += 4_002 + (nextDelayMs ?? 0);
    return {
      number: index + 1,
      startedAtMs,
      durationMs: 4_002,
      outcome: 'failed' as const,
      error:
        index === 1
          ? keelError('RPC_RATE_LIMITED', 'retry', 'The endpoint answered HTTP 429.', '')
          : TIMEOUT,
      nextDelayMs,
      slot: null,
    };
  });
  return {
    id: syncRunId('failed-0'),
    vaultId: vault,
    cause: 'heartbeat',
    startedAtMs: unixMs(startMs),
    endedAtMs: unixMs(atMs),
    outcome: 'failed',
    attempts,
  };
}
