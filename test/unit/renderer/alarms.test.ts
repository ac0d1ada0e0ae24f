import { describe, expect, it } from 'vitest';
import { keelError } from '#domain/keel-error.ts';
import { unixMs } from '#domain/units.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { alarmWords, oldestFiguresAtMs } from '#renderer/features/alarms/alarm-words.ts';
import { deriveAlarms, type AlarmInputs } from '#renderer/stores/alarms.ts';
import {
  failing,
  PRACTICE,
  statusOf,
  storyDesk,
  TIMEOUT,
  verified,
} from '#test/support/renderer-preview/stories.ts';
import { onChainVault, paperVault } from '#test/support/vaults.ts';

const NOW = 1_780_000_000_000;

function alarmsOf(views: readonly VaultView[], part: Partial<AlarmInputs> = {}) {
  return deriveAlarms({
    views,
    statuses: new Map(),
    engine: { running: true, error: null },
    nowMs: unixMs(NOW),
    staleAfterMs: 15_000,
    unverifiedAlarmAtMs: NOW + 1,
    ...part,
  });
}

const healthy = (index: number) => verified(onChainVault(index), { cash: 5_000_000n }, NOW);

describe('deriveAlarms', () => {
  it('raises none for verified vaults', () => {
    expect(alarmsOf([healthy(1), healthy(2)])).toEqual([]);
  });

  it('names vault, cause, attempts and the next attempt of a failure', () => {
    const view: VaultView = {
      ...failing(healthy(1), TIMEOUT, 4, NOW),
      phase: { kind: 'reconnecting', nextAttemptAtMs: unixMs(NOW + 7_000) },
    };
    const [alarm, ...others] = alarmsOf([view, healthy(2)]);
    expect(others).toEqual([]);
    expect(alarm).toMatchObject({ kind: 'failing', attempts: 4, nextAttemptAtMs: NOW + 7_000 });
    if (alarm === undefined) throw new Error('no alarm');
    expect(alarmWords(alarm)).toMatchObject({
      tone: 'bad',
      title: 'Vault Funding 1 cannot be synced. Trading is halted.',
      cause: TIMEOUT.message,
      advice: TIMEOUT.advice,
    });
    expect(oldestFiguresAtMs(alarm)).toBe(NOW - 1_200);
  });

  it('gathers vaults of one cause and network into one alarm', () => {
    const views = [1, 2, 3, 4, 5].map((index) => failing(healthy(index), TIMEOUT, 4, NOW));
    const alarms = alarmsOf(views);
    expect(alarms).toHaveLength(1);
    const [alarm] = alarms;
    if (alarm === undefined) throw new Error('no alarm');
    expect(alarmWords(alarm).title).toContain('Funding 1, Funding 2, Funding 3 and 2 more');
  });

  it('puts the gravest first', () => {
    const desk = storyDesk('grave', NOW);
    const kinds = alarmsOf(desk.views, {
      engine: { running: false, error: TIMEOUT },
    }).map(({ kind }) => kind);
    expect(kinds).toEqual(['engine', 'discrepant', 'failing']);
  });

  it('calls verified figures stale when their time is over, and unverified ones after a grace', () => {
    const old = verified(paperVault(1), { cash: 1n, paper: true }, NOW, 15_001);
    expect(alarmsOf([old]).map(({ kind }) => kind)).toEqual(['stale']);
    const starting: VaultView = { ...healthy(2), synced: false };
    expect(alarmsOf([starting])).toEqual([]);
    expect(alarmsOf([starting], { unverifiedAlarmAtMs: NOW }).map(({ kind }) => kind)).toEqual([
      'stale',
    ]);
  });

  it('reminds of a halt after the recovery, and forgets archived vaults', () => {
    const { views } = storyDesk('halted', NOW);
    const alarms = alarmsOf(views);
    expect(alarms.map(({ kind }) => kind)).toEqual(['halted']);
    expect(alarms.map((alarm) => alarmWords(alarm).cause)).toEqual([
      expect.stringMatching(/^It was halted by this: ./),
    ]);
    const archived = failing(
      verified(onChainVault(1, { archivedAtMs: unixMs(NOW) }), { cash: 1n }, NOW),
      TIMEOUT,
      4,
      NOW,
    );
    expect(alarmsOf([archived])).toEqual([]);
  });

  it("does not remind the trader of the trader's own halt", () => {
    const error = keelError('HALTED_BY_TRADER', 'operator', 'Halted by hand.', 'Enable it again.');
    const view = healthy(1);
    const halt = { error, attempts: 0, sinceMs: unixMs(NOW) };
    expect(alarmsOf([{ ...view, state: { ...view.state, halt } }])).toEqual([]);
  });

  it('tells of a lost connection once', () => {
    const status = statusOf(PRACTICE, {
      connection: 'reconnecting',
      nextAttemptAtMs: NOW + 3_000,
    });
    const statuses = new Map([[PRACTICE, status]]);
    expect(alarmsOf([healthy(1)], { statuses }).map(({ kind }) => kind)).toEqual(['network']);
    const failed = alarmsOf([failing(healthy(1), TIMEOUT, 4, NOW)], { statuses });
    expect(failed.map(({ kind }) => kind)).toEqual(['failing']);
    expect(failed[0]?.nextAttemptAtMs).toBe(NOW + 3_000);
    const old = verified(onChainVault(1), { cash: 5_000_000n }, NOW, 15_001);
    expect(alarmsOf([old], { statuses }).map(({ kind }) => kind)).toEqual(['network']);
    expect(alarmsOf([old]).map(({ kind }) => kind)).toEqual(['stale']);
  });

  it('calls a lost network as the desk does, and counts no archived figures as shown', () => {
    const status = statusOf(PRACTICE, { connection: 'reconnecting', nextAttemptAtMs: null });
    const archived = verified(onChainVault(2, { archivedAtMs: unixMs(NOW) }), { cash: 1n }, NOW);
    const [alarm] = alarmsOf([healthy(1), archived], { statuses: new Map([[PRACTICE, status]]) });
    if (alarm === undefined) throw new Error('no alarm');
    expect(alarmWords(alarm, 'Practice').title).toBe(
      'No connection to Practice. Trading on chain is blocked.',
    );
    expect(alarm.views).toHaveLength(1);
  });
});
