import type { EndpointTest } from '#domain/endpoint-view.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { Network, RpcEndpoint } from '#domain/network.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Clock } from '#main/engine/ports.ts';
import type { ToEngineOnWire } from '#main/ipc/engine-protocol.ts';

/** Longer than a test ever takes, the loading of the venue's SDK with it. */
const WITHIN_MS = 40_000;
/** A window that is not Keel's own any more is not to try addresses by the hundred. */
const AT_ONCE = 4;

export interface EndpointTests {
  /** Errors: `ENGINE_UNAVAILABLE`, also where too many are under way. */
  ask(network: Network, endpoint: RpcEndpoint): Promise<Result<EndpointTest, KeelError>>;
  settle(id: number, test: EndpointTest): void;
  /** The engine is gone: nobody answers what is under way. */
  disconnect(): void;
}

/** The main process's side of endpoint tests, which run in the engine's process: the window never waits on a socket. */
export function createEndpointTests(
  clock: Pick<Clock, 'schedule'>,
  post: (message: ToEngineOnWire) => boolean,
): EndpointTests {
  const waiting = new Map<number, (answer: Result<EndpointTest, KeelError>) => void>();
  let lastId = 0;
  const settle = (id: number, answer: Result<EndpointTest, KeelError>): void => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  };
  return {
    ask(network, endpoint) {
      if (waiting.size >= AT_ONCE) return Promise.resolve(err(tooMany()));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        const cancel = clock.schedule(WITHIN_MS, () => settle(id, err(noAnswer())));
        waiting.set(id, (answer) => {
          cancel();
          resolve(answer);
        });
        if (!post({ type: 'test-endpoint', id, network, endpoint })) settle(id, err(noAnswer()));
      });
    },
    settle: (id, test) => settle(id, ok(test)),
    disconnect() {
      for (const id of waiting.keys()) settle(id, err(noAnswer()));
    },
  };
}

function noAnswer(): KeelError {
  return keelError(
    'ENGINE_UNAVAILABLE',
    'retry',
    'The endpoint was not tested: Keel’s engine did not answer.',
    'Try again when the engine runs.',
  );
}

function tooMany(): KeelError {
  return keelError(
    'ENGINE_UNAVAILABLE',
    'retry',
    `${AT_ONCE} endpoints are being tested at this moment.`,
    'Wait until one of them is done.',
  );
}
