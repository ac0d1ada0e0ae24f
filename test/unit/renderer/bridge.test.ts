import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { networkId, vaultId } from '#domain/ids.ts';
import { quoteAmount } from '#domain/units.ts';
import { createBridge } from '#renderer/bridge/bridge.ts';
import type { KeelApi } from '#renderer/bridge/keel-api.ts';
import { createFakeKeel } from '#test/support/renderer-preview/fake-keel.ts';
import { storyDesk, TIMEOUT } from '#test/support/renderer-preview/stories.ts';

const NOW = 1_780_000_000_000;
const ID = '00000000-0000-4000-8000-000000000001';

function apiAnswering(answer: () => Promise<unknown>): KeelApi {
  return { invoke: answer, onEvents: () => () => undefined };
}

describe('invoke', () => {
  it('sends wire values and gives back domain values', async () => {
    const desk = storyDesk('first', NOW);
    const fake = createFakeKeel(desk, NOW);
    const loaded = await createBridge(() => fake.api).invoke('desk.load', {});
    expect(loaded).toEqual({ ok: true, value: desk });
  });

  it('encodes amounts as decimal strings', async () => {
    const invoke = vi.fn(() => Promise.resolve({ ok: true, value: { vaultId: ID } }));
    const bridge = createBridge(() => apiAnswering(invoke));
    await bridge.invoke('vault.createVirtual', {
      name: 'Dry run',
      engine: 'funding',
      network: networkId('practice'),
      allocation: quoteAmount(50_000_000n),
    });
    expect(invoke).toHaveBeenCalledWith('vault.createVirtual', {
      name: 'Dry run',
      engine: 'funding',
      network: 'practice',
      allocation: '50000000',
    });
  });

  it('refuses a request that breaks the contract, naming the field, and asks nobody', async () => {
    const invoke = vi.fn(() => Promise.resolve(null));
    const bridge = createBridge(() => apiAnswering(invoke));
    const answer = await bridge.invoke('vault.rename', { vaultId: vaultId(ID), name: '' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
    expect(answer.ok ? '' : answer.error.message).toContain('name');
    expect(invoke).not.toHaveBeenCalled();
  });

  it('passes on an error as the value that it is', async () => {
    const bridge = createBridge(() =>
      apiAnswering(() => Promise.resolve({ ok: false, error: TIMEOUT })),
    );
    expect(await bridge.invoke('desk.load', {})).toEqual({ ok: false, error: TIMEOUT });
  });

  it.each([
    ['no envelope', 'nonsense', 'INTERNAL'],
    ['a value of another shape', { ok: true, value: { vaultId: 7 } }, 'INTERNAL'],
    ['an error without a known code', { ok: false, error: { code: 'X' } }, 'INTERNAL'],
  ])('turns %s into an error', async (_, raw, code) => {
    const bridge = createBridge(() => apiAnswering(() => Promise.resolve(raw)));
    const answer = await bridge.invoke('vault.addOnChain', {
      name: 'A',
      engine: 'funding',
      network: networkId('practice'),
      authority: '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU' as never,
      subAccountId: 0,
    });
    expect(answer).toMatchObject({ ok: false, error: { code } });
  });

  it('turns a rejection and a missing preload script into errors', async () => {
    const rejecting = createBridge(() => apiAnswering(() => Promise.reject(new Error('gone'))));
    expect(await rejecting.invoke('desk.load', {})).toMatchObject({
      ok: false,
      error: { code: 'ENGINE_UNAVAILABLE', message: expect.stringContaining('gone') },
    });
    const missing = createBridge(() => undefined);
    expect(await missing.invoke('desk.load', {})).toMatchObject({
      ok: false,
      error: { code: 'ENGINE_UNAVAILABLE' },
    });
  });
});

describe('onEvents', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('gives parsed events, reports unreadable ones, and stops after the unsubscribe', async () => {
    const desk = storyDesk('first', NOW);
    const fake = createFakeKeel(desk, NOW);
    const heard = vi.fn();
    const unreadable = vi.fn();
    const stop = createBridge(() => fake.api).onEvents(heard, unreadable);
    const [view] = desk.views;
    if (view === undefined) throw new Error('the story has no vault');
    fake.emit({ type: 'VAULT_CHANGED', view });
    fake.emitRaw({ type: 'VAULT_CHANGED', view: { revision: 'one' } });
    await vi.advanceTimersByTimeAsync(100);
    stop();
    fake.emit({ type: 'VAULT_CHANGED', view });
    await vi.advanceTimersByTimeAsync(100);
    expect(heard.mock.calls).toEqual([[[{ type: 'VAULT_CHANGED', view }]]]);
    expect(unreadable).toHaveBeenCalledTimes(1);
  });

  it.each([{ type: 'OPEN_INBOX' }, '{"type":"OPEN_INBOX"}', '[{"type":'])(
    'reports a message that is no list of events: %j',
    (message) => {
      const unreadable = vi.fn();
      let send: (events: unknown) => void = () => undefined;
      const api: KeelApi = {
        invoke: () => Promise.reject(new Error('not asked')),
        onEvents: (listener) => {
          send = listener;
          return () => undefined;
        },
      };
      createBridge(() => api).onEvents(() => undefined, unreadable);
      send(message);
      expect(unreadable).toHaveBeenCalledTimes(1);
    },
  );
});
