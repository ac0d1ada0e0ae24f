import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RpcEndpoint } from '#domain/network.ts';

export interface ProxiedRequest {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** A reply as JSON; the parts that a node can lie in. */
export interface ProxiedReply {
  result?: { context?: { slot: number }; value?: unknown };
  error?: { code: number; message: string };
}

/** One account of `getMultipleAccounts` in base64. */
export interface ProxiedAccount {
  owner: string;
  data: [string, 'base64'];
}

/** A node of its own, before another one: it can die, and what it passes on can be bent. No WebSocket. */
export class RpcProxy {
  dead = false;
  bend: (request: ProxiedRequest, reply: ProxiedReply) => ProxiedReply = (_, reply) => reply;
  readonly #target: string;
  readonly #http: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(target: string) {
    this.#target = target;
    this.#http = createServer((request, response) => {
      this.#pass(request, response).catch(() => request.socket.destroy());
    });
    this.#http.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async before(target: string): Promise<RpcProxy> {
    const proxy = new RpcProxy(target);
    await new Promise<void>((resolve) => proxy.#http.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  endpoint(label: string): RpcEndpoint {
    const { port } = this.#http.address() as AddressInfo;
    return { label, httpUrl: `http://127.0.0.1:${port}`, webSocketUrl: `ws://127.0.0.1:${port}` };
  }

  /** Bends the accounts that lie at one address; null: there is none. */
  bendAccount(address: string, bend: (account: ProxiedAccount) => ProxiedAccount | null): void {
    this.bend = ({ method, params }, reply) => {
      const [keys] = params as [readonly string[]];
      const value = reply.result?.value;
      if (method !== 'getMultipleAccounts' || !Array.isArray(value)) return reply;
      const at = keys.indexOf(address);
      if (at >= 0 && value[at] !== null) value[at] = bend(value[at] as ProxiedAccount);
      return reply;
    };
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    // A WebSocket that asks to be let in comes as a GET.
    if (this.dead || request.method !== 'POST') {
      request.socket.destroy();
      return;
    }
    const body = Buffer.concat(parts).toString();
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(this.#target, { method: 'POST', headers, body });
    const reply = (await answer.json()) as ProxiedReply;
    response.writeHead(200, headers);
    response.end(JSON.stringify(this.bend(JSON.parse(body) as ProxiedRequest, reply)));
  }
}
