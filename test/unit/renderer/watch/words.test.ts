import { describe, expect, it } from 'vitest';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import {
  exchangeLook,
  exchangeOf,
  marketsOf,
  oracleWords,
  pausedSinceMs,
} from '#renderer/features/exchange/exchange-words.ts';
import { afterLifting, haltedText } from '#renderer/features/halt/halt-words.ts';
import { errorRate, percentiles, troubleOf } from '#renderer/features/nodes/node-words.ts';
import { readHealth } from '#renderer/features/practice-panel/venue-words.ts';
import { minuteOfTime, quietSpan, timeOfMinute } from '#renderer/features/settings/quiet-hours.ts';
import { healthLevel } from '#renderer/ui/figures.tsx';
import { PRACTICE, snapshotOf, storyDesk } from '#test/support/renderer-preview/stories.ts';
import {
  endpointOf,
  openExchange,
  pausedExchange,
} from '#test/support/renderer-preview/watch-stories.ts';

const NOW = 1_780_000_000_000;

describe('the exchange in words', () => {
  const own = snapshotOf({ cash: 5_000_000n, perpBase: 1_000_000_000n }, 312_455_010n, NOW);

  it('is calm when everything is paused, and says since when', () => {
    const paused = pausedExchange(PRACTICE, NOW);
    expect(exchangeLook(paused)).toEqual({ word: 'Paused', tone: 'neutral', isPaused: true });
    expect(pausedSinceMs(paused)).toBe(NOW - 51_720_000);
    expect(exchangeLook(openExchange(PRACTICE, NOW)).word).toBe('Open');
  });

  it('goes by the newer of the watch and the vault’s own read', () => {
    const watched = pausedExchange(PRACTICE, NOW);
    expect(exchangeOf(PRACTICE, watched, own)).toBe(watched);
    const younger = { ...own, slot: ((own.slot as bigint) + 100n) as typeof own.slot };
    expect(exchangeOf(PRACTICE, watched, younger).observation?.status.paused).toEqual([]);
    expect(exchangeOf(PRACTICE, undefined, own).observation?.markets).toEqual([]);
  });

  it('lists the markets that the vault has something in', () => {
    const names = marketsOf(openExchange(PRACTICE, NOW), own).map(({ name }) => name);
    expect(names).toEqual(['SOL-PERP', 'USDC', 'SOL']);
    const flat = snapshotOf({ cash: 1n }, 1n, NOW);
    expect(marketsOf(openExchange(PRACTICE, NOW), flat).map(({ name }) => name)).toEqual(['USDC']);
  });

  it('tells an oracle that is older than Keel’s own limit', () => {
    const oracle = openExchange(PRACTICE, NOW).observation?.markets[0]?.oracle;
    if (oracle === undefined) throw new Error('the story has no market');
    expect(oracleWords(oracle, 150)).toEqual({ age: '2 slots old', problem: '' });
    expect(oracleWords({ ...oracle, ageSlots: 151 }, 150).problem).toBe('too old');
    expect(oracleWords({ ...oracle, validity: 'uncertain' }, 150).problem).toBe('too uncertain');
  });
});

describe('an endpoint in words', () => {
  it('never rounds errors to none', () => {
    expect(errorRate(endpointOf(0, 'a', { calls: 0 }))).toBeNull();
    expect(errorRate(endpointOf(0, 'a'))).toBe('0 %');
    expect(errorRate(endpointOf(0, 'a', { calls: 10_000, errors: 1 }))).toBe('0.1 %');
    expect(errorRate(endpointOf(0, 'a', { errors: 31 }))).toBe('31 %');
  });

  it('shows what was measured, and a dash where nothing was', () => {
    expect(percentiles(endpointOf(0, 'a', { latencyP50Ms: null }))).toBeNull();
    expect(percentiles(endpointOf(0, 'a', { latencyP99Ms: null }))).toBe('4 / 9 / —');
  });

  it('tells the bar of trouble only where there is another to turn to', () => {
    const limited = endpointOf(1, 'b', { condition: 'limited' });
    expect(troubleOf([endpointOf(0, 'a'), limited])).toBe('1 of 2 limited');
    expect(troubleOf([limited])).toBeNull();
    expect(troubleOf([endpointOf(0, 'a'), endpointOf(1, 'b')])).toBeNull();
  });
});

describe('health by the trader’s own thresholds', () => {
  it.each([
    [5_000, 'good'],
    [4_999, 'warn'],
    [2_000, 'warn'],
    [1_999, 'bad'],
  ])('%s is %s', (bps, level) => {
    expect(healthLevel(bps, DEFAULT_WATCH_SETTINGS)).toBe(level);
  });
});

describe('quiet hours', () => {
  it('read a time of day, and refuse what is none', () => {
    expect(['23:00', '7.05', '00:00'].map(minuteOfTime)).toEqual([1_380, 425, 0]);
    expect(['24:00', '7', '12:60', ''].map(minuteOfTime)).toEqual([null, null, null, null]);
    expect(timeOfMinute(425)).toBe('07:05');
  });

  it('tell how long they are', () => {
    expect(quietSpan(1_380, 420)).toBe('Quiet for 8 h, over midnight.');
    expect(quietSpan(780, 825)).toBe('Quiet for 45 min.');
    expect(quietSpan(60, 60)).toBe('Quiet the whole day.');
  });
});

describe('a halt of everything in words', () => {
  it('says what was ended, and what the engine does not know yet', () => {
    expect(haltedText({ halted: 3, ended: 1, reachedEngine: true }).text).toBe(
      '3 vaults halted. 1 operation was ended before anything was sent. What has been sent is watched to its end.',
    );
    expect(haltedText({ halted: 0, ended: 0, reachedEngine: false }).title).toContain(
      'the engine did not answer',
    );
  });

  it('says of each vault what lifting leaves it in', () => {
    const [halted] = storyDesk('halted-all', NOW).views;
    const [failing] = storyDesk('failing', NOW).views;
    if (halted === undefined || failing === undefined) throw new Error('the story has no vault');
    expect(afterLifting(halted)).toBe('stays halted until you enable it');
    expect(afterLifting(failing)).toBe('stays halted, and cannot be synced now');
    expect(afterLifting({ ...halted, synced: false })).toBe(
      'stays halted, and is not verified yet',
    );
  });
});

describe('a health to practise with', () => {
  it('is read in points', () => {
    expect(['49.9', '0', '100'].map(readHealth)).toEqual([4_990, 0, 10_000]);
    expect(['100.01', '-1', 'low'].map(readHealth)).toEqual([null, null, null]);
  });
});
