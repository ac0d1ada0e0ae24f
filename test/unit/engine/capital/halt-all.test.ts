/** Halt all (M4): what was not sent ends, what was sent is watched, nothing else leaves; over restarts. */
import { describe, expect, it } from 'vitest';
import { isUnsent } from '#domain/advance-operation.ts';
import type { CapitalOperation, OperationState } from '#domain/capital-operation.ts';
import type { CrashPoint } from '#main/engine/index.ts';
import { AUTHORITY, NETWORK, Rig } from './rig.ts';

const MINUTE_MS = 60_000;

async function rigWith(): Promise<Rig> {
  const rig = new Rig();
  await rig.begin();
  return rig;
}

/** A rig whose operation is in the given state, with whatever it does there under way. */
async function rigIn(state: OperationState): Promise<{ rig: Rig; operation: CapitalOperation }> {
  const rig = await rigWith();
  if (state === 'submitted') rig.chain.standingSend = 'drop';
  if (state === 'simulated') rig.chain.approves = null;
  void rig.engine.requestCapital(rig.move('withdraw', 1_000_000n));
  for (let step = 0; step < 500 && rig.journal.all()[0]?.state !== state; step += 1) {
    await rig.clock.advance(1);
  }
  const [operation] = rig.journal.all();
  if (operation?.state !== state) throw new Error(`it is ${operation?.state}, not ${state}`);
  return { rig, operation };
}

