import type { WebSocket } from 'ws';
import type { Clock } from '#main/engine/ports.ts';
import { parseSocketMessage } from './hint-messages.ts';

export interface SocketSessionOptions {
  readonly clock: Clock;
  readonly onOpen: () => void;
  /** A sign of life; the slot is null where the node gives no slot notices. */
  readonly onPulse: (slot: bigint | null) => void;
  readonly onAccount: (key: string) => void;
  readonly onUnreadable: (problem: string) => void;
  /** Called once, however the socket ends. */
  readonly onClosed: () => void;
}

type Request = { readonly kind: 'slots' } | { readonly kind: 'account'; readonly key: string };

/**
 * The subscriptions of one open socket: slots as its pulse, and an account each. Node providers without slot
 * notices are kept alive by pings instead.
 */
export class SocketSession {
  readonly #socket: WebSocket;
  readonly #options: SocketSessionOptions;
  readonly #requests = new Map<number, Request>();
  readonly #keyOf = new Map<number, string>();
  readonly #subscribed = new Set<string>();
  #keys: ReadonlySet<string> = new Set();
  #nextId = 1;
  #lastSignMs: number;
  #slotsRefused = false;

  constructor(socket: WebSocket, options: SocketSessionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#lastSignMs = options.clock.monotonicMs();
    socket.on('open', () => {
      this.#send('slotSubscribe', [], { kind: 'slots' });
      this.#subscribe();
      options.onOpen();
    });
    // A ws socket gives Buffers as long as its binaryType stands as it was.
    socket.on('message', (data) => this.#receive((data as Buffer).toString('utf8')));
    socket.on('pong', () => {
      if (this.#slotsRefused) this.#alive(null);
    });
    // An error is always followed by 'close'.
    socket.on('error', () => undefined);
    socket.on('close', options.onClosed);
  }

  watch(keys: ReadonlySet<string>): void {
    this.#keys = keys;
    this.#subscribe();
  }

  /** How long the socket has given no sign of life; asks for one where slots are not to be had. */
  quietMs(): number {
    if (this.#slotsRefused && this.#isOpen) this.#socket.ping();
    return this.#options.clock.monotonicMs() - this.#lastSignMs;
  }

  close(): void {
    this.#socket.terminate();
  }

  get #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  #subscribe(): void {
    if (!this.#isOpen) return;
    for (const [subscription, key] of this.#keyOf) {
      if (this.#keys.has(key)) continue;
      this.#keyOf.delete(subscription);
      this.#subscribed.delete(key);
      this.#send('accountUnsubscribe', [subscription], null);
    }
    for (const key of this.#keys) {
      if (this.#subscribed.has(key)) continue;
      this.#subscribed.add(key);
      const config = { encoding: 'base64', commitment: 'confirmed' };
      this.#send('accountSubscribe', [key, config], { kind: 'account', key });
    }
  }

  #send(method: string, params: readonly unknown[], request: Request | null): void {
    const id = this.#nextId++;
    if (request !== null) this.#requests.set(id, request);
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
  }

  #receive(text: string): void {
    const message = parseSocketMessage(text);
    if (!message.ok) {
      this.#options.onUnreadable(message.error);
      return;
    }
    switch (message.value.kind) {
      case 'slot':
        this.#alive(message.value.slot);
        return;
      case 'account':
        this.#notice(message.value.subscription);
        return;
      case 'answer':
        this.#answered(message.value.request, message.value.subscription);
        return;
    }
  }

  #notice(subscription: number): void {
    const key = this.#keyOf.get(subscription);
    if (key !== undefined) this.#options.onAccount(key);
  }

  #answered(id: number, subscription: number | null): void {
    const request = this.#requests.get(id);
    this.#requests.delete(id);
    if (request?.kind === 'account' && subscription !== null) {
      this.#keyOf.set(subscription, request.key);
      // The account may have left the watch while the answer was under way.
      if (!this.#keys.has(request.key)) this.#subscribe();
    }
    if (request?.kind === 'slots' && subscription === null) this.#slotsRefused = true;
  }

  #alive(slot: bigint | null): void {
    this.#lastSignMs = this.#options.clock.monotonicMs();
    this.#options.onPulse(slot);
  }
}
