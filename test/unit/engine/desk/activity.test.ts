/** What of the engine's life stands in the feed, on a fake clock and a disk in memory. */
import { describe, expect, it } from 'vitest';
import { quoteAmount } from '#domain/units.ts';
import { Rig } from '../capital/rig.ts';
import { Harness } from '../harness.ts';

const titles = (from: Pick<Harness | Rig, 'deskRecords'>): readonly string[] =>
  from.deskRecords.entries.map(({ title }) => title);

describe('an operation in the feed', () => {
  it('is told when it begins, is sent and ends, with its figures', async () => {
    const rig = new Rig();
    await rig.begin();
    const id = await rig.request(rig.move('withdraw', 12_500_000n));
    await rig.clock.advance(120_000);
    expect(rig.operation(id).state).toBe('verified');
    const told = rig.deskRecords.entries.filter(({ operationId }) => operationId === id);
    expect(told.map(({ title, tone, actor }) => [title, tone, actor])).toEqual([
      ['Withdrawal of 12.5 USDC requested', 'info', 'trader'],
      ['Withdrawal of 12.5 USDC sent to the chain', 'info', 'keel'],
      ['Withdrawal of 12.5 USDC verified', 'good', 'chain'],
    ]);
    expect(told[0]).toMatchObject({ text: 'Out of “Vault 0”.', vaultId: rig.vault(0) });
    expect(told.toSorted((left, right) => left.atMs - right.atMs)).toEqual(told);
  });

  it('is told once each, in order, wherever the process is killed', async () => {
    const seen = new Rig();
    await seen.begin();
    await seen.request(seen.move('deposit', 1_000_000n));
    await seen.clock.advance(120_000);
    const points = [...new Set(seen.points)].filter((point) => point.includes('commit'));
    expect(points.length).toBeGreaterThan(8);
    for (const at of points) {
      const rig = new Rig();
      await rig.begin();
      rig.killAt = (point) => point === at && rig.kills === 0;
      void rig.engine.requestCapital(rig.move('deposit', 1_000_000n));
      await rig.clock.advance(60_000);
      expect([at, rig.kills]).toEqual([at, 1]);
      rig.start();
      await rig.clock.advance(240_000);
      rig.kill();
      rig.start();
      await rig.clock.advance(60_000);
      for (const { id, state } of rig.journal.all()) {
        const told = rig.deskRecords.entries.filter(({ operationId, kind }) => {
          return operationId === id && kind === 'operation';
        });
        const words = told.map(({ title }) => title.replace(/^Deposit of 1 USDC /, ''));
        expect([at, words]).toEqual([at, ['requested', 'sent to the chain', state]]);
      }
    }
  });
});

describe('a feed that cannot be written', () => {
  it('stops nothing, and is written in its order as soon as it can be', async () => {
    const rig = new Rig();
    await rig.begin();
    let isFull = true;
    const { activity } = rig.deskRecords;
    const { record } = activity;
    Object.assign(activity, {
      record: (entries: Parameters<typeof record>[0]) => {
        if (isFull) throw new Error('the disk is full');
        return record(entries);
      },
    });
    rig.kill();
    rig.start();
    await rig.clock.advance(100);
    rig.deskRecords.entries.forEach(() => undefined);
    const before = rig.deskRecords.entries.length;
    const id = await rig.request(rig.move('deposit', 1_000_000n));
    await rig.clock.advance(120_000);
    expect(rig.operation(id).state).toBe('verified');
    expect(rig.engine.rename(rig.vault(0), 'Other')).toMatchObject({ ok: true });
    expect(rig.deskRecords.entries).toHaveLength(before);
    isFull = false;
    expect(rig.engine.rename(rig.vault(0), 'Third')).toMatchObject({ ok: true });
    expect(titles(rig).slice(before)).toEqual([
      'Keel’s engine started',
      'Deposit of 1 USDC requested',
      'Deposit of 1 USDC sent to the chain',
      'Deposit of 1 USDC verified',
      '“Vault 0” renamed to “Other”',
      '“Other” renamed to “Third”',
    ]);
  });
});

describe('the trader’s acts in the feed', () => {
  it('stand there by name and figure, and only where they changed something', async () => {
    const desk = new Harness();
    desk.start();
    const paper = await desk.paperVault(50_000_000n);
    const { engine, clock } = desk;
    engine.rename(paper, 'Play');
    engine.rename(paper, 'Play');
    engine.rename(paper, '');
    const amount = quoteAmount(1_250_500_000n);
    void engine.changePaper(paper, { kind: 'credit', amount });
    await clock.advance(100);
    void engine.changePaper(paper, { kind: 'debit', amount: quoteAmount(10n ** 15n) });
    void engine.changePaper(paper, { kind: 'debit', amount: quoteAmount(500_000n) });
    await clock.advance(100);
    void engine.changePaper(paper, { kind: 'reset' });
    await clock.advance(100);
    engine.haltTrading(paper);
    engine.haltTrading(paper);
    engine.enableTrading(paper);
    engine.setArchived(paper, true);
    engine.setArchived(paper, false);
    const note = engine.addNote(paper, 'https://secret.example/key is written here');
    if (note.ok) engine.removeNote(note.value.note.id);
    engine.haltAll('tray');
    engine.liftHaltAll();
    expect(titles(desk)).toEqual([
      'Keel’s engine started',
      'Paper vault “Paper” added',
      '“Paper” renamed to “Play”',
      '1,250.5 USDC credited to “Play”',
      '0.5 USDC debited from “Play”',
      '“Play” reset to 50 USDC',
      'Trading of “Play” halted',
      'Trading of “Play” enabled',
      '“Play” archived',
      '“Play” taken out of the archive',
      'A note on “Play” written',
      'A note on “Play” removed',
      'Everything was halted',
      'The halt of everything was lifted',
    ]);
    expect(JSON.stringify(desk.deskRecords.entries)).not.toContain('secret.example');
    expect(desk.deskRecords.entries[3]).toMatchObject({
      kind: 'paper',
      actor: 'trader',
      text: 'It holds 1,300.5 USDC now.',
      vaultId: paper,
    });
  });

  it('are told to the window after they are stored', () => {
    const desk = new Harness();
    desk.start();
    const id = desk.addVault(3);
    expect(desk.engine.rename(id, 'Other').ok).toBe(true);
    const told = desk.events.flatMap(({ event }) =>
      event.type === 'ACTIVITY_RECORDED' ? [event.entry] : [],
    );
    expect(told).toEqual(desk.deskRecords.entries);
  });

  it('hold no address, whatever told of them', () => {
    const desk = new Harness();
    desk.start();
    desk.engine.recordActivity({
      ...{ atMs: desk.clock.nowMs(), kind: 'settings', tone: 'info', actor: 'trader' },
      title: 'Endpoint wss://rpc.example/abc?key=1',
      text: 'was https://rpc.example/secret before',
      ...{ vaultId: null, network: null, operationId: null, alertId: null },
    });
    expect(desk.deskRecords.entries.at(-1)).toMatchObject({
      title: 'Endpoint (address left out)',
      text: 'was (address left out) before',
    });
  });
});
