import { describe, expect, it } from 'vitest';
import { alertId, type Alert, type AlertChange } from '#domain/alert.ts';
import { networkId, vaultId } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';
import { createAlertNotices } from '#main/app/alert-notices.ts';
import type { Notice } from '#main/app/notifications.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

function alert(name: string, changes: Partial<Alert> = {}, clock = new FakeClock()): Alert {
  return {
    id: alertId(`id-of-${name}`),
    key: `sync/${name}`,
    kind: 'sync',
    severity: 'warning',
    title: `${name} is out of step`,
    text: 'No answer within 4 s. Trading is halted.',
    advice: 'Check the endpoint.',
    vaultId: vaultId(name),
    network: null,
    operationId: null,
    raisedAtMs: unixMs(clock.nowMs()),
    changedAtMs: unixMs(clock.nowMs()),
    clearedAtMs: null,
    acknowledgedAtMs: null,
    ...changes,
  };
}

function notices() {
  const clock = new FakeClock();
  const shown: Notice[] = [];
  const state = { quiet: false, visible: true };
  const told = createAlertNotices({
    clock,
    deskVisible: () => state.visible,
    quiet: () => state.quiet,
    nameOf: (id) => id,
    show: (notice) => shown.push(notice),
  });
  const tell = (change: AlertChange, each: Alert): void =>
    told.onEvent({ type: 'ALERT_CHANGED', view: { alert: each, revision: 1 }, change });
  return { clock, shown, state, tell, titles: () => shown.map(({ title }) => title) };
}

const margin = (severity: Alert['severity'], name = 'Funding') =>
  alert(name, { kind: 'margin', severity, title: `${name}: health ${severity}` });

describe('notices of alerts', () => {
  it('ring when an alert is raised and when it is worse, at no other change', async () => {
    const { clock, tell, titles } = notices();
    for (const change of ['milder', 'reworded', 'acknowledged', 'cleared'] as const) {
      tell(change, margin('warning'));
      await clock.advance(1_000);
    }
    expect(titles()).toEqual([]);
    tell('raised', margin('warning'));
    await clock.advance(1_000);
    tell('worse', margin('critical'));
    await clock.advance(1_000);
    expect(titles()).toEqual(['Funding: health warning', 'Funding: health critical']);
  });

  it('are one for each alert and severity, also when a restarted engine tells it again', async () => {
    const { clock, shown, tell } = notices();
    for (let start = 0; start < 5; start += 1) {
      tell('raised', margin('warning'));
      await clock.advance(10_000);
    }
    expect(shown).toHaveLength(1);
  });

  it('are one for vaults that fail together, which opens the inbox', async () => {
    const { clock, shown, tell } = notices();
    for (const name of ['a', 'b', 'c', 'd', 'e']) tell('raised', alert(name));
    await clock.advance(1_000);
    expect(shown).toMatchObject([
      { title: '5 vaults are out of step', vaultId: null, kind: 'alarm', act: 'sync-now' },
    ]);
    expect(shown[0]?.body).toContain('a, b, c and 2 more');
    expect(shown[0]?.body).toContain('Trading is halted');
    expect(shown[0]?.alertIds).toHaveLength(5);
  });

  it('never hide a critical alert among others, nor an alert of another kind', async () => {
    const { clock, tell, titles } = notices();
    tell('raised', margin('warning', 'a'));
    tell('raised', margin('critical', 'b'));
    tell('raised', alert('c'));
    await clock.advance(1_000);
    expect(titles().sort()).toEqual([
      'a: health warning',
      'b: health critical',
      'c is out of step',
    ]);
  });

  it('are one for a dead line and the vaults that it put out of step', async () => {
    const { clock, tell, titles } = notices();
    const line = (network: string, what: string) =>
      alert(`${network} ${what}`, {
        key: `node/${network}/${what}`,
        kind: 'node',
        severity: 'critical',
        title: `${network}: ${what}`,
        network: networkId(network),
      });
    tell('raised', line('practice', 'cluster'));
    await clock.advance(1_000);
    tell('raised', alert('Funding', { network: networkId('practice') }));
    await clock.advance(5_000);
    tell('raised', line('practice', 'down'));
    tell('raised', line('practice', 'limited/1'));
    await clock.advance(5_000);
    tell('raised', line('mainnet', 'down'));
    await clock.advance(5_000);
    expect(titles()).toEqual(['Funding is out of step', 'practice: limited/1', 'mainnet: down']);
    tell('cleared', alert('Funding'));
    tell('raised', { ...line('practice', 'down'), id: alertId('another') });
    await clock.advance(5_000);
    expect(titles()).toContain('practice: down');
  });

  it('ring again for what grew milder and is worse again', async () => {
    const { clock, tell, titles } = notices();
    const margin = (severity: Alert['severity']) =>
      alert('thin', { kind: 'margin', severity, title: `margin ${severity}` });
    for (const [change, severity] of [
      ['raised', 'warning'],
      ['worse', 'critical'],
      ['milder', 'warning'],
      ['worse', 'critical'],
      ['worse', 'critical'],
    ] as const) {
      tell(change, margin(severity));
      await clock.advance(1_000);
    }
    expect(titles()).toEqual(['margin warning', 'margin critical', 'margin critical']);
  });

  it('leave a change of the endpoint to the inbox', async () => {
    const { clock, tell, titles } = notices();
    tell('raised', alert('moved', { kind: 'node', severity: 'info', key: 'node/practice/in-use' }));
    await clock.advance(5_000);
    expect(titles()).toEqual([]);
  });

  it('tell of the recovery once, of those alone that rang', async () => {
    const { clock, tell, titles } = notices();
    tell('cleared', alert('never told'));
    for (const change of ['raised', 'cleared'] as const) {
      tell(change, alert('Funding'));
      await clock.advance(1_000);
    }
    expect(titles()).toEqual(['Funding is out of step', 'Funding is back in step']);
  });

  it('tell of the recovery from an outage that an earlier run of Keel told of', async () => {
    const { clock, tell, titles } = notices();
    tell('cleared', alert('Funding', { raisedAtMs: unixMs(1) }));
    await clock.advance(1_000);
    expect(titles()).toEqual(['Funding is back in step']);
  });

  it('say nothing of an own halt or a verified operation to a trader who sees the desk', async () => {
    const { clock, state, tell, titles } = notices();
    tell('raised', alert('All', { kind: 'halt', severity: 'info' }));
    const verified = (name: string) =>
      alert(name, { kind: 'operation', severity: 'info', title: `${name} is verified` });
    tell('raised', verified('seen'));
    state.visible = false;
    tell('raised', verified('unseen'));
    await clock.advance(1_000);
    expect(titles()).toEqual(['unseen is verified']);
  });
});

