/** Every way into the engine is classified, and each one that trades or moves capital is shut by the gate (M4). */
import { describe, expect, it } from 'vitest';
import { networkId, operationId, type VaultId } from '#domain/ids.ts';
import { quoteAmount, tokenAmount, unixMs } from '#domain/units.ts';
import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import type { Engine } from '#main/engine/index.ts';
import { AUTHORITY, NETWORK, Rig } from './capital/rig.ts';

/**
 * `reads`: changes nothing. `stops`: only makes less possible. `gated`: trades, moves capital, or lets a vault do so.
 * `lifts`: the trader's own end of the halt, which enables no vault. `upkeep`: vaults, alerts, settings and the engine's life.
 */
type Class = 'reads' | 'stops' | 'gated' | 'lifts' | 'upkeep';

/** A new method of the engine does not compile until it is here. */
const CLASSES: Readonly<Record<keyof Engine, Class>> = {
  open: 'upkeep',
  start: 'upkeep',
  stop: 'upkeep',
  wake: 'upkeep',
  connectionMayBeBack: 'upkeep',
  networkReplaced: 'upkeep',
  updateSettings: 'upkeep',
  updateCapitalSettings: 'upkeep',
  updateWatchSettings: 'upkeep',
  views: 'reads',
  networkStatuses: 'reads',
  exchangeViews: 'reads',
  gateOf: 'reads',
  createVirtualVault: 'upkeep',
  addOnChainVault: 'upkeep',
  rename: 'upkeep',
  setArchived: 'upkeep',
  reorder: 'upkeep',
  activate: 'upkeep',
  changePaper: 'gated',
  loadPaperEntries: 'reads',
  requestCapital: 'gated',
  cancelOperation: 'stops',
  loadCapitalFacts: 'reads',
  loadAuthorityFacts: 'reads',
  loadOperations: 'reads',
  syncNow: 'reads',
  enableTrading: 'gated',
  haltTrading: 'stops',
  haltAll: 'stops',
  liftHaltAll: 'lifts',
  haltedAll: 'reads',
  loadAlerts: 'reads',
  acknowledgeAlert: 'upkeep',
  acknowledgeAllAlerts: 'upkeep',
  loadSyncRuns: 'reads',
  loadHistory: 'reads',
  loadVaultChart: 'reads',
  loadTotalsChart: 'reads',
  queryOperations: 'reads',
  loadOperation: 'reads',
  loadActivity: 'reads',
  loadNotes: 'reads',
  addNote: 'upkeep',
  editNote: 'upkeep',
  removeNote: 'upkeep',
  restoreNote: 'upkeep',
  loadExportPage: 'reads',
  recordActivity: 'upkeep',
};

interface Desk {
  readonly rig: Rig;
  readonly engine: Engine;
  readonly first: VaultId;
  readonly paper: VaultId;
}

async function deskOf(): Promise<Desk> {
  const rig = new Rig();
  await rig.begin();
  const created = rig.engine.createVirtualVault({
    name: 'Paper',
    engine: 'paper',
    network: NETWORK,
    allocation: quoteAmount(50_000_000n),
  });
  await rig.clock.advance(100);
  const answer = await created;
  if (!answer.ok) throw new Error(answer.error.message);
  return { rig, engine: rig.engine, first: rig.vault(0), paper: answer.value.vaultId };
}

type Act = (desk: Desk) => unknown;

const amount = quoteAmount(1n);
const token = { marketIndex: 0, amount: tokenAmount(1n) };

/** Each way to use a gated method. */
const GATED: Readonly<Partial<Record<keyof Engine, readonly (readonly [string, Act])[]>>> = {
  requestCapital: [
    ['a deposit', ({ rig, engine }) => engine.requestCapital(rig.move('deposit', 1n))],
    ['a withdrawal', ({ rig, engine }) => engine.requestCapital(rig.move('withdraw', 1n))],
    ['a transfer', ({ rig, engine }) => engine.requestCapital(rig.transfer(1n))],
    ['a creation', ({ rig, engine }) => engine.requestCapital(rig.creation)],
    [
      'a paper deposit',
      ({ engine, paper }) => engine.requestCapital({ kind: 'deposit', vaultId: paper, ...token }),
    ],
    [
      'a paper withdrawal',
      ({ engine, paper }) => engine.requestCapital({ kind: 'withdraw', vaultId: paper, ...token }),
    ],
  ],
  changePaper: [
    ['a credit', ({ engine, paper }) => engine.changePaper(paper, { kind: 'credit', amount })],
    ['a debit', ({ engine, paper }) => engine.changePaper(paper, { kind: 'debit', amount })],
    ['a reset', ({ engine, paper }) => engine.changePaper(paper, { kind: 'reset' })],
    [
      'a seed',
      ({ engine, paper, first }) => engine.changePaper(paper, { kind: 'seed', from: first }),
    ],
  ],
  enableTrading: [
    ['on chain', ({ engine, first }) => engine.enableTrading(first)],
    ['on paper', ({ engine, paper }) => engine.enableTrading(paper)],
  ],
};

const WAYS = Object.entries(GATED).flatMap(([method, ways]) =>
  ways.map(([name, act]) => [method, name, act] as const),
);

