import { describe, expect, it } from 'vitest';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { judgeEndpoint, type EndpointFacts } from '#main/drift/rpc/endpoint-health.ts';
import { SlotClock } from '#main/drift/rpc/slot-clock.ts';

const well: EndpointFacts = {
  isWrongCluster: false,
  pausedForMs: null,
  failuresInRow: 0,
  lastFailure: null,
  behindInRow: 0,
  standsBehind: false,
  slotLag: 0,
  succeeded: 10,
  latencyP50Ms: 80,
};

const judge = (facts: Partial<EndpointFacts>) =>
  judgeEndpoint({ ...well, ...facts }, DEFAULT_WATCH_SETTINGS);

describe('the condition of an endpoint', () => {
  it.each<[string, Partial<EndpointFacts>, string]>([
    ['nothing wrong', {}, 'ok'],
    ['one failure', { failuresInRow: 1 }, 'ok'],
    ['two failures in a row', { failuresInRow: 2 }, 'down'],
    ['at the limit of slots', { slotLag: 50 }, 'ok'],
    ['over the limit of slots', { slotLag: 51 }, 'behind'],
    ['an unknown lag', { slotLag: null }, 'ok'],
    ['one refusal for its slot', { behindInRow: 1 }, 'ok'],
    ['two refusals for its slot', { behindInRow: 2 }, 'behind'],
    ['a whole read from before', { standsBehind: true }, 'behind'],
    ['at the limit of time', { latencyP50Ms: 500 }, 'ok'],
    ['over the limit of time', { latencyP50Ms: 501 }, 'slow'],
    ['one slow answer', { latencyP50Ms: 900, succeeded: 1 }, 'ok'],
    ['no answer yet', { succeeded: 0, latencyP50Ms: null }, 'unknown'],
    ['a pause', { pausedForMs: 10 }, 'limited'],
    ['another cluster', { isWrongCluster: true }, 'wrong-cluster'],
  ])('%s', (_, facts, condition) => {
    const judged = judge(facts);
    expect(judged.condition).toBe(condition);
    expect(judged.reason === null).toBe(condition === 'ok');
  });

  it('says the worst of what is true, with its figure', () => {
    expect(judge({ isWrongCluster: true, failuresInRow: 9 }).condition).toBe('wrong-cluster');
    expect(judge({ pausedForMs: 6_400, failuresInRow: 9 }).reason).toContain('7 s');
    expect(judge({ failuresInRow: 2, lastFailure: 'It is gone.' }).reason).toBe('It is gone.');
    expect(judge({ slotLag: 312, latencyP50Ms: 900 }).reason).toContain('312 slots');
    expect(judge({ latencyP50Ms: 900 }).reason).toContain('900 ms');
  });
});

describe('slots behind the cluster', () => {
  it('is counted from the highest slot that any endpoint has told', () => {
    const slots = new SlotClock();
    slots.note(1_000n, 0);
    expect(slots.lagOf({ slot: 900n, atMs: 0 }, 0)).toBe(100);
    expect(slots.lagOf({ slot: 1_000n, atMs: 0 }, 0)).toBe(0);
  });

  it('takes into account when each was seen, and never too many', () => {
    const slots = new SlotClock();
    slots.note(1_000n, 60_000);
    // Half a minute before the cluster was at about 925.
    expect(slots.lagOf({ slot: 925n, atMs: 30_000 }, 60_000)).toBe(0);
    expect(slots.lagOf({ slot: 825n, atMs: 30_000 }, 60_000)).toBe(100);
    // Half a minute later it is at 1,050 at least.
    expect(slots.lagOf({ slot: 1_000n, atMs: 90_000 }, 90_000)).toBe(50);
  });

  it('is not known where sightings are too old or too far apart', () => {
    const slots = new SlotClock();
    expect(slots.lagOf(null, 0)).toBeNull();
    slots.note(1_000n, 0);
    expect(slots.lagOf({ slot: 1_000n, atMs: 0 }, 121_000)).toBeNull();
    expect(slots.lagOf({ slot: 1_000n, atMs: 70_000 }, 70_000)).toBeNull();
    slots.forget();
    expect(slots.lagOf({ slot: 1_000n, atMs: 70_000 }, 70_000)).toBeNull();
  });
});
