import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OperationView } from '#domain/capital-operation.ts';
import { createBridge } from '#renderer/bridge/bridge.ts';
import { applyEvents, startDeskFeed } from '#renderer/stores/desk-feed.ts';
import { INITIAL_DESK, useDeskStore } from '#renderer/stores/desk-store.ts';
import {
  INITIAL_OPERATIONS,
  inOperationOrder,
  mergeOperations,
  useOperationStore,
} from '#renderer/stores/operation-store.ts';
import {
  deposit,
  operationIdOf,
  operationOf,
  operationStories,
} from '#test/support/renderer-preview/capital-stories.ts';
import { createFakeKeel } from '#test/support/renderer-preview/fake-keel.ts';
import { signerOf } from '#test/support/renderer-preview/signer-stories.ts';
import { storyDesk, TIMEOUT } from '#test/support/renderer-preview/stories.ts';

const NOW = 1_780_000_000_000;

const at = (revision: number, state: OperationView['operation']['state'] = 'signed') =>
  operationOf({ index: 1, intent: deposit(5_000_000n), state, atMs: NOW, revision });

const shown = () => useOperationStore.getState().operations.get(operationIdOf(1));

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  useDeskStore.setState(INITIAL_DESK, true);
  useOperationStore.setState(INITIAL_OPERATIONS, true);
});
afterEach(() => vi.useRealTimers());

describe('revisions of operations', () => {
  it('keeps the highest, in whatever order they arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1 }), (revisions) => {
        const merged = mergeOperations(
          new Map(),
          revisions.map((revision) => at(revision)),
        );
        expect(merged.get(operationIdOf(1))?.revision).toBe(Math.max(...revisions));
      }),
    );
  });

  it('changes nothing when nothing is newer', () => {
    const known = mergeOperations(new Map(), [at(5)]);
    expect(mergeOperations(known, [at(5, 'submitted'), at(4)])).toBe(known);
  });

  it('takes a page from the journal without losing a newer event', async () => {
    const fake = createFakeKeel(storyDesk('first', NOW), NOW, [at(3)]);
    const stop = startDeskFeed(createBridge(() => fake.api));
    fake.emit({ type: 'OPERATION_CHANGED', view: at(9, 'verified') });
    await vi.advanceTimersByTimeAsync(100);
    stop();
    expect(shown()?.operation.state).toBe('verified');
    expect(useOperationStore.getState().loaded).toBe(true);
  });

  it('lets a restarted engine count anew, and loads the journal again', async () => {
    const fake = createFakeKeel(storyDesk('first', NOW), NOW, [at(9)]);
    const bridge = createBridge(() => fake.api);
    const stop = startDeskFeed(bridge);
    await vi.advanceTimersByTimeAsync(100);
    expect(applyEvents([{ type: 'ENGINE_STATUS', running: false, error: null }])).toBe(false);
    const back = applyEvents([
      { type: 'ENGINE_STATUS', running: true, error: null },
      { type: 'OPERATION_CHANGED', view: at(1, 'confirmed') },
    ]);
    stop();
    expect(back).toBe(true);
    expect(shown()?.operation.state).toBe('confirmed');
  });

  it('does not take an unread journal for an empty one', async () => {
    const fake = createFakeKeel(storyDesk('first', NOW), NOW, [at(1)]);
    fake.refuse('capital.loadOperations', TIMEOUT);
    const stop = startDeskFeed(createBridge(() => fake.api));
    await vi.advanceTimersByTimeAsync(100);
    stop();
    expect(useOperationStore.getState()).toMatchObject({ loaded: false, failure: TIMEOUT });
  });
});

describe('the signer in the store', () => {
  it('follows its events', () => {
    applyEvents([{ type: 'SIGNER_CHANGED', state: signerOf('locked', NOW) }]);
    expect(useDeskStore.getState().signer.status).toBe('locked');
  });
});

describe('the order', () => {
  it('has the open ones on top, then the newest', () => {
    const states = inOperationOrder([...operationStories(NOW)].reverse()).map(
      ({ operation }) => operation.state,
    );
    expect(states).toEqual([
      'simulated',
      'unresolved',
      'verified',
      'verified',
      'denied',
      'rejected',
      'expired',
      'discrepant',
    ]);
  });
});