describe('quiet hours', () => {
  it('keep everything but what is critical, and sum it up when they end', async () => {
    const { clock, state, shown, tell, titles } = notices();
    state.quiet = true;
    tell('raised', alert('Funding'));
    tell('raised', margin('warning', 'Second'));
    tell('raised', margin('critical', 'Third'));
    await clock.advance(60_000);
    expect(titles()).toEqual(['Third: health critical']);
    tell('cleared', alert('Funding'));
    await clock.advance(60_000);
    expect(shown).toHaveLength(1);

    state.quiet = false;
    await clock.advance(60_000);
    expect(shown[1]).toMatchObject({
      kind: 'summary',
      title: 'In the quiet hours: 2 alerts',
      vaultId: null,
    });
    expect(shown[1]?.body).toContain('Funding is out of step (over)');
    expect(shown[1]?.body).toContain('Second: health warning');
    await clock.advance(600_000);
    expect(shown).toHaveLength(2);
  });

  it('forget what was acknowledged, and what has rung as critical since', async () => {
    const { clock, state, tell, titles } = notices();
    state.quiet = true;
    tell('raised', margin('warning', 'a'));
    tell('raised', margin('warning', 'b'));
    await clock.advance(1_000);
    tell('acknowledged', margin('warning', 'a'));
    tell('worse', margin('critical', 'b'));
    await clock.advance(1_000);
    state.quiet = false;
    await clock.advance(60_000);
    expect(titles()).toEqual(['b: health critical']);
  });

  it('keep the recovery from an outage that rang before them', async () => {
    const { clock, state, tell, titles } = notices();
    tell('raised', alert('Funding'));
    await clock.advance(1_000);
    state.quiet = true;
    tell('cleared', alert('Funding'));
    await clock.advance(60_000);
    expect(titles()).toEqual(['Funding is out of step']);
    state.quiet = false;
    await clock.advance(60_000);
    expect(titles()).toEqual(['Funding is out of step', 'In the quiet hours: 1 alert']);
  });
});
