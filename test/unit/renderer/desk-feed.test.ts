import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VaultView } from '#domain/vault-state.ts';
import { createBridge, type Bridge } from '#renderer/bridge/bridge.ts';
import { startDeskFeed } from '#renderer/stores/desk-feed.ts';
import { INITIAL_DESK, useDeskStore } from '#renderer/stores/desk-store.ts';
import { useToastStore } from '#renderer/stores/toast-store.ts';
import { mergeByRevision, useVaultStore } from '#renderer/stores/vault-store.ts';
import { createFakeKeel } from '#test/support/renderer-preview/fake-keel.ts';
import { PRACTICE, statusOf, storyDesk, TIMEOUT } from '#test/support/renderer-preview/stories.ts';
import { vaultIdOf } from '#test/support/vaults.ts';

const NOW = 1_780_000_000_000;

function firstView(): VaultView {
  const [view] = storyDesk('first', NOW).views;
  if (view === undefined) throw new Error('the story has no vault');
  return view;
}

const at = (revision: number): VaultView => ({ ...firstView(), revision });
const shownRevision = () => useVaultStore.getState().views.get(vaultIdOf(1))?.revision;

beforeEach(() => {
  vi.useFakeTimers();
  useVaultStore.setState({ views: new Map() });
  useDeskStore.setState(INITIAL_DESK, true);
  useToastStore.setState({ toasts: [] });
});
afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(50);

describe('revisions', () => {
  it('keeps the highest of each vault, in whatever order they arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 }), (revisions) => {
        const merged = revisions.reduce<ReadonlyMap<VaultView['vault']['id'], VaultView>>(
          (views, revision) => mergeByRevision(views, [at(revision)]),
          new Map(),
        );
        expect(merged.get(vaultIdOf(1))?.revision).toBe(Math.max(...revisions));
        expect(mergeByRevision(new Map(), revisions.map(at)).get(vaultIdOf(1))?.revision).toBe(
          Math.max(...revisions),
        );
      }),
    );
  });

  it('changes nothing when nothing is newer', () => {
    const views = mergeByRevision(new Map(), [at(5)]);
    expect(mergeByRevision(views, [at(5), at(4)])).toBe(views);
  });
});

describe('the feed', () => {
  it('subscribes before it loads, and a load that is older than an event does not win', async () => {
    const fake = createFakeKeel({ ...storyDesk('first', NOW), views: [at(3)] }, NOW);
    const order: string[] = [];
    const inner = createBridge(() => fake.api);
    const bridge: Bridge = {
      onEvents: (...listeners) => {
        order.push('subscribe');
        return inner.onEvents(...listeners);
      },
      invoke: async (name, request) => {
        order.push(name);
        fake.emit({ type: 'VAULT_CHANGED', view: at(9) });
        await new Promise((resolve) => setTimeout(resolve, 40));
        return inner.invoke(name, request);
      },
    };
    startDeskFeed(bridge);
    await vi.advanceTimersByTimeAsync(100);
    expect(order).toEqual(['subscribe', 'desk.load', 'capital.loadOperations', 'alert.load']);
    expect(shownRevision()).toBe(9);
    expect(useDeskStore.getState().load.kind).toBe('ready');
  });

  it('shows why the desk could not be loaded', async () => {
    const fake = createFakeKeel(storyDesk('first', NOW), NOW);
    fake.refuse('desk.load', TIMEOUT);
    startDeskFeed(createBridge(() => fake.api));
    await settle();
    expect(useDeskStore.getState().load).toEqual({ kind: 'failed', error: TIMEOUT });
  });

  it('keeps a network status that is newer than the load', async () => {
    const fake = createFakeKeel(storyDesk('first', NOW), NOW);
    startDeskFeed(createBridge(() => fake.api));
    await settle();
    fake.emit({ type: 'NETWORK_CHANGED', status: statusOf(PRACTICE, { socket: 'down' }) });
    await settle();
    expect(useDeskStore.getState().statuses.get(PRACTICE)?.socket).toBe('down');
  });

  it('draws a burst of events as one change', async () => {
    const fake = createFakeKeel(storyDesk('full', NOW), NOW);
    startDeskFeed(createBridge(() => fake.api));
    await settle();
    const changes = vi.fn();
    const stop = useVaultStore.subscribe(changes);
    for (const view of storyDesk('full', NOW).views) {
      fake.emit({ type: 'VAULT_CHANGED', view: { ...view, revision: 2 } });
    }
    await settle();
    stop();
    expect(changes).toHaveBeenCalledTimes(1);
  });

  it('takes a restarted engine at its word: lower revisions count again', async () => {
    const fake = createFakeKeel({ ...storyDesk('first', NOW), views: [at(40)] }, NOW);
    startDeskFeed(createBridge(() => fake.api));
    await settle();
    fake.emit({ type: 'ENGINE_STATUS', running: false, error: null });
    await settle();
    expect(useDeskStore.getState().engine).toMatchObject({ running: false });
    expect(shownRevision()).toBe(40);
    fake.refuse('desk.load', TIMEOUT);
    fake.emit({ type: 'ENGINE_STATUS', running: true, error: null });
    fake.emit({ type: 'VAULT_CHANGED', view: at(1) });
    await settle();
    expect(useDeskStore.getState().engine).toEqual({ running: true, error: null });
    expect(shownRevision()).toBe(1);
    expect(fake.asked.filter(({ name }) => name === 'desk.load')).toHaveLength(2);
  });

  it('tells of a recovery once per burst', async () => {
    const fake = createFakeKeel(storyDesk('first', NOW), NOW);
    startDeskFeed(createBridge(() => fake.api));
    await settle();
    for (const index of [1, 2]) {
      fake.emit({
        type: 'VAULT_SYNC_RECOVERED',
        vaultId: vaultIdOf(index),
        vaultName: `Vault ${index}`,
        failingSinceMs: NOW as never,
        atMs: NOW as never,
      });
    }
    await settle();
    const titles = useToastStore.getState().toasts.map(({ title }) => title);
    expect(titles).toEqual(['2 vaults are verified again']);
  });
});