describe('halt all', () => {
  it.each(['validated', 'planned', 'simulated', 'approved'] as const)(
    'ends an operation that is %s, takes its question back, and nothing is sent',
    async (state) => {
      const { rig, operation } = await rigIn(state);
      expect(rig.engine.haltAll('tray')).toEqual({ ok: true, value: { halted: 2, ended: 1 } });
      expect(rig.operation(operation.id)).toMatchObject({
        state: 'denied',
        error: { code: 'GATE_CLOSED', details: { codes: 'halted-all' } },
      });
      expect(rig.chain.withdrawn).toEqual([operation.id]);
      await rig.clock.advance(5 * MINUTE_MS);
      expect(rig.chain.sends).toEqual([]);
      expect(rig.chain.violations).toEqual([]);
      expect(rig.chain.balance(rig.vault(0))).toBe(100_000_000n);
    },
  );

  it('ends one that is signed: its bytes never left', async () => {
    const rig = await rigWith();
    let halted: unknown = null;
    rig.killAt = (point) => {
      if (point === 'after-sign') queueMicrotask(() => (halted ??= rig.engine.haltAll('keyboard')));
      return false;
    };
    const id = await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(5 * MINUTE_MS);
    expect(halted).toMatchObject({ ok: true });
    expect(rig.operation(id).state).toBe('denied');
    expect(rig.chain.messagesSignedOf(id)).toBe(1);
    expect(rig.chain.sends).toEqual([]);
  });

  it('watches one that was sent to its end, verified, without another send', async () => {
    const rig = await rigWith();
    rig.chain.standingSend = 'late';
    const id = await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(3_000);
    const sends = rig.chain.sends.length;
    expect(sends).toBeGreaterThan(0);
    expect(rig.engine.haltAll('window')).toMatchObject({ ok: true, value: { ended: 0 } });
    await rig.clock.advance(5 * MINUTE_MS);
    expect(rig.operation(id).state).toBe('verified');
    expect(rig.chain.sends).toHaveLength(sends);
  });

  it('watches one that was dropped until its expiry is proved, without another send', async () => {
    const { rig, operation } = await rigIn('submitted');
    rig.engine.haltAll('window');
    const sends = rig.chain.sends.length;
    await rig.clock.advance(5 * MINUTE_MS);
    expect(rig.operation(operation.id).state).toBe('expired');
    expect(rig.chain.sends).toHaveLength(sends);
  });

  it('holds back bytes that the venue has in hand and has not sent yet', async () => {
    const rig = await rigWith();
    rig.chain.sendWaitMs = 500;
    const id = await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(400);
    expect(rig.operation(id).state).toBe('submitted');
    rig.engine.haltAll('window');
    await rig.clock.advance(5 * MINUTE_MS);
    expect(rig.chain.sends).toEqual([]);
    expect(rig.operation(id).state).toBe('expired');
  });

  it.each(['confirmed', 'synced'] as const)(
    'takes one that is %s to its verdict, over a restart too; lifted, its vault can be enabled',
    async (state) => {
      for (const restarts of [false, true]) {
        const rig = await rigWith();
        rig.killAt = (point) => {
          if (point === `after-commit:${state}`) rig.engine.haltAll('tray');
          return restarts && point === `after-commit:${state}`;
        };
        const id = await rig.request(rig.move('withdraw', 1_000_000n));
        await rig.clock.advance(10_000);
        rig.killAt = null;
        if (restarts) rig.start();
        await rig.clock.advance(MINUTE_MS);
        expect(rig.states(id).slice(-3)).toEqual(['confirmed', 'synced', 'verified']);
        expect(rig.kills).toBe(restarts ? 1 : 0);
        expect(rig.engine.haltedAll()).not.toBeNull();
        expect(rig.vaultView(rig.vault(0)).state.halt?.error.code).toBe('HALTED_BY_TRADER');
        expect(rig.engine.liftHaltAll().ok).toBe(true);
        expect(rig.engine.enableTrading(rig.vault(0))).toMatchObject({ ok: true });
        expect(rig.engine.gateOf(rig.vault(0), 'increase')).toMatchObject({
          value: { allowed: true },
        });
        expect(rig.engine.gateOf(rig.vault(1), 'increase')).toMatchObject({
          value: { allowed: false },
        });
      }
    },
  );

  it('refuses every request until it is lifted, and asks the venue for nothing', async () => {
    const rig = await rigWith();
    rig.engine.haltAll('window');
    const rows = rig.journal.all().length;
    const points = rig.points.length;
    const requests = [
      rig.move('deposit', 1n),
      rig.move('withdraw', 1n),
      rig.transfer(1n),
      rig.creation,
    ];
    for (const request of requests) {
      expect(await rig.engine.requestCapital(request)).toMatchObject({
        error: { code: 'GATE_CLOSED', details: { codes: 'halted-all' } },
      });
    }
    expect(rig.journal.all()).toHaveLength(rows);
    expect(rig.points).toHaveLength(points);
    expect(rig.engine.liftHaltAll()).toEqual({ ok: true, value: {} });
    const id = await rig.request(rig.move('deposit', 1n));
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(id).state).toBe('verified');
  });

  it('catches a request whose facts are being read: no row', async () => {
    const rig = await rigWith();
    const asked = rig.engine.requestCapital(rig.move('deposit', 1n));
    await rig.clock.advance(5);
    rig.engine.haltAll('window');
    await rig.clock.advance(MINUTE_MS);
    expect(await asked).toMatchObject({ error: { code: 'GATE_CLOSED' } });
    expect(rig.journal.all()).toEqual([]);
  });

  it('lifted, leaves each vault halted, also one that came meanwhile, on disk too', async () => {
    const rig = await rigWith();
    rig.engine.haltAll('window');
    const added = rig.engine.addOnChainVault({
      name: 'Late',
      engine: 'funding',
      network: NETWORK,
      authority: AUTHORITY,
      subAccountId: 9,
    });
    if (added.ok) rig.accounts.set(added.value.vaultId, { usdc: 1n });
    await rig.clock.advance(MINUTE_MS);
    expect(rig.engine.liftHaltAll().ok).toBe(true);
    const ids = [...rig.vaults, ...(added.ok ? [added.value.vaultId] : [])];
    expect(ids).toHaveLength(3);
    for (const id of ids) {
      expect(rig.vaultView(id).state.halt?.error.code).toBe('HALTED_BY_TRADER');
      expect(rig.store.loadSyncState(id).halt).not.toBeNull();
    }
    await rig.clock.advance(MINUTE_MS);
    expect(rig.engine.enableTrading(rig.vault(0)).ok).toBe(true);
    expect(rig.engine.gateOf(rig.vault(0), 'increase')).toMatchObject({ value: { allowed: true } });
    expect(rig.engine.gateOf(rig.vault(1), 'increase')).toMatchObject({
      value: { allowed: false },
    });
  });

  it('is told once, after it is on record; again it changes nothing', async () => {
    const rig = await rigWith();
    expect(rig.engine.haltedAll()).toBeNull();
    rig.engine.haltAll('tray');
    const first = rig.engine.haltedAll();
    await rig.clock.advance(1_000);
    expect(rig.engine.haltAll('window')).toMatchObject({ value: { halted: 2, ended: 0 } });
    expect(rig.engine.haltedAll()).toBe(first);
    expect(rig.halts).toEqual([{ told: first, onRecord: first }]);
    rig.engine.liftHaltAll();
    rig.engine.liftHaltAll();
    expect(rig.halts.slice(1)).toEqual([{ told: null, onRecord: null }]);
  });

  it('keeps enabling shut while it lasts', async () => {
    const rig = await rigWith();
    rig.engine.haltAll('window');
    await rig.clock.advance(10_000);
    expect(rig.engine.enableTrading(rig.vault(0))).toMatchObject({
      error: { code: 'TRADING_STILL_BLOCKED', details: { reasons: 'halted-all' } },
    });
  });
});

