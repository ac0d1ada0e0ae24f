/** The step of an endpoint's test that opens its WebSocket and waits for the first slot. */
import { WebSocket } from 'ws';
import type { Clock } from '#main/engine/ports.ts';
import { parseSocketMessage } from '../watch/hint-messages.ts';
import type { Tried } from './test-calls.ts';

/** Resolves with the first slot, with what went wrong, or after the time is up. The socket is closed in any case. */
export function trySocket(url: string, clock: Clock, withinMs: number): Promise<Tried> {
  const socket = openSocket(url, withinMs);
  if (socket === null) {
    return Promise.resolve({ good: false, text: 'The socket’s address is not valid.' });
  }
  return new Promise((resolve) => {
    let subscribed = false;
    const startedMs = clock.monotonicMs();
    const took = (): number => Math.round(clock.monotonicMs() - startedMs);
    const end = (good: boolean, text: string): void => {
      cancel();
      socket.terminate();
      resolve({ good, text });
    };
    const cancel = clock.schedule(withinMs, () =>
      end(
        false,
        subscribed
          ? `It opened, but told no slot within ${withinMs / 1_000} s: heartbeats alone would keep it in step.`
          : `It did not answer within ${withinMs / 1_000} s: heartbeats alone would keep it in step.`,
      ),
    );
    socket.on('open', () =>
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'slotSubscribe', params: [] })),
    );
    socket.on('message', (data) => {
      const message = parseSocketMessage((data as Buffer).toString('utf8'));
      if (!message.ok) return;
      if (message.value.kind === 'slot') end(true, `It opened and told a slot in ${took()} ms.`);
      if (message.value.kind !== 'answer') return;
      subscribed = true;
      if (message.value.subscription !== null) return;
      end(true, `It opened in ${took()} ms; it tells no slots, so Keel asks for signs of life.`);
    });
    socket.on('unexpected-response', (_, { statusCode }) =>
      end(false, `It was refused with HTTP ${statusCode ?? '—'}.`),
    );
    // Never the error's own words: they may hold the address.
    socket.on('error', () => end(false, 'It could not be opened.'));
    socket.on('close', () => end(false, 'It was closed at once.'));
  });
}

function openSocket(url: string, withinMs: number): WebSocket | null {
  try {
    return new WebSocket(url, {
      handshakeTimeout: withinMs,
      followRedirects: false,
      perMessageDeflate: false,
      maxPayload: 1024 * 1024,
    });
  } catch {
    return null;
  }
}
