import { describe, expect, it, vi } from 'vitest';
import { address, PRACTICE_NETWORK } from '#domain/ids.ts';
import { z } from 'zod';
import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import type { NewActivity } from '#domain/activity.ts';
import { ok } from '#domain/result.ts';
import { unixMs } from '#domain/units.ts';
import type { SignerAnswer } from '#domain/signer-protocol.ts';
import { SIGNER_NOT_STARTED } from '#domain/signer-state.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import { capitalSettingsSchema } from '#ipc/capital-wire.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import { createEngineLink } from '#main/app/engine-link.ts';
import { DEFAULT_SETTINGS } from '#main/platform/default-settings.ts';
import type { ChildListener } from '#main/app/supervisor.ts';
import {
  toEngineSchema,
  type PracticeHandover,
  type ToEngineOnWire,
} from '#main/ipc/engine-protocol.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const someKey = address('dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH');
const handover: PracticeHandover = {
  type: 'practice',
  network: {
    id: PRACTICE_NETWORK,
    label: 'Practice',
    kind: 'practice',
    deployment: {
      program: someKey,
      stateSeed: 'drift_state',
      quoteMint: someKey,
      quoteSymbol: 'USDC',
    },
    endpoints: [
      {
        label: 'here',
        httpUrl: 'http://127.0.0.1:1',
        webSocketUrl: 'ws://127.0.0.1:2',
      },
    ],
    genesisHash: 'g',
  },
  starter: { authority: someKey, subAccountId: 0 },
};

function linked() {
  const clock = new FakeClock();
  const listeners: ChildListener[] = [];
  const posted: ToEngineOnWire[] = [];
  const calls = {
    opened: vi.fn(),
    events: [] as [DeskEvent, unknown][],
    down: vi.fn(),
    refused: vi.fn(),
    askSigner: vi.fn(() => new Promise<SignerAnswer>(() => undefined)),
    withdrawReview: vi.fn(),
  };
  const link = createEngineLink({
    clock,
    logger,
    report: vi.fn(),
    longestRestartDelayMs: null,
    spawn: (listener) => {
      listeners.push(listener);
      return {
        pid: listeners.length,
        post: (message) => posted.push(message as ToEngineOnWire),
        kill: vi.fn(),
      };
    },
    startMessage: (revisionBase, restore) => ({
      type: 'start',
      dataDirectory: '/data',
      logDirectory: '/logs',
      nativeBinding: null,
      liveNetworks: [],
      liveLockedBecause: null,
      sync: DEFAULT_SYNC_SETTINGS,
      capital: z.encode(capitalSettingsSchema, DEFAULT_CAPITAL_SETTINGS),
      watch: DEFAULT_WATCH_SETTINGS,
      logLevel: 'info',
      haltAll: null,
      restore,
      crashFile: null,
      revisionBase,
      loopReportEveryMs: 60_000,
    }),
    onOpened: calls.opened,
    onEvent: (event, onWire) => calls.events.push([event, onWire]),
    onDown: calls.down,
    onRefused: calls.refused,
    onLoop: vi.fn(),
    askSigner: calls.askSigner,
    withdrawReview: calls.withdrawReview,
  });
  const say = (message: unknown) => listeners.at(-1)?.onMessage(message);
  return { clock, link, listeners, posted, calls, say };
}

const opened = {
  type: 'opened',
  views: [],
  statuses: [],
  exchanges: [],
  haltAll: null,
  notices: [],
};
const review = {
  intent: {
    operationId: '11111111-2222-3333-4444-555555555555',
    kind: 'withdraw',
    network: 'practice',
    networkKind: 'practice',
    program: someKey,
    stateSeed: 'drift_state',
    authority: someKey,
    signerKey: someKey,
    subAccountId: 0,
    toSubAccountId: null,
    token: { symbol: 'USDC', marketIndex: 0, mint: someKey, decimals: 6 },
    amount: '5000000',
    accountName: null,
  },
  message: 'AQID',
  value: '5000000',
  simulation: [{ label: 'Vault', before: '1', after: null, decimals: 6, unit: 'USDC' }],
};
const error = {
  code: 'DATABASE_NEWER',
  message: 'The database has version 9.',
  remedy: 'operator',
  advice: 'Start the newer Keel.',
};