describe('halt all on a disk that fails', () => {
  const failing = (rig: Rig, write: string): void => {
    rig.onWrite = (each, when) => {
      if (each === write && when === 'before') throw new Error('disk full');
    };
  };

  it('holds in memory, says so, and writes what is missing when it is asked again', async () => {
    const { rig, operation } = await rigIn('approved');
    failing(rig, 'saveHaltAll');
    expect(rig.engine.haltAll('window')).toMatchObject({
      error: { code: 'DATABASE_WRITE_FAILED' },
    });
    expect(rig.operation(operation.id).state).toBe('denied');
    expect(rig.engine.haltedAll()).not.toBeNull();
    expect(await rig.engine.requestCapital(rig.move('deposit', 1n))).toMatchObject({
      error: { code: 'GATE_CLOSED' },
    });
    expect(rig.watchStore.loadHaltAll()).toBeNull();
    rig.onWrite = null;
    expect(rig.engine.haltAll('window')).toMatchObject({ ok: true });
    expect(rig.watchStore.loadHaltAll()).toEqual(rig.engine.haltedAll());
  });

  it.each(['simulated', 'approved'] as const)(
    'an operation that is %s does nothing more, and ends as soon as it can be written',
    async (state) => {
      const { rig, operation } = await rigIn(state);
      failing(rig, 'advance');
      expect(rig.engine.haltAll('window').ok).toBe(false);
      expect(rig.operation(operation.id).state).toBe(state);
      rig.chain.approves = true;
      await rig.clock.advance(10_000);
      expect(rig.engine.liftHaltAll().ok).toBe(true);
      rig.onWrite = null;
      await rig.clock.advance(MINUTE_MS);
      // The approval that nobody answers is let go by the test’s chain only at a restart.
      if (state === 'approved') expect(rig.operation(operation.id).state).toBe('denied');
      expect(rig.chain.sends).toEqual([]);
    },
  );

  it.each(['validated', 'approved'] as const)(
    'an operation that is %s ends also where the halt is lifted before its end could be written',
    async (state) => {
      const { rig, operation } = await rigIn(state);
      failing(rig, 'advance');
      expect(rig.engine.haltAll('window').ok).toBe(false);
      rig.onWrite = null;
      expect(rig.engine.liftHaltAll().ok).toBe(true);
      await rig.clock.advance(MINUTE_MS);
      expect(rig.operation(operation.id).state).toBe('denied');
      expect(rig.chain.sends).toEqual([]);
    },
  );

  it('is not lifted where the end of it, or a vault’s halt, cannot be written', async () => {
    const rig = await rigWith();
    rig.engine.haltAll('window');
    for (const write of ['saveHaltAll', 'saveHalt']) {
      failing(rig, write);
      expect(rig.engine.liftHaltAll()).toMatchObject({ error: { code: 'DATABASE_WRITE_FAILED' } });
      expect(rig.engine.haltedAll()).not.toBeNull();
    }
    rig.onWrite = null;
    expect(rig.engine.liftHaltAll().ok).toBe(true);
  });
});

