import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStore, testFolder } from '#test/unit/store/open-test-store.ts';
import { Harness } from './harness.ts';

const DOWN = { kind: 'whole', code: 'RPC_UNREACHABLE' } as const;

describe('the engine on the real database', () => {
  it('outage, recovery and restart leave on disk exactly what was told', async () => {
    const store = openTestStore(join(testFolder(), 'keel.db'));
    const database = { store: store.vaultStore, ledger: store.ledger };
    const first = new Harness({}, database, 'a');
    first.start();
    const vaults = Array.from({ length: 60 }, (_, index) => first.addVault(index));
    const paper = await first.paperVault(7_000_000n);
    const [vault] = vaults;
    if (vault === undefined) throw new Error('no vault');
    first.venue.set(vault, {
      usdc: 500_000_000n,
      perpBase: -1_500_000_001n,
      markPrice: 149_999_999n,
    });
    await first.clock.advance(5_000);
    expect(first.view(vault).state.observation?.balances).toEqual({
      USDC: 275_000_002n,
      DRIFT_POS: 224_999_998n,
      SOL: 0n,
    });
    first.venue.standing = DOWN;
    await first.clock.advance(30_000);
    expect(first.allowed(vault)).toBe(false);
    first.venue.standing = { kind: 'none' };
    await first.clock.advance(10_000);
    expect(first.engine.enableTrading(vault).ok).toBe(true);
    const reset = first.engine.changePaper(paper, { kind: 'reset' });
    await first.clock.advance(0);
    expect((await reset).ok).toBe(true);
    for (const { vault: each, state } of first.engine.views()) {
      expect(state.verification.kind).toBe('verified');
      expect(store.vaultStore.loadSyncState(each.id)).toEqual(state);
    }
    const failed = first.engine.loadSyncRuns(vault, 50, null);
    const outcomes = failed.ok ? failed.value.runs.map(({ outcome }) => outcome) : [];
    expect(outcomes.filter((outcome) => outcome === 'failed').length).toBeGreaterThan(1);
    first.engine.stop();

    const second = new Harness({}, database, 'b');
    const opened = second.engine.open();
    expect(opened.ok && opened.value.views.map(({ vault: each }) => each)).toEqual(
      first.engine.views().map(({ vault: each }) => each),
    );
    expect(second.allowed(vault)).toBe(false);
    expect(second.view(vault).state).toEqual(first.view(vault).state);
    expect(second.view(vaults[1] ?? vault).state.halt?.error.code).toBe('RPC_UNREACHABLE');
  });
});
