import { describe, expect, it } from 'vitest';
import type { FinalState } from '#domain/capital-operation.ts';
import type { CapitalRequest } from '#main/engine/index.ts';
import { Rig } from '../capital/rig.ts';

const MINUTE_MS = 60_000;

async function rigWith(): Promise<Rig> {
  const rig = new Rig();
  await rig.begin();
  return rig;
}

const inboxOf = (rig: Rig) => rig.watchStore.loadAlerts(100, null);
/** Of operations alone: a discrepancy stops its vaults, too. */
const outcomesOf = (rig: Rig) => inboxOf(rig).filter(({ kind }) => kind === 'operation');

describe('the outcome of an operation in the inbox (C6)', () => {
  it('verified: news, cleared at once, to be acknowledged', async () => {
    const rig = await rigWith();
    const id = await rig.request(rig.move('deposit', 1_500_000n));
    await rig.clock.advance(MINUTE_MS);
    expect(rig.operation(id).state).toBe('verified');
    const [alert, ...others] = outcomesOf(rig);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      kind: 'operation',
      severity: 'info',
      title: 'Deposit of 1.5 USDC is verified',
      text: 'Vault 0 shows exactly what was expected.',
      vaultId: rig.vault(0),
      operationId: id,
      acknowledgedAtMs: null,
    });
    expect(alert?.clearedAtMs).toBe(alert?.raisedAtMs);
  });

  it('rejected: a warning with the program’s words', async () => {
    const rig = await rigWith();
    rig.chain.simulationFails = true;
    const id = await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(MINUTE_MS);
    expect(outcomesOf(rig)).toMatchObject([
      {
        severity: 'warning',
        title: 'Withdrawal of 1 USDC was rejected',
        text: rig.operation(id).error?.message,
        advice: rig.operation(id).error?.advice,
      },
    ]);
  });

  it('unresolved lasts until it is proved, over a restart without ringing again; then expired', async () => {
    const rig = await rigWith();
    rig.chain.standingSend = 'drop';
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(35_000);
    const [unresolved] = outcomesOf(rig);
    expect(unresolved).toMatchObject({
      severity: 'critical',
      title: 'Deposit of 1 USDC is unresolved',
      clearedAtMs: null,
    });
    rig.chain.standingCall = 'timeout';
    rig.kill();
    rig.start();
    await rig.clock.advance(MINUTE_MS);
    expect(outcomesOf(rig).map((alert) => alert.id)).toEqual([unresolved?.id]);
    rig.chain.heal();
    rig.chain.standingSend = 'drop';
    await rig.clock.advance(3 * MINUTE_MS);
    expect(rig.operation(id).state).toBe('expired');
    const [expired, cleared, ...others] = outcomesOf(rig);
    expect(others).toEqual([]);
    expect(cleared?.clearedAtMs).not.toBeNull();
    expect(expired).toMatchObject({ severity: 'warning', title: 'Deposit of 1 USDC has expired' });
  });

  it('discrepant: critical', async () => {
    const rig = await rigWith();
    rig.chain.skim = 1n;
    await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(MINUTE_MS);
    expect(outcomesOf(rig)).toMatchObject([
      { severity: 'critical', title: 'Deposit of 1 USDC is discrepant' },
    ]);
  });

  it('denied: told where Keel ended it, not where the trader did', async () => {
    const rig = await rigWith();
    rig.chain.approves = null;
    const cancelled = await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(1_000);
    rig.engine.cancelOperation(cancelled);
    rig.chain.approves = false;
    await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(MINUTE_MS);
    expect(outcomesOf(rig)).toEqual([]);
    rig.chain.approves = null;
    await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(1_000);
    rig.engine.haltAll('tray');
    expect(outcomesOf(rig)).toMatchObject([
      { severity: 'info', title: 'Withdrawal of 1 USDC was denied' },
    ]);
  });

  it('an old outcome is not told again after a restart', async () => {
    const rig = await rigWith();
    await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(MINUTE_MS);
    for (const _life of [1, 2]) {
      rig.kill();
      rig.start();
      await rig.clock.advance(MINUTE_MS);
    }
    expect(outcomesOf(rig)).toHaveLength(1);
  });
});

