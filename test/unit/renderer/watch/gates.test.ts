import { describe, expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import { INITIAL_DESK } from '#renderer/stores/desk-store.ts';
import { gateOf, reasonsOf, surroundingsOf, type GateDesk } from '#renderer/stores/gates.ts';
import { storyDesk } from '#test/support/renderer-preview/stories.ts';
import { PRACTICE, statusOf } from '#test/support/renderer-preview/stories.ts';

const NOW = unixMs(1_780_000_000_000);

function deskOfStory(part: Partial<GateDesk> = {}): GateDesk {
  const story = storyDesk('full', NOW);
  return {
    ...INITIAL_DESK,
    networks: story.networks,
    signer: story.signer,
    statuses: new Map([[PRACTICE, statusOf(PRACTICE)]]),
    ...part,
  };
}

describe('the gates of the window', () => {
  it('are judged by the same surroundings until something has changed', () => {
    const desk = deskOfStory();
    const operations = new Map();
    const around = surroundingsOf(desk, operations, NOW);
    expect(surroundingsOf({ ...desk }, operations, NOW)).toBe(around);
    expect(surroundingsOf(desk, operations, unixMs(NOW + 1_000))).not.toBe(around);
    expect(surroundingsOf({ ...desk, haltAll: null }, operations, NOW).haltAll).toBeNull();
  });

  it('judge each vault once for a moment, and all by the same network', () => {
    const down = statusOf(PRACTICE, { connection: 'reconnecting' });
    const around = surroundingsOf(
      deskOfStory({ statuses: new Map([[PRACTICE, down]]) }),
      new Map(),
      NOW,
    );
    const views = storyDesk('full', NOW).views.filter(({ vault }) => vault.vaultType === 'onChain');
    expect(views.length).toBeGreaterThan(300);
    for (const view of views) {
      const reasons = reasonsOf(view, around);
      expect(reasons.map(({ code }) => code)).toContain('network-down');
      expect(reasonsOf(view, around)).toBe(reasons);
    }
  });

  it('are shut for everything without an engine', () => {
    const around = surroundingsOf(
      deskOfStory({ engine: { running: false, error: null } }),
      new Map(),
      NOW,
    );
    const [view] = storyDesk('first', NOW).views;
    if (view === undefined) throw new Error('the story has no vault');
    for (const act of ['increase', 'reduce', 'deposit', 'withdraw'] as const) {
      expect(gateOf(view, act, around).reasons[0]?.text).toBe("Keel's engine is not running.");
    }
  });
});
