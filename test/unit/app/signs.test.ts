import { describe, expect, it, vi } from 'vitest';
import { networkId, vaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import { UNSYNCED, type VaultSyncState, type VaultView } from '#domain/vault-state.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import { createDeskLoading } from '#main/app/desk-services.ts';
import { createDeskMirror } from '#main/app/desk-mirror.ts';
import { createStatusLines } from '#main/app/status-lines.ts';
import { trayModel } from '#main/app/tray-model.ts';
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
const model = (views: VaultView[], engineRunning = true, nowMs = NOW) =>
  trayModel({ views, engineRunning, nowMs, staleAfterMs: STALE_AFTER_MS });

describe('the tray', () => {
  it('is calm while all is in step, and warns without any event once it has been too long', () => {
    expect(model([view('a'), view('b')])).toMatchObject({
      state: 'ok',
      tooltip: 'Keel: 2 vaults in step',
    });
    expect(model([view('a')], true, unixMs(NOW + STALE_AFTER_MS + 1)).state).toBe('warning');
  });

  it('alerts on one failing or halted vault among many, and while the engine is down', () => {
    expect(model([view('a'), view('b', failing)])).toMatchObject({
      state: 'error',
      tooltip: 'Keel: trading stopped on 1 of 2 vaults',
    });
    expect(model([view('a', { halt: { error, attempts: 4, sinceMs: NOW } })]).state).toBe('halted');
    expect(model([view('a')], false).state).toBe('error');
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
    lines([view('a')], NOW, STALE_AFTER_MS);
    lines([view('a', {}, 2)], unixMs(NOW + 1_000), STALE_AFTER_MS);
    expect(print).toHaveBeenCalledTimes(1);
    lines([view('a', failing, 3)], unixMs(NOW + 2_000), STALE_AFTER_MS);
    expect(print.mock.calls.map(([line]) => String(line).slice(10))).toEqual([
      'a  fresh  USDC unknown  DRIFT_POS unknown  slot –  trading on',
      'a  failing  USDC unknown  DRIFT_POS unknown  slot –  trading off',
    ]);
  });
});

describe('the mirror of the desk', () => {
  const changed = (next: VaultView) => ({ type: 'VAULT_CHANGED', view: next }) as DeskEvent;

  it('ignores a lower revision', () => {
    const mirror = createDeskMirror();
    mirror.replace([view('a', {}, 5)], []);
    mirror.apply(changed(view('a', failing, 4)));
    expect(mirror.views[0]?.revision).toBe(5);
    mirror.apply(changed(view('a', failing, 6)));
    expect(mirror.views[0]?.state.failure?.error.code).toBe('RPC_TIMEOUT');
  });

  it('forgets what an engine that opened anew does not tell', () => {
    const mirror = createDeskMirror();
    mirror.replace([view('a'), view('b')], []);
    mirror.replace([view('b', {}, 9)], []);
    expect(mirror.views.map(({ vault }) => vault.name)).toEqual(['b']);
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
