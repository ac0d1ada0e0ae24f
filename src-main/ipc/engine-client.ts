import type { ChannelName } from '#ipc/contract.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err } from '#domain/result.ts';
import type { Clock, Unsubscribe } from '#main/engine/ports.ts';
import { checkAnswer, type FaultReport } from './answer-request.ts';
import type { ToEngineOnWire } from './engine-protocol.ts';
import type { Answer, EngineChannel } from './handlers.ts';

const ORDINARY_TIMEOUT_MS = 15_000;
/** Channels that wait for the chain, with its retries, or that read a whole database. */
const TIMEOUTS_MS: Partial<Record<EngineChannel, number>> = {
  'vault.syncNow': 120_000,
  'vault.scanAuthority': 60_000,
  'vault.createVirtual': 60_000,
  'vault.addOnChain': 60_000,
  'capital.loadFacts': 60_000,
  'capital.loadAuthorityFacts': 60_000,
  'capital.request': 60_000,
  'capital.cancel': 60_000,
  'backup.list': 60_000,
  'backup.make': 120_000,
  'backup.previewRestore': 60_000,
};

export interface EngineClient {
  /** Asks the engine in wire form; never rejects. Without an engine or an answer: `ENGINE_UNAVAILABLE`. */
  ask(channel: EngineChannel, request: unknown): Promise<Answer>;
  /** The engine may be asked from now on. */
  connect(post: (message: ToEngineOnWire) => void): void;
  /** The engine is gone: everything under way is answered with `ENGINE_UNAVAILABLE`. */
  disconnect(): void;
  /** An answer has come; one that nobody waits for any more is dropped. */
  settle(id: number, answer: Answer): void;
}

interface Waiting {
  readonly channel: ChannelName;
  readonly resolve: (answer: Answer) => void;
  readonly cancelTimeout: Unsubscribe;
}

/** The main process's side of requests to the engine: ids, time-outs, and an answer for everybody. */
export function createEngineClient(clock: Clock, report: FaultReport): EngineClient {
  const waiting = new Map<number, Waiting>();
  let post: ((message: ToEngineOnWire) => void) | null = null;
  let lastId = 0;

  function settle(id: number, answer: Answer): void {
    const asked = waiting.get(id);
    if (asked === undefined) return;
    waiting.delete(id);
    asked.cancelTimeout();
    asked.resolve(checkAnswer(asked.channel, answer, report));
  }

  return {
    settle,
    ask(channel, request) {
      if (post === null) return Promise.resolve(err(engineDown(channel)));
      lastId += 1;
      const id = lastId;
      const timeoutMs = TIMEOUTS_MS[channel] ?? ORDINARY_TIMEOUT_MS;
      const answer = new Promise<Answer>((resolve) => {
        const onTimeout = () => settle(id, err(engineSilent(channel, timeoutMs)));
        const cancelTimeout = clock.schedule(timeoutMs, onTimeout);
        waiting.set(id, { channel, resolve, cancelTimeout });
      });
      post({ type: 'request', id, channel, request });
      return answer;
    },
    connect(newPost) {
      post = newPost;
    },
    disconnect() {
      post = null;
      for (const [id, { channel }] of waiting) settle(id, err(engineDied(channel)));
    },
  };
}

function unavailable(channel: string, message: string, advice: string): KeelError {
  return keelError('ENGINE_UNAVAILABLE', 'retry', message, advice, { channel });
}

function engineDown(channel: string): KeelError {
  return unavailable(
    channel,
    `Keel's engine is not running at this moment: nothing was done.`,
    'Wait until Keel has started it again, then repeat.',
  );
}

function engineDied(channel: string): KeelError {
  return unavailable(
    channel,
    `Keel's engine stopped while it worked on this: nobody knows yet whether it was done.`,
    'Wait until Keel has started it again, look whether it was done, then repeat.',
  );
}

function engineSilent(channel: string, timeoutMs: number): KeelError {
  return unavailable(
    channel,
    `Keel's engine has not answered within ${timeoutMs / 1_000} s.`,
    'Look whether it was done, then repeat.',
  );
}