describe('an outcome whose process is killed', () => {
  type End = readonly [FinalState, (rig: Rig) => CapitalRequest, (rig: Rig) => unknown];
  const ENDS: readonly End[] = [
    ['verified', (rig: Rig) => rig.move('deposit', 1_000_000n), () => undefined],
    [
      'rejected',
      (rig: Rig) => rig.move('withdraw', 1_000_000n),
      (rig: Rig) => (rig.chain.simulationFails = true),
    ],
    [
      'discrepant',
      (rig: Rig) => rig.move('deposit', 1_000_000n),
      (rig: Rig) => (rig.chain.skim = 1n),
    ],
    [
      'expired',
      (rig: Rig) => rig.move('deposit', 1_000_000n),
      (rig: Rig) => (rig.chain.standingSend = 'drop'),
    ],
  ];
  const untold = (rig: Rig) => rig.journal.loadUntold();

  async function killedOnce(
    [state, ask, prepare]: End,
    arm: (rig: Rig, kill: () => void) => void,
  ): Promise<Rig> {
    const rig = await rigWith();
    prepare(rig);
    arm(rig, () => rig.kill());
    await rig.request(ask(rig));
    await rig.clock.advance(5 * MINUTE_MS);
    expect([rig.kills, rig.journal.all().map((each) => each.state)]).toEqual([1, [state]]);
    rig.killAt = null;
    for (const _life of [1, 2]) {
      rig.start();
      await rig.clock.advance(MINUTE_MS);
      rig.kill();
    }
    return rig;
  }

  const endings = (rig: Rig) =>
    outcomesOf(rig).filter(({ raisedAtMs, clearedAtMs }) => raisedAtMs === clearedAtMs);

  it.each(ENDS)('right after its commit, %s: the next one tells it, once', async (...end) => {
    const rig = await killedOnce(end, (armed) => {
      armed.killAt = (point) => point === `after-commit:${end[0]}`;
    });
    expect(endings(rig)).toMatchObject([{ operationId: rig.journal.all()[0]?.id }]);
    expect(rig.watchStore.loadRaisedAlerts().filter(({ kind }) => kind === 'operation')).toEqual(
      [],
    );
    expect(untold(rig)).toEqual([]);
  });

  it.each(ENDS)('after its alert was stored, %s: it is told by nobody again', async (...end) => {
    const rig = await killedOnce(end, ({ journal }, kill) => {
      const noteTold = journal.noteTold.bind(journal);
      journal.noteTold = () => {
        journal.noteTold = noteTold;
        kill();
        throw new Error('the process is dead');
      };
    });
    expect(endings(rig)).toHaveLength(1);
    expect(untold(rig)).toEqual([]);
  });

  it('a denial by the trader’s own word is settled without a line', async () => {
    const rig = await rigWith();
    rig.chain.approves = null;
    const id = await rig.request(rig.move('withdraw', 1_000_000n));
    await rig.clock.advance(1_000);
    rig.engine.cancelOperation(id);
    expect([untold(rig), outcomesOf(rig)]).toEqual([[], []]);
  });

  it('an outcome that the inbox cannot store yet stays to be told', async () => {
    const rig = await rigWith();
    const { saveAlerts } = rig.watchStore;
    rig.watchStore.saveAlerts = () => {
      throw new Error('the disk is full');
    };
    rig.watchStore.saveAlert = rig.watchStore.saveAlerts as never;
    await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(MINUTE_MS);
    expect([untold(rig).length, outcomesOf(rig)]).toEqual([1, []]);
    rig.kill();
    Reflect.deleteProperty(rig.watchStore, 'saveAlert');
    rig.watchStore.saveAlerts = saveAlerts;
    rig.start();
    expect(endings(rig)).toHaveLength(1);
    expect(untold(rig)).toEqual([]);
  });
});

describe('halting everything in the inbox (M4)', () => {
  it('is news with its source, once, also over a restart; so is its end', async () => {
    const rig = await rigWith();
    rig.engine.haltAll('tray');
    rig.engine.haltAll('window');
    rig.kill();
    rig.start();
    rig.engine.haltAll('keyboard');
    await rig.clock.advance(MINUTE_MS);
    const halts = () => inboxOf(rig).filter(({ kind }) => kind === 'halt');
    expect(halts()).toMatchObject([{ severity: 'info', title: 'Everything is halted' }]);
    expect(halts()[0]?.text).toContain('It was halted from the tray:');
    rig.engine.liftHaltAll();
    expect(halts().map(({ title }) => title)).toEqual([
      'The halt of everything is lifted',
      'Everything is halted',
    ]);
  });
});
