import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

export interface ServedAccount {
  readonly owner: string;
  readonly data: Buffer;
}

export interface ServedRequest {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Answers a request in the server's place; false leaves it to the server. */
export type Intercept = (request: ServedRequest, response: ServerResponse) => boolean;

/** A small real JSON-RPC node over HTTP and WebSocket on a port of its own, that a test can bend. */
export class RpcServer {
  readonly accounts = new Map<string, ServedAccount>();
  readonly requests: ServedRequest[] = [];
  readonly subscriptions = new Map<number, { readonly socket: WebSocket; readonly key: string }>();
  slot = 1_000;
  genesisHash = '11111111111111111111111111111112';
  /** The slot that one reply is of. */
  slotFor: (keys: readonly string[]) => number = () => this.slot;
  intercept: Intercept = () => false;
  /** False: slot notices are neither sent nor promised. */
  sendsSlots = true;
  readonly #http: Server;
  readonly #sockets = new Set<Socket>();
  readonly #webSockets: WebSocketServer;
  #nextSubscription = 1;
  #slotListeners: { readonly socket: WebSocket; readonly subscription: number }[] = [];

  private constructor() {
    this.#http = createServer((request, response) => void this.#answer(request, response));
    this.#http.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#webSockets = new WebSocketServer({ server: this.#http });
    this.#webSockets.on('connection', (socket) => {
      socket.on('message', (data) =>
        this.#answerSocket(socket, JSON.parse((data as Buffer).toString('utf8'))),
      );
    });
  }

  static async start(port = 0): Promise<RpcServer> {
    const server = new RpcServer();
    await new Promise<void>((resolve) => server.#http.listen(port, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get webSocketUrl(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  callsOf(method: string): readonly ServedRequest[] {
    return this.requests.filter((request) => request.method === method);
  }

  /** Moves one slot on and tells the sockets. */
  nextSlot(): void {
    this.slot += 1;
    if (!this.sendsSlots) return;
    for (const { socket, subscription } of this.#slotListeners) {
      notify(socket, 'slotNotification', subscription, { slot: this.slot, parent: 0, root: 0 });
    }
  }

  notifyAccount(key: string): void {
    for (const [subscription, watched] of this.subscriptions) {
      if (watched.key !== key) continue;
      const result = { context: { slot: this.slot }, value: null };
      notify(watched.socket, 'accountNotification', subscription, result);
    }
  }

  dropSockets(): void {
    for (const socket of this.#webSockets.clients) socket.terminate();
  }

  async close(): Promise<void> {
    this.dropSockets();
    this.#webSockets.close();
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = JSON.parse(Buffer.concat(parts).toString()) as ServedRequest | ServedRequest[];
    response.setHeader('content-type', 'application/json');
    if (Array.isArray(body)) {
      response.end(JSON.stringify(body.map((call) => this.#envelope(call))));
      return;
    }
    this.requests.push(body);
    if (this.intercept(body, response)) return;
    response.end(JSON.stringify(this.#envelope(body)));
  }

  #envelope(call: ServedRequest): object {
    return { jsonrpc: '2.0', id: call.id, ...this.#reply(call) };
  }

  #reply({ method, params }: ServedRequest): object {
    if (method === 'getGenesisHash') return { result: this.genesisHash };
    if (method === 'getSlot') return { result: this.slot };
    if (method !== 'getMultipleAccounts') {
      return { error: { code: -32_601, message: `Method not found: ${method}` } };
    }
    const [keys, config] = params as [string[], { minContextSlot?: number }];
    const slot = this.slotFor(keys);
    if ((config.minContextSlot ?? 0) > slot) {
      return { error: { code: -32_016, message: 'Minimum context slot has not been reached' } };
    }
    return { result: { context: { slot }, value: keys.map((key) => this.#accountJson(key)) } };
  }

  #accountJson(key: string): object | null {
    const account = this.accounts.get(key);
    if (account === undefined) return null;
    return {
      data: [account.data.toString('base64'), 'base64'],
      owner: account.owner,
      lamports: 1,
      executable: false,
      rentEpoch: 0,
      space: account.data.length,
    };
  }

  #answerSocket(socket: WebSocket, { id, method, params }: ServedRequest): void {
    const subscription = this.#nextSubscription++;
    const reply = (body: object) => socket.send(JSON.stringify({ jsonrpc: '2.0', id, ...body }));
    switch (method) {
      case 'slotSubscribe':
        this.#slotListeners.push({ socket, subscription });
        reply({ result: subscription });
        return;
      case 'accountSubscribe':
        this.subscriptions.set(subscription, { socket, key: String(params[0]) });
        reply({ result: subscription });
        return;
      case 'accountUnsubscribe':
        this.subscriptions.delete(Number(params[0]));
        reply({ result: true });
        return;
      default:
        reply({ error: { code: -32_601, message: 'Method not found' } });
    }
  }
}

function notify(socket: WebSocket, method: string, subscription: number, result: object): void {
  socket.send(JSON.stringify({ jsonrpc: '2.0', method, params: { subscription, result } }));
}