/** What must be true of an operation after a halt that is on record, and of everything that was sent. */
function judge(rig: Rig, sendsBefore: number): void {
  expect(rig.chain.violations).toEqual([]);
  expect(rig.chain.sends).toHaveLength(sendsBefore);
  for (const { id, state, transitions } of rig.journal.all()) {
    const wasSent = transitions.some((each) => each.state === 'submitted');
    expect(wasSent ? ['verified', 'expired', 'rejected'] : ['denied']).toContain(state);
    expect(rig.chain.fateOf(id)).toBe(state === 'verified' ? 'landed' : 'none');
  }
}

describe('killed around a halt', () => {
  async function pointsOfAWithdrawal(): Promise<CrashPoint[]> {
    const rig = await rigWith();
    await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(MINUTE_MS);
    return [...new Set(rig.points)];
  }

  it('right after it at every point of an operation: it holds, and the same is true after the restart', async () => {
    const points = await pointsOfAWithdrawal();
    expect(points.length).toBeGreaterThan(20);
    for (const point of points) {
      const rig = await rigWith();
      let done = false;
      let sends = 0;
      rig.killAt = (each) => {
        if (each !== point || done) return false;
        done = true;
        rig.engine.haltAll('window');
        sends = rig.chain.sends.length;
        return true;
      };
      void rig.engine.requestCapital(rig.move('withdraw', 1_000_000n));
      await rig.clock.advance(10_000);
      expect(rig.alive, point).toBe(false);
      rig.killAt = null;
      rig.start();
      expect(rig.engine.haltedAll(), point).not.toBeNull();
      expect(rig.journal.loadOpen().filter(({ state }) => isUnsent(state))).toEqual([]);
      await rig.clock.advance(5 * MINUTE_MS);
      judge(rig, sends);
      expect(rig.journal.loadOpen()).toEqual([]);
    }
  });

  it('at every write of it: on record it holds, not on record it is handed over again', async () => {
    for (const state of ['validated', 'simulated', 'approved', 'submitted'] as const) {
      for (let at = 0; at < 12; at += 1) {
        const { rig } = await rigIn(state);
        let writes = 0;
        rig.onWrite = () => {
          if (writes === at) rig.kill();
          writes += 1;
        };
        rig.engine.haltAll('window');
        rig.onWrite = null;
        if (rig.alive) rig.kill();
        const onRecord = rig.watchStore.loadHaltAll() !== null;
        expect(onRecord).toBe(at > 0);
        rig.chain.approves = true;
        rig.start();
        if (!onRecord) rig.engine.haltAll('window');
        const sends = rig.chain.sends.length;
        expect(rig.engine.haltedAll()).not.toBeNull();
        await rig.clock.advance(5 * MINUTE_MS);
        judge(rig, sends);
        rig.engine.liftHaltAll();
        for (const id of rig.vaults) expect(rig.store.loadSyncState(id).halt).not.toBeNull();
      }
    }
  });

  it('between lifting and the record of it: it is lifted or it holds, and no vault is enabled', async () => {
    for (let at = 0; at < 6; at += 1) {
      const rig = await rigWith();
      rig.engine.haltAll('window');
      let writes = 0;
      rig.onWrite = () => {
        if (writes === at) rig.kill();
        writes += 1;
      };
      rig.engine.liftHaltAll();
      rig.onWrite = null;
      rig.kill();
      rig.start();
      await rig.clock.advance(MINUTE_MS);
      for (const id of rig.vaults) {
        expect(rig.engine.gateOf(id, 'increase')).toMatchObject({ value: { allowed: false } });
      }
    }
  });
});
