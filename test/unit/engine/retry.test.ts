import { describe, expect, it } from 'vitest';
import { Harness, times } from './harness.ts';

const TIMEOUT = { kind: 'whole', code: 'RPC_TIMEOUT' } as const;

describe('a sync that fails (S4, S5)', () => {
  it('three failing reads and a success: waits 1, 2 and 4 s and leaves trading alone', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.set(vault, { usdc: 250_000_000n });
    harness.venue.script = times(3, TIMEOUT);

    await harness.clock.advance(5_000);
    expect(harness.venue.reads).toHaveLength(1);
    expect(harness.view(vault).phase).toMatchObject({
      kind: 'waiting',
      cause: 'heartbeat',
      failedAttempt: 1,
      delayMs: 1_000,
      nextAttemptAtMs: harness.clock.nowMs() + 1_000,
      error: { code: 'RPC_TIMEOUT' },
    });
    expect(harness.allowed(vault)).toBe(true);
    await harness.clock.advance(7_000);

    expect(harness.readTimes().slice(0, 4)).toEqual([0, 1_000, 3_000, 7_000]);
    const run = harness.lastRun(vault);
    expect(run.outcome).toBe('verified');
    expect(
      run.attempts.map(({ number, outcome, nextDelayMs, error }) => [
        number,
        outcome,
        nextDelayMs,
        error?.code ?? null,
      ]),
    ).toEqual([
      [1, 'failed', 1_000, 'RPC_TIMEOUT'],
      [2, 'failed', 2_000, 'RPC_TIMEOUT'],
      [3, 'failed', 4_000, 'RPC_TIMEOUT'],
      [4, 'verified', null, null],
    ]);
    expect(harness.eventsOf('VAULT_SYNC_ERROR')).toEqual([]);
    expect(harness.view(vault).state).toMatchObject({ failure: null, halt: null });
    expect(harness.usdc(vault)).toBe(250_000_000n);
    expect(harness.view(vault).phase).toEqual({ kind: 'idle' });
  });

  it('four failures: one error event, trading halted in the commit, last good figures kept', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.set(vault, { usdc: 1n });
    harness.venue.standing = TIMEOUT;

    await harness.clock.advance(12_000);

    expect(harness.readTimes()).toEqual([0, 1_000, 3_000, 7_000]);
    const run = harness.lastRun(vault);
    expect(run.outcome).toBe('failed');
    expect(run.attempts.map(({ nextDelayMs }) => nextDelayMs)).toEqual([1_000, 2_000, 4_000, null]);
    const stored = harness.store.loadSyncState(vault);
    expect(stored.failure).toMatchObject({ attempts: 4, cause: 'heartbeat' });
    expect(stored.halt).toMatchObject({ attempts: 4, error: { code: 'RPC_TIMEOUT' } });
    expect(stored.observation?.balances.USDC).toBe(100_000_000n);
    expect(harness.eventsOf('VAULT_SYNC_ERROR')).toMatchObject([
      { vaultId: vault, vaultName: 'Vault 0', attempts: 4, error: { code: 'RPC_TIMEOUT' } },
    ]);
    expect(harness.view(vault).phase).toEqual({
      kind: 'reconnecting',
      nextAttemptAtMs: harness.clock.nowMs() + 10_000,
    });
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.usdc(vault)).toBe(100_000_000n);
  });

  it('a process killed between two attempts leaves the failed ones in the log', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.standing = TIMEOUT;
    await harness.clock.advance(5_000 + 1_000);
    expect(harness.lastRun(vault)).toMatchObject({
      outcome: 'failed',
      attempts: [
        { number: 1, nextDelayMs: 1_000, error: { code: 'RPC_TIMEOUT' } },
        { number: 2, nextDelayMs: 2_000, error: { code: 'RPC_TIMEOUT' } },
      ],
    });
    const { id } = harness.lastRun(vault);
    harness.venue.standing = { kind: 'none' };
    await harness.clock.advance(2_000);
    expect(harness.lastRun(vault)).toMatchObject({ id, outcome: 'verified' });
    expect(harness.lastRun(vault).attempts).toHaveLength(3);
  });

  it('trading cannot be enabled while a run is failing, between the attempts or during one', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.engine.haltTrading(vault);
    harness.venue.latencyMs = 100;
    harness.venue.standing = TIMEOUT;
    await harness.clock.advance(5_000 + 100);
    const refused = {
      error: { code: 'TRADING_STILL_BLOCKED', details: { reasons: 'failing' } },
    };
    expect(harness.view(vault).phase.kind).toBe('waiting');
    expect(harness.engine.enableTrading(vault)).toMatchObject(refused);
    await harness.clock.advance(1_000 + 50);
    expect(harness.view(vault).phase).toMatchObject({ kind: 'reading', attempt: 2 });
    expect(harness.engine.enableTrading(vault)).toMatchObject(refused);
    harness.venue.standing = { kind: 'none' };
    await harness.clock.advance(3_000);
    expect(harness.engine.enableTrading(vault).ok).toBe(true);
  });

  it('tells the error only after it is stored', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.standing = { kind: 'whole', code: 'WRONG_CLUSTER' };
    await harness.clock.advance(5_000);
    const types = harness.events.map(({ event }) => event.type);
    expect(types).toEqual(['VAULT_CHANGED', 'VAULT_SYNC_ERROR', 'ALERT_CHANGED']);
    expect(harness.store.loadSyncState(vault).failure?.error.code).toBe('WRONG_CLUSTER');
  });

  it.each(['WRONG_CLUSTER', 'RPC_REFUSED', 'ENGINE_FAULT'] as const)(
    'a permanent fault of the whole read fails at once: %s',
    async (code) => {
      const harness = new Harness();
      const vault = await harness.withVerifiedVault();
      harness.venue.standing = { kind: 'whole', code };
      await harness.clock.advance(5_000);
      expect(harness.venue.reads).toHaveLength(1);
      expect(harness.lastRun(vault).attempts).toMatchObject([
        { number: 1, outcome: 'failed', nextDelayMs: null, error: { code } },
      ]);
      expect(harness.eventsOf('VAULT_SYNC_ERROR')).toMatchObject([{ attempts: 1 }]);
      expect(harness.allowed(vault)).toBe(false);
    },
  );

  it.each([
    'SUB_ACCOUNT_MISSING',
    'ACCOUNT_WRONG_OWNER',
    'ACCOUNT_UNDECODABLE',
    'ACCOUNT_MISMATCH',
  ] as const)('one vault’s permanent fault touches no other: %s', async (code) => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    const other = harness.addVault(1);
    await harness.clock.advance(0);
    harness.venue.standing = { kind: 'vault', vaultId: vault, code };
    await harness.clock.advance(5_000);
    expect(harness.lastRun(vault).attempts).toHaveLength(1);
    expect(harness.view(vault).state.failure?.error.code).toBe(code);
    expect(harness.usdc(vault)).toBe(100_000_000n);
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.view(other).state.failure).toBeNull();
    expect(harness.allowed(other)).toBe(true);
    harness.forget();
    await harness.clock.advance(5_000);
    expect(harness.venue.reads.map(({ vaultIds }) => vaultIds)).toEqual([[other]]);
  });

  it('one vault’s transient fault is retried alone while the others’ heartbeats go on', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    const other = harness.addVault(1);
    await harness.clock.advance(0);
    harness.forget();
    harness.venue.standing = { kind: 'vault', vaultId: vault, code: 'NODE_BEHIND' };
    await harness.clock.advance(12_000);
    expect(harness.venue.reads.map(({ vaultIds }) => vaultIds.length)).toEqual([2, 1, 1, 1, 1]);
    expect(harness.lastRun(vault).attempts).toHaveLength(4);
    expect(harness.view(other).state.verification).toMatchObject({ kind: 'verified' });
    expect(harness.view(other).state.failure).toBeNull();
  });

  it('obeys changed settings: one retry after 100 ms', async () => {
    const harness = new Harness({ maxRetries: 1, firstRetryDelayMs: 100 });
    await harness.withVerifiedVault();
    harness.venue.standing = TIMEOUT;
    await harness.clock.advance(6_000);
    expect(harness.readTimes()).toEqual([0, 100]);
    expect(harness.eventsOf('VAULT_SYNC_ERROR')).toMatchObject([{ attempts: 2 }]);
  });

  it('counts the delay from the end of the failed read', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.latencyMs = 400;
    harness.venue.script = [TIMEOUT];
    await harness.clock.advance(5_000 + 400 + 1_000 + 400);
    expect(harness.readTimes()).toEqual([0, 1_400]);
    expect(harness.lastRun(vault).attempts.map(({ durationMs }) => durationMs)).toEqual([400, 400]);
  });
});
