/** The node's HTTP side: JSON-RPC on `/`, the admin API on `/practice`, and every transport fault. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '#main/engine/ports.ts';
import type { RequestFault } from '../faults/fault-plan.ts';
import { answerBody } from './json-rpc.ts';
import { closeServer, isLoopbackHost, listenOnPair } from './loopback.ts';
import type { ServerPair } from './loopback.ts';
import type { RpcNode } from './rpc-method.ts';
import type { SocketServer } from './socket-server.ts';

const MAX_BODY_BYTES = 1024 * 1024;
const ADMIN_PATH = '/practice';
const JSON_TYPE = { 'content-type': 'application/json' };

/** Answers an admin request's body with a JSON text. Never rejects. */
export type AnswerAdmin = (body: string) => Promise<string>;

export class HttpServer {
  readonly port: number;
  readonly #pair: ServerPair;

  private constructor(pair: ServerPair) {
    this.port = pair.port;
    this.#pair = pair;
  }

  static async listen(
    port: number,
    node: RpcNode,
    sockets: SocketServer,
    answerAdmin: AnswerAdmin,
    clock: Clock,
  ): Promise<HttpServer> {
    const pair = await listenOnPair(port, (request, response) => {
      void serve(request, response, node, answerAdmin, clock);
    });
    for (const server of [pair.http, pair.webSocket]) {
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        upgrade(node, sockets, request, socket, head);
      });
    }
    return new HttpServer(pair);
  }

  async close(): Promise<void> {
    await Promise.all([closeServer(this.#pair.http), closeServer(this.#pair.webSocket)]);
  }
}

function upgrade(
  node: RpcNode,
  sockets: SocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const { closeSockets, refuseConnections } = node.plan.faults;
  const refused = closeSockets === true || refuseConnections === true;
  if (refused || !isLoopbackHost(request)) return void socket.destroy();
  socket.on('error', () => socket.destroy());
  sockets.upgrade(request, socket, head);
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  node: RpcNode,
  answerAdmin: AnswerAdmin,
  clock: Clock,
): Promise<void> {
  response.on('error', () => response.destroy());
  if (!isLoopbackHost(request)) return reply(response, 403, 'Host is not this computer');
  const path = (request.url ?? '/').split('?')[0];
  if (path === ADMIN_PATH) return serveAdmin(request, response, answerAdmin);
  if (request.method === 'GET' && path === '/health') return reply(response, 200, 'ok');
  if (request.method !== 'POST') return reply(response, 405, 'Used HTTP Method is not allowed.');
  node.stats.countRequest();
  const fault = node.plan.nextRequestFault();
  const body = await readBody(request);
  if (body === null) return reply(response, 413, 'Payload Too Large');
  await delay(clock, node.plan.faults.latencyMs ?? 0);
  answerRpc(response, node, body, fault);
}

function answerRpc(
  response: ServerResponse,
  node: RpcNode,
  body: string,
  fault: RequestFault | null,
): void {
  switch (fault) {
    case 'timeout':
      return;
    case 'reset':
      return void response.socket?.resetAndDestroy();
    case 'rate-limit':
      return reply(response, 429, RATE_LIMITED, { ...JSON_TYPE, 'retry-after': '1' });
    case 'server-error':
      return reply(response, 503, 'Service Unavailable');
    case 'malformed':
      return reply(response, 200, '<html><body>upstream error</body></html>', JSON_TYPE);
    case 'truncate':
    case null:
      break;
  }
  const text = answerBody(node, body);
  if (text === null) return void response.socket?.resetAndDestroy();
  if (fault === 'truncate') return truncate(response, text);
  reply(response, 200, text, JSON_TYPE);
}

const RATE_LIMITED = JSON.stringify({
  jsonrpc: '2.0',
  error: { code: 429, message: 'Too many requests for a specific RPC call' },
  id: null,
});

function reply(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = { 'content-type': 'text/plain' },
): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** A whole header, half a body, and an orderly end: what a proxy with a full buffer does. */
function truncate(response: ServerResponse, text: string): void {
  response.writeHead(200, { ...JSON_TYPE, connection: 'close' });
  response.end(text.slice(0, Math.floor(text.length / 2)));
}

async function serveAdmin(
  request: IncomingMessage,
  response: ServerResponse,
  answerAdmin: AnswerAdmin,
): Promise<void> {
  if (request.headers.origin !== undefined) return reply(response, 403, 'No web page may ask this');
  if (request.method !== 'POST') return reply(response, 405, 'Used HTTP Method is not allowed.');
  const body = await readBody(request);
  if (body === null) return reply(response, 413, 'Payload Too Large');
  reply(response, 200, await answerAdmin(body), JSON_TYPE);
}

/** Null when the body is too long or the client has gone. */
function readBody(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve(null);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', () => resolve(null));
  });
}

function delay(clock: Clock, delayMs: number): Promise<void> {
  if (delayMs === 0) return Promise.resolve();
  return new Promise((resolve) => clock.schedule(delayMs, resolve));
}
