/** What happens to the world between two steps of an operation must not be built on, asked twice or sent for nothing. */
import { describe, expect, it } from 'vitest';
import { Rig } from './rig.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

async function rigWith(): Promise<Rig> {
  const rig = new Rig();
  await rig.begin();
  return rig;
}

describe('between the approval and the message', () => {
  it('a computer that slept plans and simulates anew before it builds', async () => {
    const rig = await rigWith();
    let built = 0;
    rig.killAt = (point) => {
      if (point === 'after-approve') rig.chain.callFaults.push('timeout');
      if (point === 'after-build' && built++ === 0) rig.clock.suspend(HOUR_MS);
      return false;
    };
    const id = await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(id).state).toBe('verified');
    expect(rig.states(id).filter((state) => state === 'simulated')).toHaveLength(2);
    expect(rig.points.filter((point) => point === 'after-approve')).toHaveLength(1);
  });

  it('what was withdrawn elsewhere while it slept is denied, not sent', async () => {
    const rig = await rigWith();
    let built = 0;
    rig.killAt = (point) => {
      if (point === 'after-approve') rig.chain.callFaults.push('timeout');
      if (point === 'after-build' && built++ === 0) {
        rig.clock.suspend(HOUR_MS);
        rig.accounts.set(rig.vault(0), { usdc: 0n });
      }
      return false;
    };
    const id = await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(id).state).toBe('denied');
    expect(rig.chain.sends).toEqual([]);
  });

  it('a venue that is replaced takes its question back before the new one asks', async () => {
    const rig = await rigWith();
    rig.chain.approves = null;
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(1_000);
    rig.chain.approves = true;
    for (const network of rig.networks) rig.engine.networkReplaced(network.id);
    await rig.clock.advance(20_000);
    expect(rig.chain.withdrawn).toEqual([id]);
    expect(rig.operation(id).state).toBe('verified');
  });
});

describe('between the request and its plan', () => {
  it('another client opens the sub-account: it is denied, and no vault is added', async () => {
    const rig = await rigWith();
    rig.killAt = (point) => point === 'after-commit:requested';
    const asked = rig.engine.requestCapital(rig.creation);
    await rig.clock.advance(1_000);
    void asked;
    rig.killAt = null;
    rig.chain.nextSubAccountId += 1;
    rig.start();
    await rig.clock.advance(MINUTE_MS);
    const [operation] = rig.journal.all();
    expect(operation).toMatchObject({
      state: 'denied',
      error: { code: 'CAPITAL_DENIED', details: { wanted: '5', next: '6' } },
    });
    expect(rig.engine.views()).toHaveLength(2);
    expect(rig.chain.sends).toEqual([]);
  });

  it('a cancel ends it, whatever the act under way finds out', async () => {
    const rig = await rigWith();
    const ids: string[] = [];
    for (const act of ['plan', 'simulate', 'approve', 'build'] as const) {
      const id = await rig.request(rig.move('deposit', 1_000_000n));
      rig.points.length = 0;
      for (let step = 0; step < 50 && !rig.points.includes(`before-${act}`); step += 1) {
        if (rig.journal.load(id)?.state === 'verified') break;
        await rig.clock.advance(5);
      }
      if (rig.engine.cancelOperation(id).ok) ids.push(rig.operation(id).state);
      await rig.clock.advance(MINUTE_MS);
    }
    expect(ids.every((state) => state === 'denied')).toBe(true);
    expect(rig.chain.violations).toEqual([]);
    expect(rig.journal.loadOpen()).toEqual([]);
  });
});

describe('sent bytes', () => {
  it('go out again every two seconds, not with every question', async () => {
    const rig = await rigWith();
    rig.chain.standingSend = 'drop';
    await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(30_000);
    expect(rig.chain.sends.length).toBeGreaterThan(10);
    expect(rig.chain.sends.length).toBeLessThanOrEqual(15);
  });

  it('are unresolved after 30 s also where the network is not there to be asked', async () => {
    const rig = await rigWith();
    rig.killAt = (point) => point === 'after-commit:submitted';
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(1_000);
    rig.killAt = null;
    rig.networks = rig.networks.map((each) => ({ ...each, lockedBecause: 'tests' }));
    rig.start();
    await rig.clock.advance(29_000);
    expect(rig.operation(id).state).toBe('submitted');
    await rig.clock.advance(12_000);
    expect(rig.operation(id)).toMatchObject({
      state: 'unresolved',
      error: { code: 'TRANSACTION_UNRESOLVED' },
    });
    const other = await rig.engine.requestCapital(rig.move('deposit', 1n));
    expect(other).toMatchObject({ error: { code: 'OPERATION_OPEN' } });
  });

  it('are not sent before the chain was asked, in a process that takes them up', async () => {
    const rig = await rigWith();
    rig.killAt = (point) => point === 'after-send';
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(1_000);
    rig.killAt = null;
    const [network] = rig.networks;
    if (network === undefined) throw new Error('no network');
    rig.networks = [{ ...network, lockedBecause: 'tests' }];
    rig.start();
    await rig.clock.advance(12_000);
    rig.networks = [network];
    rig.engine.networkReplaced(network.id);
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(id).state).toBe('verified');
    expect(rig.chain.sends).toHaveLength(1);
  });

  it('are sent no more once the height is past, and again where it turns out not to be', async () => {
    const rig = await rigWith();
    rig.chain.standingSend = 'drop';
    rig.chain.provesExpiry = false;
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(2 * MINUTE_MS);
    const sends = rig.chain.sends.length;
    await rig.clock.advance(10 * MINUTE_MS);
    expect(rig.chain.sends).toHaveLength(sends);
    expect(rig.operation(id).state).toBe('unresolved');
    rig.chain.heightBehind = 1_000_000n;
    await rig.clock.advance(MINUTE_MS);
    expect(rig.chain.sends.length).toBeGreaterThan(sends);
    rig.chain.heightBehind = 0n;
    rig.chain.provesExpiry = true;
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(id).state).toBe('expired');
  });
});
