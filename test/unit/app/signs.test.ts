import { describe, expect, it, vi } from 'vitest';
import type { OperationView } from '#domain/capital-operation.ts';
import type { ExchangeView } from '#domain/exchange-state.ts';
import type { GateSurroundings } from '#domain/gate-inputs.ts';
import { networkId, vaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { SIGNER_NOT_STARTED } from '#domain/signer-state.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import { UNSYNCED, type VaultSyncState, type VaultView } from '#domain/vault-state.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import { createDeskLoading } from '#main/app/desk-services.ts';
import { createDeskMirror, type EngineDesk } from '#main/app/desk-mirror.ts';
import { createStatusLines } from '#main/app/status-lines.ts';
import { trayModel, type TrayInput } from '#main/app/tray-model.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

const NOW = unixMs(1_000_000);
const STALE_AFTER_MS = 15_000;
const error = keelError('RPC_TIMEOUT', 'retry', 'No answer.', 'Wait.');

function view(name: string, state: Partial<VaultSyncState> = {}, revision = 1): VaultView {
  return {
    vault: {
      id: vaultId(name),
      vaultType: 'virtual',
      engine: 'funding',
      name,
      network: networkId('practice'),
      active: false,
      createdAtMs: NOW,
      archivedAtMs: null,
      sortIndex: 0,
      allocation: quoteAmount(50_000_000n),
    },
    state: {
      ...UNSYNCED,
      verification: { kind: 'verified', slot: 1n as never, atMs: NOW },
      ...state,
    },
    phase: { kind: 'idle' },
    synced: true,
    revision,
  };
}

const failing = { failure: { error, attempts: 4, cause: 'heartbeat' as const, atMs: NOW } };
const around = (changes: Partial<GateSurroundings> = {}): GateSurroundings => ({
  nowMs: NOW,
  staleAfterMs: STALE_AFTER_MS,
  watch: DEFAULT_WATCH_SETTINGS,
  haltAll: null,
  statuses: [],
  exchanges: [],
  signer: SIGNER_NOT_STARTED,
  operations: [],
  networkKindOf: () => 'practice',
  ...changes,
});
const model = (views: VaultView[], changes: Partial<TrayInput> = {}) =>
  trayModel({
    views,
    around: around(),
    engine: 'running',
    statuses: [],
    alerts: 0,
    labelOf: () => 'Practice',
    ...changes,
  });
const halted = { halt: { error, attempts: 4, sinceMs: NOW } };
const haltAll = { sinceMs: NOW, source: 'tray' } as const;

describe('the tray', () => {
  it('is calm while all is in step, and warns without any event once it has been too long', () => {
    expect(model([view('a'), view('b')])).toMatchObject({
      state: 'ok',
      tooltip: 'Keel: 2 vaults in step',
    });
    const later = around({ nowMs: unixMs(NOW + STALE_AFTER_MS + 1) });
    expect(model([view('a')], { around: later }).state).toBe('stale');
  });

  it('alerts on one failing or halted vault among many, and while the engine is down', () => {
    expect(model([view('a'), view('b', failing)])).toMatchObject({
      state: 'failing',
      tooltip: 'Keel: trading off on 1 of 2 vaults',
    });
    expect(model([view('a', halted)]).state).toBe('halted');
    expect(model([view('a')], { engine: 'down' })).toMatchObject({
      state: 'failing',
      vaults: [{ text: expect.stringContaining("trading off: Keel's engine is not running") }],
    });
  });

  it('shows that everything is halted, with or without an engine, but never hides a failing vault', () => {
    const stopped = around({ haltAll });
    expect(model([view('a')], { around: stopped })).toMatchObject({
      state: 'halted',
      tooltip: 'Keel: everything is halted',
      halted: true,
    });
    expect(model([view('a'), view('b', failing)], { around: stopped })).toMatchObject({
      state: 'failing',
      tooltip: 'Keel: everything is halted, 1 of 2 vaults failing',
    });
    expect(model([view('a')], { around: stopped, engine: 'down' }).tooltip).toBe(
      'Keel: the engine is not running, everything is halted',
    );
  });

  it('is syncing at the start and while a read is tried again, not at each heartbeat', () => {
    const reading = { kind: 'reading', cause: 'heartbeat', attempt: 1 } as const;
    const waiting = {
      kind: 'waiting',
      cause: 'heartbeat',
      failedAttempt: 1,
      delayMs: 1_000,
      nextAttemptAtMs: NOW,
      error,
    } as const;
    expect(model([], { engine: 'starting' }).state).toBe('syncing');
    expect(model([{ ...view('a'), phase: reading }]).state).toBe('ok');
    expect(model([{ ...view('a'), phase: reading, synced: false }]).state).toBe('syncing');
    expect(model([{ ...view('a'), phase: waiting }])).toMatchObject({
      state: 'syncing',
      tooltip: 'Keel: syncing 1 of 1 vaults',
    });
  });

  it('counts the alerts that wait', () => {
    expect(model([view('a')], { alerts: 1 })).toMatchObject({
      alerts: 1,
      tooltip: 'Keel: 1 vault in step – 1 alert to acknowledge',
    });
  });

  it('says why trading is off, by the gate of the engine itself', () => {
    const [line] = model([view('a', halted)]).vaults;
    expect(line?.text).toBe(
      'a: no figures yet, fresh – trading off: Trading was halted: No answer.',
    );
    const [under] = model([view('a')], { around: around({ haltAll }) }).vaults;
    expect(under?.text).toContain('trading off: You halted everything');
  });

  it('never shows an unknown figure as zero, and names no archived vault', () => {
    const archived = view('old');
    const views = [view('a'), { ...archived, vault: { ...archived.vault, archivedAtMs: NOW } }];
    const { vaults } = model(views as VaultView[]);
    expect(vaults).toEqual([{ id: 'a', text: 'a: no figures yet, fresh' }]);
  });
});

describe('status lines', () => {
  it('are printed when something but the time has changed', () => {
    const print = vi.fn();
    const lines = createStatusLines(print);
    lines([view('a')], around());
    lines([view('a', {}, 2)], around({ nowMs: unixMs(NOW + 1_000) }));
    expect(print).toHaveBeenCalledTimes(1);
    lines([view('a', failing, 3)], around({ nowMs: unixMs(NOW + 2_000) }));
    expect(print.mock.calls.map(([line]) => String(line).slice(10))).toEqual([
      'a  fresh  USDC unknown  DRIFT_POS unknown  slot –  trading on',
      'a  failing  USDC unknown  DRIFT_POS unknown  slot –  trading off',
    ]);
  });
});

describe('the mirror of the desk', () => {
  const opened = (views: VaultView[]): EngineDesk => ({
    views,
    statuses: [],
    exchanges: [],
    haltAll: null,
  });
  const changed = (next: VaultView) => ({ type: 'VAULT_CHANGED', view: next }) as DeskEvent;

  it('ignores a lower revision', () => {
    const mirror = createDeskMirror();
    mirror.replace(opened([view('a', {}, 5)]));
    mirror.apply(changed(view('a', failing, 4)));
    expect(mirror.views[0]?.revision).toBe(5);
    mirror.apply(changed(view('a', failing, 6)));
    expect(mirror.views[0]?.state.failure?.error.code).toBe('RPC_TIMEOUT');
  });

  it('forgets what an engine that opened anew does not tell', () => {
    const mirror = createDeskMirror();
    mirror.replace(opened([view('a'), view('b')]));
    mirror.replace(opened([view('b', {}, 9)]));
    expect(mirror.views.map(({ vault }) => vault.name)).toEqual(['b']);
  });
});

describe('what the gate of the tray judges by', () => {
  const operation = (state: string, revision: number) =>
    ({ operation: { id: 'o', state }, revision }) as unknown as OperationView;
  const exchange = (revision: number) =>
    ({ network: networkId('practice'), revision }) as unknown as ExchangeView;
  const told = (event: unknown) => event as DeskEvent;

  it('is taken from the events: exchanges, halts and operations, the newest of each', () => {
    const mirror = createDeskMirror();
    mirror.apply(told({ type: 'EXCHANGE_CHANGED', view: exchange(3) }));
    mirror.apply(told({ type: 'EXCHANGE_CHANGED', view: exchange(2) }));
    expect(mirror.exchanges).toEqual([exchange(3)]);
    mirror.apply(told({ type: 'HALT_ALL_CHANGED', haltAll }));
    expect(mirror.haltAll).toEqual(haltAll);
    mirror.replace({ views: [], statuses: [], exchanges: [], haltAll: null });
    expect(mirror.haltAll).toBeNull();
    expect(mirror.exchanges).toEqual([]);
  });

  it('never opens an operation again that has ended since it was loaded', () => {
    const mirror = createDeskMirror();
    mirror.takeOperations([operation('submitted', 4)]);
    expect(mirror.operations).toHaveLength(1);
    mirror.apply(told({ type: 'OPERATION_CHANGED', view: operation('verified', 5) }));
    expect(mirror.operations).toEqual([]);
    mirror.takeOperations([operation('submitted', 4)]);
    expect(mirror.operations).toEqual([]);
  });
});

describe('loading the desk', () => {
  const desk = { views: [] } as never;

  it('waits for the engine and is answered at once afterwards', async () => {
    const loading = createDeskLoading(new FakeClock());
    const first = loading.load(() => desk);
    loading.opened();
    expect(await first).toEqual({ ok: true, value: desk });
    expect(await loading.load(() => desk)).toEqual({ ok: true, value: desk });
  });

  it('is refused with the reason of an engine that cannot run', async () => {
    const loading = createDeskLoading(new FakeClock());
    const first = loading.load(() => desk);
    loading.refused(error);
    expect(await first).toEqual({ ok: false, error });
  });

  it('gives up on a silent engine, and takes it when it speaks after all', async () => {
    const clock = new FakeClock();
    const loading = createDeskLoading(clock);
    const first = loading.load(() => desk);
    await clock.advance(20_000);
    expect(await first).toMatchObject({ ok: false, error: { code: 'ENGINE_UNAVAILABLE' } });
    loading.opened();
    expect(await loading.load(() => desk)).toMatchObject({ ok: true });
  });
});
