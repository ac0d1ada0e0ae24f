/** A stop of everything whose record cannot be read is a stop all the same; and what is archived is stopped too. */
import { describe, expect, it } from 'vitest';
import { keelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';
import { Rig } from './rig.ts';

const damaged = (): never => {
  throw new KeelFault(
    keelError('DATABASE_CORRUPT', 'operator', 'The stored stop cannot be read.', 'Report this.'),
  );
};

describe('a record of the halt that cannot be read', () => {
  it('lets the engine open, halted: nothing is sent, nothing is asked for, until it is lifted', async () => {
    const rig = new Rig();
    await rig.begin();
    rig.killAt = (point) => point === 'after-commit:signed';
    const id = await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(10_000);
    expect(rig.operation(id).state).toBe('signed');
    rig.killAt = null;
    const { loadHaltAll } = rig.watchStore;
    rig.watchStore.loadHaltAll = damaged;
    rig.start();
    rig.watchStore.loadHaltAll = loadHaltAll;
    await rig.clock.advance(5_000);
    expect(rig.engine.haltedAll()).not.toBeNull();
    expect(rig.chain.sends).toEqual([]);
    expect(rig.operation(id).state).toBe('denied');
    expect(await rig.engine.requestCapital(rig.move('deposit', 1n))).toMatchObject({
      error: { code: 'GATE_CLOSED' },
    });
    expect(rig.engine.haltAll('window').ok).toBe(true);
    expect(rig.watchStore.loadHaltAll()).toEqual(rig.engine.haltedAll());
    expect(rig.engine.liftHaltAll().ok).toBe(true);
    expect(rig.engine.haltedAll()).toBeNull();
    expect(rig.watchStore.loadHaltAll()).toBeNull();
  });
});

describe('an archived vault', () => {
  it.each([true, false])('comes back halted, restored while the halt lasts: %s', async (during) => {
    const rig = new Rig();
    await rig.begin();
    const id = rig.vault(1);
    expect(rig.engine.setArchived(rig.vault(1), true).ok).toBe(true);
    expect(rig.engine.haltAll('tray')).toMatchObject({ value: { halted: 1 } });
    if (during) rig.engine.setArchived(id, false);
    expect(rig.engine.liftHaltAll().ok).toBe(true);
    if (!during) rig.engine.setArchived(id, false);
    await rig.clock.advance(10_000);
    expect(rig.vaultView(id)).toMatchObject({ synced: true, vault: { archivedAtMs: null } });
    expect(rig.vaultView(id).state.halt?.error.code).toBe('HALTED_BY_TRADER');
    expect(rig.store.loadSyncState(id).halt).not.toBeNull();
  });
});
