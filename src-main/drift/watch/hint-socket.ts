import { ExponentialBackoff, noJitterGenerator, type IBackoff } from 'cockatiel';
import { WebSocket } from 'ws';
import type { RpcEndpoint, SocketState } from '#domain/network.ts';
import type { Clock, Logger, Unsubscribe } from '#main/engine/ports.ts';
import { SocketSession } from './socket-session.ts';

/** A live cluster makes a slot every 0.4 s: an open socket that is quiet for so long is dead or deaf. */
const SILENT_AFTER_MS = 5_000;
const CHECK_EVERY_MS = 1_000;
const FIRST_RECONNECT_MS = 250;
const LAST_RECONNECT_MS = 10_000;
const HINTS_COALESCE_MS = 25;

const SOCKET_OPTIONS = {
  handshakeTimeout: SILENT_AFTER_MS,
  followRedirects: false,
  perMessageDeflate: false,
  maxPayload: 1024 * 1024,
};

export interface HintSocketOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onState: (state: SocketState) => void;
  readonly onSlot: (slot: bigint) => void;
  /** Accounts that may have changed, each once however often it was told. */
  readonly onHints: (keys: ReadonlySet<string>) => void;
}

/**
 * Watches accounts over a WebSocket for as long as it is open, and opens it again when it falls. It promises
 * nothing: what is missed while it is down stays missed, so all accounts are hinted at after each opening.
 */
export class HintSocket {
  readonly #options: HintSocketOptions;
  #endpoint: RpcEndpoint;
  #keys: ReadonlySet<string> = new Set();
  #session: SocketSession | null = null;
  #state: SocketState = 'down';
  #backoff: IBackoff<unknown> | null = null;
  #reconnect: Unsubscribe | null = null;
  #check: Unsubscribe | null = null;
  #flush: Unsubscribe | null = null;
  readonly #hinted = new Set<string>();

  constructor(endpoint: RpcEndpoint, options: HintSocketOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
  }

  get state(): SocketState {
    return this.#state;
  }

  /** Replaces the accounts watched; none closes the socket. */
  watch(keys: ReadonlySet<string>): void {
    this.#keys = keys;
    if (keys.size === 0) {
      this.close();
      return;
    }
    if (this.#session === null && this.#reconnect === null) this.#open();
    else this.#session?.watch(keys);
  }

  moveTo(endpoint: RpcEndpoint): void {
    this.#endpoint = endpoint;
    this.#backoff = null;
    this.#drop();
    if (this.#keys.size > 0) this.#open();
  }

  close(): void {
    this.#keys = new Set();
    this.#drop();
    this.#flush?.();
    this.#flush = null;
    this.#hinted.clear();
    this.#setState('down');
  }

  #open(): void {
    const { clock, logger } = this.#options;
    const socket = openSocket(this.#endpoint.webSocketUrl);
    if (socket === null) {
      logger.error('socket.address-invalid', { endpoint: this.#endpoint.label });
      this.#setState('down');
      return;
    }
    if (this.#state !== 'silent') this.#setState('connecting');
    const session = new SocketSession(socket, {
      clock,
      onPulse: (slot) => {
        this.#backoff = null;
        this.#setState('live');
        if (slot !== null) this.#options.onSlot(slot);
      },
      onAccount: (key) => this.#hint([key]),
      onOpen: () => this.#hint(this.#keys),
      onUnreadable: (problem) =>
        logger.warn('socket.unreadable', { endpoint: this.#endpoint.label, problem }),
      onClosed: () => this.#fell(session, 'down'),
    });
    this.#session = session;
    session.watch(this.#keys);
    this.#scheduleCheck(session);
  }

  #scheduleCheck(session: SocketSession): void {
    this.#check = this.#options.clock.schedule(CHECK_EVERY_MS, () => {
      if (session.quietMs() > SILENT_AFTER_MS) this.#fell(session, 'silent');
      else this.#scheduleCheck(session);
    });
  }

  #fell(session: SocketSession, state: 'down' | 'silent'): void {
    if (session !== this.#session) return;
    this.#drop();
    this.#setState(state);
    this.#backoff =
      this.#backoff?.next(undefined) ??
      new ExponentialBackoff({
        initialDelay: FIRST_RECONNECT_MS,
        maxDelay: LAST_RECONNECT_MS,
        generator: noJitterGenerator,
      }).next();
    const { clock, logger } = this.#options;
    const delayMs = Math.ceil(this.#backoff.duration);
    logger.info('socket.fell', { endpoint: this.#endpoint.label, state, delayMs });
    this.#reconnect = clock.schedule(delayMs, () => {
      this.#reconnect = null;
      this.#open();
    });
  }

  #drop(): void {
    this.#check?.();
    this.#check = null;
    this.#reconnect?.();
    this.#reconnect = null;
    const session = this.#session;
    this.#session = null;
    session?.close();
  }

  #hint(keys: Iterable<string>): void {
    for (const key of keys) this.#hinted.add(key);
    this.#flush ??= this.#options.clock.schedule(HINTS_COALESCE_MS, () => {
      this.#flush = null;
      const hinted = new Set(this.#hinted);
      this.#hinted.clear();
      this.#options.onHints(hinted);
    });
  }

  #setState(state: SocketState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

/** Null for an address that is none. The error would repeat it, and with it a token that it may hold. */
function openSocket(url: string): WebSocket | null {
  try {
    return new WebSocket(url, SOCKET_OPTIONS);
  } catch {
    return null;
  }
}