describe('the link to the engine', () => {
  it('says only what the engine can parse', () => {
    const { link, posted } = linked();
    link.start();
    link.handOverPractice(handover);
    link.updateSettings(DEFAULT_SETTINGS);
    link.updateSigner(SIGNER_NOT_STARTED);
    link.resume('wake');
    expect(posted.map((message) => toEngineSchema.safeParse(message).success)).toEqual(
      posted.map(() => true),
    );
    expect(posted.map(({ type }) => type)).toEqual([
      'start',
      'practice',
      'settings',
      'signer-state',
      'resume',
    ]);
  });

  it('tells a restarted engine where the practice network is, with higher revisions', async () => {
    const { clock, link, listeners, posted } = linked();
    link.start();
    link.handOverPractice(handover);
    listeners[0]?.onExit(9);
    await clock.advance(250);
    const starts = posted.flatMap((message) => (message.type === 'start' ? [message] : []));
    expect(starts).toHaveLength(2);
    expect(starts[1]?.revisionBase).toBeGreaterThan(starts[0]?.revisionBase ?? Infinity);
    expect(posted.at(-1)).toEqual(handover);
  });

  it('tells the next engine that one was lost, and how many, until one has opened', async () => {
    const { clock, link, listeners, posted, say } = linked();
    link.start();
    say(opened);
    const lostAtMs = clock.nowMs();
    for (let lives = 0; lives < 2; lives += 1) {
      listeners.at(-1)?.onExit(9);
      await clock.advance(10_000);
    }
    say(opened);
    listeners.at(-1)?.onExit(9);
    const againAtMs = clock.nowMs();
    await clock.advance(10_000);
    const lost = posted.flatMap((each) => (each.type === 'start' ? [each.lost] : []));
    expect(lost).toEqual([
      undefined,
      { atMs: lostAtMs, times: 1 },
      { atMs: lostAtMs, times: 2 },
      { atMs: againAtMs, times: 1 },
    ]);
    expect(toEngineSchema.safeParse(posted.at(-1)).success).toBe(true);
  });

  it('asks no engine that has not opened its database', async () => {
    const { link, say, posted } = linked();
    link.start();
    expect(await link.ask('vault.syncNow', { vaultId: null })).toMatchObject({
      ok: false,
      error: { code: 'ENGINE_UNAVAILABLE' },
    });
    say(opened);
    void link.ask('vault.syncNow', { vaultId: null });
    expect(posted.at(-1)).toMatchObject({ type: 'request', channel: 'vault.syncNow' });
  });

  it('answers what was asked of an engine that dies, and says when it is started again', async () => {
    const { link, listeners, say, calls } = linked();
    link.start();
    say(opened);
    const answer = link.ask('vault.syncNow', { vaultId: null });
    listeners[0]?.onExit(9);
    expect(await answer).toMatchObject({ ok: false, error: { code: 'ENGINE_UNAVAILABLE' } });
    expect(calls.down).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'ENGINE_UNAVAILABLE', remedy: 'retry' }),
    );
  });

  it('does not start an engine again that refuses its database', async () => {
    const { clock, link, listeners, say, calls } = linked();
    link.start();
    say({ type: 'refused', error });
    expect(calls.refused).toHaveBeenCalledWith(error);
    listeners[0]?.onExit(0);
    await clock.advance(60_000);
    expect(listeners).toHaveLength(1);
    expect(calls.down).not.toHaveBeenCalled();
  });

  it('hands parsed events on with their wire form, and drops what it cannot read', () => {
    const { link, say, calls } = linked();
    link.start();
    const event = { type: 'ENGINE_STATUS', running: true, error: null };
    say({ type: 'event', event });
    say({ type: 'event', event: { type: 'VAULT_CHANGED', view: {} } });
    say('nonsense');
    expect(calls.events).toEqual([[event, event]]);
    expect(logger.error).toHaveBeenCalledTimes(2);
  });

  it('hands a review on to the signer, and its answer back to the engine that asked', async () => {
    const { link, say, posted, calls } = linked();
    calls.askSigner.mockResolvedValueOnce(ok('confirmed'));
    link.start();
    say({ type: 'signer-request', id: 4, request: { kind: 'review', review } });
    await vi.waitFor(() =>
      expect(posted.at(-1)).toEqual({ type: 'signer-answer', id: 4, answer: ok('confirmed') }),
    );
    expect(calls.askSigner).toHaveBeenCalledWith(
      expect.objectContaining({ review: expect.objectContaining({ value: 5_000_000n }) }),
    );
  });

  it('takes back the reviews of an engine that dies, and tells no later engine their answers', async () => {
    const { clock, link, listeners, say, posted, calls } = linked();
    let answer: (answer: SignerAnswer) => void = () => undefined;
    calls.askSigner.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    link.start();
    say({ type: 'signer-request', id: 1, request: { kind: 'review', review } });
    listeners[0]?.onExit(9);
    expect(calls.withdrawReview).toHaveBeenCalledWith(review.intent.operationId);
    await clock.advance(250);
    answer(ok('confirmed'));
    await clock.advance(0);
    expect(posted.filter(({ type }) => type === 'signer-answer')).toEqual([]);
  });

  it('drops a signing request that is not sound', () => {
    const { link, say, calls } = linked();
    link.start();
    say({ type: 'signer-request', id: 1, request: { kind: 'export' } });
    say({
      type: 'signer-request',
      id: 2,
      request: { kind: 'review', review: { ...review, value: 5 } },
    });
    expect(calls.askSigner).not.toHaveBeenCalled();
  });

  it('restores with a stopped engine and tells the outcome of the next one', async () => {
    const { clock, link, listeners, say, posted, calls } = linked();
    link.start();
    say(opened);
    const outcome = link.restore('keel-1.db');
    expect(posted.at(-1)).toEqual({ type: 'stop' });
    expect(calls.down).toHaveBeenCalledTimes(1);
    expect(await link.restore('keel-2.db')).toMatchObject({ ok: false });
    listeners[0]?.onExit(0);
    await clock.advance(0);
    expect(posted.at(-1)).toMatchObject({ type: 'start', restore: 'keel-1.db' });
    say({ type: 'restored', outcome: ok({ setAside: 'keel.db.replaced' }) });
    expect(await outcome).toEqual(ok({ setAside: 'keel.db.replaced' }));
    listeners[1]?.onExit(9);
    await clock.advance(10_000);
    expect(posted.at(-1)).toMatchObject({ type: 'start', restore: null });
  });

  it('says that nobody knows when the restoring engine dies, and does not try again', async () => {
    const { clock, link, listeners, posted } = linked();
    link.start();
    const outcome = link.restore('keel-1.db');
    listeners[0]?.onExit(0);
    await clock.advance(0);
    listeners[1]?.onExit(9);
    expect(await outcome).toMatchObject({ ok: false, error: { code: 'BACKUP_UNUSABLE' } });
    await clock.advance(10_000);
    expect(posted.at(-1)).toMatchObject({ type: 'start', restore: null });
  });
});

describe('the activity feed', () => {
  const entry: NewActivity = {
    ...{ atMs: unixMs(7), kind: 'data', tone: 'info' },
    ...{ actor: 'trader', title: 'Exported', text: '' },
    ...{ vaultId: null, network: null, operationId: null, alertId: null },
  };

  it('takes what main has done once its engine is open, and refuses it before', () => {
    const { link, posted, say } = linked();
    link.start();
    expect(link.recordActivity(entry)).toBe(false);
    say(opened);
    expect(link.recordActivity(entry)).toBe(true);
    const arrived = posted.map((message) => toEngineSchema.parse(message));
    expect(arrived.filter(({ type }) => type === 'activity')).toEqual([
      { type: 'activity', entry },
    ]);
  });

  it('hands a recorded entry from the engine’s process on to the window as it came', () => {
    const { link, calls, say } = linked();
    link.start();
    say(opened);
    const event = { type: 'ACTIVITY_RECORDED', entry: { ...entry, id: 3 } };
    say({ type: 'event', event });
    expect(calls.events).toEqual([[event, event]]);
  });
});
