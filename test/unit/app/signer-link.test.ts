import type { MessagePortMain } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import { address, operationId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import type { SignerRequest, SignerStart, ToSigner } from '#domain/signer-protocol.ts';
import { SIGNER_NOT_STARTED, type SignerState } from '#domain/signer-state.ts';
import type { ReviewRequest } from '#domain/signing.ts';
import { createSignerLink, type SignerLinkParts } from '#main/app/signer-link.ts';
import type { ChildListener } from '#main/app/supervisor.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const key = address('dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH');
const limits = DEFAULT_CAPITAL_SETTINGS;
const start: SignerStart = {
  type: 'start',
  keysFolder: '/keys',
  logDirectory: '/logs',
  limits,
  liveLockedBecause: null,
  practiceKeyFile: null,
};
const rename: SignerRequest = { kind: 'rename', publicKey: key, name: 'Mine' };
const review: SignerRequest = { kind: 'review', review: {} as ReviewRequest };
const unlocked: SignerState = { ...SIGNER_NOT_STARTED, status: 'unlocked' };

beforeEach(() => Object.values(logger).forEach((log) => log.mockReset()));

function linked(changes: Partial<SignerLinkParts> = {}) {
  const clock = new FakeClock();
  const listeners: ChildListener[] = [];
  const posted: { message: ToSigner; ports: readonly MessagePortMain[] | undefined }[] = [];
  const calls = {
    onState: vi.fn(),
    onWindowWanted: vi.fn(),
    onWindowDone: vi.fn((_number: number | null) => undefined),
    pickFile: vi.fn(async (): Promise<string | null> => '/home/me/key.json'),
    deviceSecret: vi.fn(() => ok(new Uint8Array([1, 2, 3]))),
  };
  const link = createSignerLink({
    clock,
    logger,
    startMessage: () => start,
    spawn: (listener) => {
      listeners.push(listener);
      return {
        pid: listeners.length,
        // As a process would get it: a copy.
        post: (message, ports) =>
          posted.push({ message: structuredClone(message) as ToSigner, ports }),
        kill: vi.fn(),
      };
    },
    ...calls,
    ...changes,
  });
  const say = (message: unknown) => listeners.at(-1)?.onMessage(message);
  const last = () => posted.at(-1)?.message;
  return { clock, link, listeners, posted, calls, say, last };
}

describe('the link to the signer', () => {
  it('starts it with its folder and limits, and again when it has died', async () => {
    const { clock, link, listeners, posted, calls } = linked();
    link.start();
    expect(posted[0]?.message).toEqual(start);
    listeners[0]?.onExit(9);
    expect(calls.onState).toHaveBeenLastCalledWith(
      expect.objectContaining({
        status: 'unavailable',
        error: expect.objectContaining({ code: 'SIGNER_UNAVAILABLE' }),
      }),
    );
    await clock.advance(250);
    expect(posted.at(-1)?.message).toEqual(start);
    expect(listeners).toHaveLength(2);
  });

  it('refuses while there is none', async () => {
    const { link } = linked();
    expect(await link.ask(rename)).toMatchObject({
      ok: false,
      error: { code: 'SIGNER_UNAVAILABLE' },
    });
    expect(link.connectWindow({ number: 1, task: null }, {} as MessagePortMain)).toBe(false);
  });

  it('gives every asker its own answer', async () => {
    const { link, say } = linked();
    link.start();
    const first = link.ask(rename);
    const second = link.ask(review);
    say({ type: 'answer', id: 2, answer: ok('typed') });
    say({ type: 'answer', id: 1, answer: ok(null) });
    expect(await first).toEqual(ok(null));
    expect(await second).toEqual(ok('typed'));
  });

  it('waits for the trader as long as it takes, for everything else half a minute', async () => {
    const { clock, link, say } = linked();
    link.start();
    const approval = link.ask(review);
    const renamed = link.ask(rename);
    await clock.advance(30_000);
    expect(await renamed).toMatchObject({ ok: false, error: { code: 'SIGNER_UNAVAILABLE' } });
    await clock.advance(86_400_000);
    say({ type: 'answer', id: 1, answer: ok('confirmed') });
    expect(await approval).toEqual(ok('confirmed'));
  });

  it('answers what was asked of a signer that dies, and closes its window', async () => {
    const { link, listeners, calls } = linked();
    link.start();
    const approval = link.ask(review);
    listeners[0]?.onExit(1);
    expect(await approval).toMatchObject({ ok: false, error: { code: 'SIGNER_UNAVAILABLE' } });
    expect(calls.onWindowDone.mock.calls).toEqual([[null]]);
  });

  it('tells of its state and of its window', () => {
    const { link, say, calls } = linked();
    link.start();
    say({ type: 'state', state: unlocked });
    say({ type: 'window-wanted' });
    say({ type: 'window-done', number: 7 });
    expect(link.state).toEqual(unlocked);
    expect(calls.onState.mock.calls).toEqual([[unlocked]]);
    expect(calls.onWindowWanted).toHaveBeenCalledTimes(1);
    expect(calls.onWindowDone.mock.calls).toEqual([[7]]);
  });

  it('hands the port over with its task', () => {
    const { link, posted } = linked();
    const port = { name: 'port' } as unknown as MessagePortMain;
    link.start();
    expect(link.connectWindow({ number: 3, task: { kind: 'unlock' } }, port)).toBe(true);
    expect(posted.at(-1)).toEqual({
      message: { type: 'window', number: 3, task: { kind: 'unlock' } },
      ports: [port],
    });
  });

  it('picks files by path alone, also where the dialog fails', async () => {
    const pick = { type: 'pick-file', purpose: 'import', suggestedName: '' };
    const { link, say, last, clock } = linked();
    link.start();
    say(pick);
    await clock.advance(0);
    expect(last()).toEqual({ type: 'picked', path: '/home/me/key.json' });
    const failing = linked({ pickFile: () => Promise.reject(new Error('no dialog')) });
    failing.link.start();
    failing.say(pick);
    await clock.advance(0);
    expect(failing.last()).toEqual({ type: 'picked', path: null });
  });

  it('hands the device secret over and overwrites its own copy', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const { link, say, last } = linked({ deviceSecret: () => ok(bytes) });
    link.start();
    say({ type: 'device-secret', act: 'load' });
    expect(last()).toEqual({ type: 'device-secret', secret: ok(new Uint8Array([1, 2, 3])) });
    expect([...bytes]).toEqual([0, 0, 0]);
  });

  it('hands over why there is no device secret', () => {
    const refusal = err(keelError('SECRET_STORE_UNAVAILABLE', 'operator', 'None.', 'Set one up.'));
    const { link, say, last } = linked({ deviceSecret: () => refusal });
    link.start();
    say({ type: 'device-secret', act: 'create' });
    expect(last()).toEqual({ type: 'device-secret', secret: refusal });
  });

  it('passes on limits, lock, activity and what nobody waits for any more', () => {
    const { link, posted } = linked();
    const operation = operationId('11111111-2222-3333-4444-555555555555');
    link.start();
    link.updateLimits(limits);
    link.usePracticeKey('/practice/key.json');
    link.lock('suspend');
    link.activity();
    link.withdrawReview(operation);
    expect(posted.slice(1).map(({ message }) => message)).toEqual([
      { type: 'limits', limits },
      { type: 'practice-key', file: '/practice/key.json' },
      { type: 'lock', cause: 'suspend' },
      { type: 'activity' },
      { type: 'withdraw-review', operationId: operation },
    ]);
  });

  const malformed: [string, unknown][] = [
    ['nothing', undefined],
    ['a text', 'unlock'],
    ['an unknown type', { type: 'sign-anything' }],
    ['a state without a status', { type: 'state', state: { ...unlocked, status: 'open' } }],
    ['an answer without an id', { type: 'answer', answer: ok('typed') }],
    ['an answer with bytes', { type: 'answer', id: 1, answer: ok(new Uint8Array(64)) }],
    ['an answer too long', { type: 'answer', id: 1, answer: ok('x'.repeat(101)) }],
    ['an error of no known code', { type: 'answer', id: 1, answer: err({ code: 'X' }) }],
    ['a way out of the folder', { type: 'pick-file', purpose: 'export', suggestedName: '../k' }],
    ['an absolute name', { type: 'pick-file', purpose: 'export', suggestedName: '/etc/k' }],
    ['an unknown act', { type: 'device-secret', act: 'print' }],
  ];
  it.each(malformed)('drops %s, and does not log what it was', (_, message) => {
    const { link, say, posted, calls } = linked();
    link.start();
    say(message);
    expect(posted).toHaveLength(1);
    expect(calls.onState).not.toHaveBeenCalled();
    expect(calls.pickFile).not.toHaveBeenCalled();
    expect(calls.deviceSecret).not.toHaveBeenCalled();
    expect(logger.error.mock.calls).toEqual([['signer.unreadable']]);
  });

  it('logs nothing of what is asked and answered', async () => {
    const canary = 'CANARY-2719';
    const { link, say } = linked();
    link.start();
    const renamed = link.ask({ ...rename, name: canary });
    say({
      type: 'answer',
      id: 1,
      answer: err(keelError('KEY_EXISTS', 'fix-input', canary, canary)),
    });
    await renamed;
    const logged = Object.values(logger).flatMap((log) => log.mock.calls);
    expect(JSON.stringify(logged)).not.toContain(canary);
  });
});