describe('every method of the engine', () => {
  it('is classified, and every gated one is tried below', async () => {
    const { engine } = await deskOf();
    expect(Object.keys(engine).sort()).toEqual(Object.keys(CLASSES).sort());
    const gated = Object.entries(CLASSES).filter(([, each]) => each === 'gated');
    expect(Object.keys(GATED).sort()).toEqual(gated.map(([name]) => name).sort());
  });

  it.each(WAYS)('%s: %s is let through while the gate is open', async (_method, _name, act) => {
    const desk = await deskOf();
    const answer = act(desk);
    await desk.rig.clock.advance(60_000);
    expect(await answer).toMatchObject({ ok: true });
  });

  it.each(WAYS)(
    '%s: %s is refused while everything is halted, and touches nothing',
    async (_m, _n, act) => {
      const desk = await deskOf();
      const { rig, engine, paper } = desk;
      expect(engine.haltAll('window')).toMatchObject({ ok: true, value: { halted: 3 } });
      const before = [rig.journal.all(), rig.ledger.loadAccount(paper), engine.views()];
      const writes: string[] = [];
      rig.onWrite = (write) => writes.push(write);
      const points = rig.points.length;
      const sends = rig.chain.sends.length;
      const asked = rig.chain.asked;
      const answer = await act(desk);
      expect(answer).toMatchObject({ ok: false });
      expect(JSON.stringify(answer)).toContain('halted');
      expect([rig.journal.all(), rig.ledger.loadAccount(paper), engine.views()]).toEqual(before);
      expect(writes).toEqual([]);
      expect(rig.points).toHaveLength(points);
      expect(rig.chain.sends).toHaveLength(sends);
      expect(rig.chain.asked).toBe(asked);
    },
  );

  it('of the others none moves anything while everything is halted', async () => {
    const desk = await deskOf();
    const { rig, engine, first, paper } = desk;
    engine.haltAll('window');
    const cash = rig.ledger.loadAccount(paper)?.cash;
    const unclassified: unknown[] = [
      engine.addOnChainVault({
        name: 'Late',
        engine: 'late',
        network: NETWORK,
        authority: AUTHORITY,
        subAccountId: 7,
      }),
      engine.rename(first, 'Renamed'),
      engine.activate(rig.vault(1)),
      engine.setArchived(first, true),
      engine.setArchived(first, false),
      engine.reorder([paper]),
      engine.cancelOperation(operationId('none')),
      engine.haltTrading(first),
      engine.acknowledgeAllAlerts(),
      engine.loadHistory(first, unixMs(0), unixMs(1)),
      engine.networkReplaced(networkId('practice')),
      engine.updateSettings(DEFAULT_SYNC_SETTINGS),
      engine.updateCapitalSettings(DEFAULT_CAPITAL_SETTINGS),
      engine.updateWatchSettings(DEFAULT_WATCH_SETTINGS),
      engine.wake(),
      engine.connectionMayBeBack(),
      engine.start(),
    ];
    await rig.clock.advance(120_000);
    expect(unclassified.length).toBeGreaterThan(0);
    expect(rig.ledger.loadAccount(paper)?.cash).toBe(cash);
    expect(rig.chain.sends).toEqual([]);
    expect(rig.journal.all()).toEqual([]);
    for (const { vault } of engine.views()) {
      for (const act of ['increase', 'reduce', 'deposit', 'withdraw'] as const) {
        expect(engine.gateOf(vault.id, act)).toMatchObject({ value: { allowed: false } });
      }
    }
  });
});

describe('a request that the gate refuses', () => {
  it('names the vault and every reason, with their codes', async () => {
    const { rig, engine, first } = await deskOf();
    engine.haltAll('window');
    const refused = await engine.requestCapital(rig.move('withdraw', 1n));
    expect(refused).toMatchObject({
      error: {
        code: 'GATE_CLOSED',
        message:
          '“Vault 0” may not let capital out now: You halted everything: nothing trades and no capital moves.',
        details: { vault: first, act: 'withdraw', codes: 'halted-all' },
      },
    });
  });

  it('is a withdrawal or a transfer out of a discrepant vault, not a deposit into it', async () => {
    const { rig, engine } = await deskOf();
    const falsify = { kind: 'falsify', vaultId: rig.vault(0), usdc: 1n } as const;
    rig.accounts.slotsPerRead = 0n;
    rig.accounts.script = [{ kind: 'none' }, falsify];
    const synced = engine.syncNow(rig.vault(0));
    await rig.clock.advance(100);
    await synced;
    expect(rig.vaultView(rig.vault(0)).state.verification.kind).toBe('discrepant');
    for (const request of [rig.move('withdraw', 1n), rig.transfer(1n)]) {
      expect(await engine.requestCapital(request)).toMatchObject({
        error: { code: 'GATE_CLOSED', details: { codes: 'discrepant' } },
      });
    }
    const deposited = engine.requestCapital(rig.move('deposit', 1n));
    await rig.clock.advance(100);
    expect(await deposited).toMatchObject({ ok: true });
  });

  it('is one whose vault falls into doubt before it is signed: it ends, never signed', async () => {
    const { rig, engine } = await deskOf();
    rig.chain.approvalMs = 3_000;
    const id = await rig.request(rig.move('withdraw', 1n));
    rig.accounts.slotsPerRead = 0n;
    rig.accounts.script = [{ kind: 'none' }, { kind: 'falsify', vaultId: rig.vault(0), usdc: 1n }];
    void engine.syncNow(rig.vault(0));
    await rig.clock.advance(4_000);
    expect(rig.operation(id)).toMatchObject({
      state: 'denied',
      error: { code: 'GATE_CLOSED', details: { codes: 'discrepant' } },
    });
    expect(rig.chain.messagesSignedOf(id)).toBe(0);
  });
});

describe('the signer as the gate hears it', () => {
  it('is left when the engine stops', async () => {
    const { rig, engine } = await deskOf();
    engine.stop();
    expect(rig.signerLeft).toBe(2);
  });
});
