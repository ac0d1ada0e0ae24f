import { describe, expect, it } from 'vitest';
import { OPERATION_STEPS } from '#domain/capital-operation.ts';
import { operationId } from '#domain/ids.ts';
import { quoteAmount } from '#domain/units.ts';
import { AUTHORITY, NETWORK, Rig } from './rig.ts';

const MINUTE_MS = 60_000;

async function rigWith(usdc?: readonly bigint[]): Promise<Rig> {
  const rig = new Rig();
  await rig.begin(usdc);
  return rig;
}

describe('a capital operation', () => {
  it('goes through every step, each on record before the next', async () => {
    const rig = await rigWith();
    const id = await rig.request(rig.move('deposit', 5_000_000n));
    await rig.clock.advance(MINUTE_MS);
    expect(rig.states(id)).toEqual([...OPERATION_STEPS]);
    expect(rig.chain.balance(rig.vault(0))).toBe(105_000_000n);
    expect(rig.vaultView(rig.vault(0)).state.observation?.balances.USDC).toBe(105_000_000n);
    expect(rig.chain.violations).toEqual([]);
    const revisions = rig.views.map(({ revision }) => revision);
    expect(revisions).toEqual([...revisions].sort((left, right) => left - right));
    expect(new Set(revisions).size).toBe(revisions.length);
  });

  it('moves between two vaults and opens a third', async () => {
    const rig = await rigWith();
    const moved = await rig.request(rig.transfer(100_000_000n));
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(moved).state).toBe('verified');
    expect([rig.chain.balance(rig.vault(0)), rig.chain.balance(rig.vault(1))]).toEqual([
      0n,
      200_000_000n,
    ]);
    const opened = await rig.request(rig.creation);
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(opened).state).toBe('verified');
    const created = rig.engine.views().find(({ vault }) => vault.name === 'Second');
    expect(created?.vault).toMatchObject({ subAccountId: 5, active: false });
    expect(created?.state.verification.kind).toBe('verified');
  });

  it('refuses with the rule and the number, and leaves no row', async () => {
    const rig = await rigWith();
    const asked = rig.engine.requestCapital(rig.move('withdraw', 100_000_001n));
    await rig.clock.advance(1_000);
    const answer = await asked;
    expect(answer.ok ? null : answer.error).toMatchObject({
      code: 'CAPITAL_DENIED',
      advice: 'At most 100 USDC may go out now.',
    });
    expect(rig.journal.all()).toEqual([]);
  });

  it('holds the daily cap to the unit, open operations and its own row counted once', async () => {
    const rig = new Rig();
    rig.settings = { ...rig.settings, dailyCap: quoteAmount(10_000_000n) };
    await rig.begin();
    const first = await rig.request(rig.move('withdraw', 6_000_000n));
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(first).state).toBe('verified');
    const tooMuch = rig.engine.requestCapital(rig.move('withdraw', 4_000_001n));
    await rig.clock.advance(1_000);
    expect(await tooMuch).toMatchObject({ ok: false });
    rig.chain.locked = true;
    const second = await rig.request(rig.move('withdraw', 4_000_000n));
    await rig.clock.advance(MINUTE_MS);
    rig.unlock();
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(second).state).toBe('verified');
  });

  it('refuses a second one on the same sub-account, and names the first', async () => {
    const rig = await rigWith();
    const early = [
      rig.engine.requestCapital(rig.move('deposit', 1n)),
      rig.engine.requestCapital(rig.transfer(1n, 1, 0)),
    ];
    await rig.clock.advance(60);
    const answers = await Promise.all(early);
    expect(answers.map(({ ok }) => ok)).toEqual([true, false]);
    expect(answers[1]).toMatchObject({ error: { details: { state: 'being checked' } } });
    await rig.clock.advance(MINUTE_MS);
    rig.chain.locked = true;
    const held = await rig.request(rig.transfer(1n));
    const second = await rig.engine.requestCapital(rig.move('deposit', 1n, 1));
    expect(second.ok ? null : second.error).toMatchObject({
      code: 'OPERATION_OPEN',
      details: { operation: held },
    });
    expect(rig.engine.setArchived(rig.vault(1), true)).toMatchObject({
      error: { code: 'OPERATION_OPEN' },
    });
  });

  it('waits for the unlock, plans anew and goes on', async () => {
    const rig = await rigWith();
    rig.chain.locked = true;
    const id = await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(10 * MINUTE_MS);
    expect(rig.lastView(id).wait).toEqual({ kind: 'unlock' });
    expect(rig.operation(id).state).toBe('simulated');
    rig.unlock();
    await rig.clock.advance(5_000);
    expect(rig.operation(id).state).toBe('verified');
    expect(rig.states(id).filter((state) => state === 'planned')).toHaveLength(2);
  });

  it('plans anew where the trader took long to confirm', async () => {
    const rig = await rigWith();
    rig.chain.approvalMs = 60_000;
    const id = await rig.request(rig.move('withdraw', 100_000_000n));
    await rig.clock.advance(1_000);
    expect(rig.lastView(id).wait).toEqual({ kind: 'confirmation' });
    await rig.clock.advance(2 * MINUTE_MS);
    expect(rig.states(id).filter((state) => state === 'simulated')).toHaveLength(2);
    expect(rig.operation(id).state).toBe('verified');
  });

  it('is cancelled until the approval is on record, and not after', async () => {
    const rig = await rigWith();
    rig.chain.approves = null;
    const id = await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(1_000);
    expect(rig.engine.cancelOperation(id)).toEqual({ ok: true, value: {} });
    expect(rig.operation(id).state).toBe('denied');
    expect(rig.chain.withdrawn).toEqual([id]);
    expect(rig.engine.cancelOperation(id)).toMatchObject({
      error: { code: 'OPERATION_PAST_CANCEL' },
    });
    rig.chain.approves = true;
    rig.chain.standingSend = 'drop';
    const sent = await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(1_000);
    expect(rig.engine.cancelOperation(sent)).toMatchObject({
      error: { code: 'OPERATION_PAST_CANCEL' },
    });
  });

  it('is denied by the trader, by health, and by retries that are used up', async () => {
    const rig = await rigWith();
    rig.chain.approves = false;
    const declined = await rig.request(rig.move('withdraw', 1n));
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(declined)).toMatchObject({
      state: 'denied',
      error: { code: 'APPROVAL_DECLINED' },
    });
    rig.chain.approves = true;
    rig.chain.health = 79;
    const unhealthy = await rig.request(rig.move('withdraw', 1n));
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(unhealthy)).toMatchObject({
      state: 'denied',
      error: { details: { health: '79' } },
    });
    rig.chain.health = 80;
    const cut = await rig.request(rig.move('withdraw', 1n));
    rig.chain.standingCall = 'timeout';
    await rig.clock.advance(5 * MINUTE_MS);
    expect(rig.operation(cut)).toMatchObject({ state: 'denied', error: { code: 'RPC_TIMEOUT' } });
    expect(rig.chain.sends).toEqual([]);
  });

  it('is rejected by its simulation, without a retry', async () => {
    const rig = await rigWith();
    rig.chain.simulationFails = true;
    const id = await rig.request(rig.move('deposit', 1n));
    await rig.clock.advance(MINUTE_MS);
    expect(rig.states(id)).toEqual(['requested', 'validated', 'planned', 'rejected']);
  });

  it('resends the same bytes, is unresolved after 30 s, and expires only by proof', async () => {
    const rig = await rigWith();
    rig.chain.standingSend = 'drop';
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(29_000);
    expect(rig.operation(id).state).toBe('submitted');
    await rig.clock.advance(5_000);
    expect(rig.operation(id).state).toBe('unresolved');
    const sends = rig.chain.sends.length;
    expect(sends).toBeGreaterThan(10);
    expect(new Set(rig.chain.sends.map(({ wire }) => wire)).size).toBe(1);
    rig.chain.standingCall = 'timeout';
    await rig.clock.advance(30 * MINUTE_MS);
    expect(rig.operation(id).state).toBe('unresolved');
    expect(rig.lastView(id).wait).toMatchObject({ kind: 'node', error: { code: 'RPC_TIMEOUT' } });
    rig.chain.heal();
    rig.chain.standingSend = 'drop';
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(id)).toMatchObject({
      state: 'expired',
      error: { code: 'TRANSACTION_EXPIRED' },
    });
  });

  it('ends as expired where the signer stays locked after the approval', async () => {
    const rig = await rigWith();
    rig.killAt = (point) => point === 'after-commit:approved';
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(1_000);
    rig.killAt = null;
    rig.chain.locked = true;
    rig.start();
    await rig.clock.advance(30_000);
    expect(rig.lastView(id).wait).toEqual({ kind: 'unlock' });
    await rig.clock.advance(2 * MINUTE_MS);
    expect(rig.operation(id).state).toBe('expired');
    expect(rig.chain.sends).toEqual([]);
  });

  it('stops the vaults before it ends as discrepant', async () => {
    const rig = await rigWith();
    rig.chain.skim = 1n;
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    rig.killAt = (point) => point === 'before-commit:discrepant';
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(id).state).toBe('synced');
    expect(rig.store.loadSyncState(rig.vault(0)).halt?.error.code).toBe('OPERATION_DISCREPANT');
    rig.killAt = null;
    rig.start();
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(id).state).toBe('discrepant');
    expect(rig.vaultView(rig.vault(0)).state.halt?.error.code).toBe('OPERATION_DISCREPANT');
  });

  it('does nothing that a full disk has not let it commit', async () => {
    const rig = await rigWith();
    rig.journal.failWrites = ({ state }) => state === 'submitted';
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(10_000);
    expect(rig.operation(id).state).toBe('signed');
    expect(rig.chain.sends).toEqual([]);
    expect(rig.lastView(id).wait).toMatchObject({ error: { code: 'DATABASE_WRITE_FAILED' } });
    rig.journal.failWrites = null;
    await rig.clock.advance(10_000);
    expect(rig.operation(id).state).toBe('verified');
  });

  it('waits for its network, and goes on when it is there', async () => {
    const rig = await rigWith();
    rig.killAt = (point) => point === 'after-commit:submitted';
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(1_000);
    rig.killAt = null;
    const [network] = rig.networks;
    if (network === undefined) throw new Error('no network');
    rig.networks = [{ ...network, lockedBecause: 'tests' }];
    rig.start();
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(id).state).toBe('unresolved');
    expect(rig.lastView(id).wait).toMatchObject({ error: { code: 'NETWORK_LOCKED' } });
    rig.networks = [network];
    rig.engine.networkReplaced(network.id);
    await rig.clock.advance(5_000);
    expect(rig.chain.fateOf(id)).toBe('none');
    await rig.clock.advance(2 * MINUTE_MS);
    expect(rig.operation(id).state).toBe('expired');
  });

  it('is verified on figures of the slot that it landed in, or later ones', async () => {
    const rig = await rigWith();
    rig.accounts.slotsPerRead = 0n;
    rig.accounts.standing = { kind: 'unchecked-lag', slots: 1n };
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(20_000);
    expect(rig.operation(id).state).toBe('confirmed');
    expect(rig.lastView(id).wait).toMatchObject({ kind: 'node', error: { code: 'SLOT_OLDER' } });
    rig.accounts.standing = { kind: 'none' };
    await rig.clock.advance(20_000);
    expect(rig.operation(id).state).toBe('verified');
  });

  it('goes on by a new venue when its network is replaced, and leaves no call waiting', async () => {
    const rig = await rigWith();
    rig.chain.approves = null;
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(1_000);
    rig.chain.approves = true;
    for (const network of rig.networks) rig.engine.networkReplaced(network.id);
    await rig.clock.advance(20_000);
    expect(rig.operation(id).state).toBe('verified');
  });

  it('runs on paper through the same steps', async () => {
    const rig = await rigWith();
    const ids = [];
    for (const name of ['Paper A', 'Paper B']) {
      const allocation = quoteAmount(50_000_000n);
      const made = rig.engine.createVirtualVault({
        name,
        engine: 'paper',
        network: NETWORK,
        allocation,
      });
      await rig.clock.advance(100);
      const answer = await made;
      if (!answer.ok) throw new Error(answer.error.message);
      rig.vaults.push(answer.value.vaultId);
      ids.push(answer.value.vaultId);
    }
    for (const request of [
      rig.transfer(50_000_000n, 2, 3),
      rig.move('deposit', 1n, 2),
      rig.move('withdraw', 100_000_000n, 3),
    ]) {
      const id = await rig.request(request);
      await rig.clock.advance(10_000);
      expect(rig.states(id)).toEqual([...OPERATION_STEPS]);
    }
    expect(ids.map((id) => rig.ledger.loadAccount(id)?.cash)).toEqual([1n, 0n]);
    const tooMuch = rig.engine.requestCapital(rig.move('withdraw', 2n, 2));
    await rig.clock.advance(100);
    expect(await tooMuch).toMatchObject({ error: { code: 'CAPITAL_DENIED' } });
  });

  it('is loaded newest first, with the revision of its last event', async () => {
    const rig = await rigWith();
    const first = await rig.request(rig.move('deposit', 1n));
    await rig.clock.advance(MINUTE_MS);
    const second = await rig.request(rig.move('deposit', 1n, 1));
    const all = rig.engine.loadOperations(null, 10, null);
    if (!all.ok) throw new Error(all.error.message);
    expect(all.value.operations.map(({ operation }) => operation.id)).toEqual([second, first]);
    expect(all.value.operations[1]?.revision).toBe(rig.lastView(first).revision);
    const ofOne = rig.engine.loadOperations(rig.vault(0), 10, null);
    expect(ofOne.ok && ofOne.value.operations.map(({ operation }) => operation.id)).toEqual([
      first,
    ]);
    expect(rig.engine.cancelOperation(operationId('other'))).toMatchObject({
      error: { code: 'OPERATION_NOT_FOUND' },
    });
  });

  it('moves capital of a halted vault, and of no archived one', async () => {
    const rig = await rigWith();
    rig.engine.haltTrading(rig.vault(1));
    const id = await rig.request(rig.move('withdraw', 1n, 1));
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(id).state).toBe('verified');
    rig.engine.setArchived(rig.vault(1), true);
    for (const request of [rig.move('withdraw', 1n, 1), rig.transfer(1n)]) {
      expect(await rig.engine.requestCapital(request)).toMatchObject({
        error: { code: 'INPUT_INVALID' },
      });
    }
  });

  it('reads facts afresh for the form, of a vault and of an authority', async () => {
    const rig = await rigWith();
    const asked = [
      rig.engine.loadCapitalFacts(rig.vault(0)),
      rig.engine.loadAuthorityFacts(NETWORK, AUTHORITY),
    ];
    await rig.clock.advance(100);
    const [ofVault, ofAuthority] = await Promise.all(asked);
    expect(ofVault).toMatchObject({ value: { facts: { accountExists: true } } });
    expect(ofAuthority).toMatchObject({
      value: { facts: { accountExists: false, nextSubAccountId: 5 } },
    });
  });

  it('opens a sub-account that the trader had added before it existed', async () => {
    const rig = await rigWith();
    const added = rig.engine.addOnChainVault({
      name: 'Early',
      engine: 'funding',
      network: NETWORK,
      authority: AUTHORITY,
      subAccountId: 5,
    });
    if (!added.ok) throw new Error(added.error.message);
    await rig.clock.advance(20_000);
    rig.engine.setArchived(added.value.vaultId, true);
    const refused = rig.engine.requestCapital(rig.creation);
    await rig.clock.advance(100);
    expect(await refused).toMatchObject({ error: { code: 'INPUT_INVALID' } });
    rig.engine.setArchived(added.value.vaultId, false);
    rig.chain.opensAs.set(5, added.value.vaultId);
    const id = await rig.request(rig.creation);
    expect(rig.engine.setArchived(added.value.vaultId, true)).toMatchObject({
      error: { code: 'OPERATION_OPEN' },
    });
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(id).state).toBe('verified');
    expect(rig.engine.views()).toHaveLength(3);
  });
});
