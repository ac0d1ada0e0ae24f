import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';

const LOOPBACK = '127.0.0.1';
const MAX_TRIES = 50;
const LAST_PORT = 65_535;
/**
 * Longer than anybody's heartbeat: Node's own five seconds close idle connections just when the next read comes,
 * and the client would see a reset that nobody asked for.
 */
const OPTIONS = { keepAliveTimeout: 120_000, headersTimeout: 130_000 };

export interface ServerPair {
  readonly http: Server;
  readonly webSocket: Server;
  readonly port: number;
}

/**
 * Listens on a port and on the next one, where web3.js looks for the WebSocket. Port 0: a free pair is found.
 * Rejects with the system's error when a given port is taken.
 */
export async function listenOnPair(port: number, onRequest: RequestListener): Promise<ServerPair> {
  for (let attempt = 1; ; attempt += 1) {
    const http = createServer(OPTIONS, onRequest);
    const webSocket = createServer(OPTIONS, onRequest);
    try {
      const first = await listen(http, port);
      if (first === LAST_PORT) throw new Error('no port above it');
      await listen(webSocket, first + 1);
      return { http, webSocket, port: first };
    } catch (error) {
      await closeServer(http);
      if (port !== 0 || attempt === MAX_TRIES) throw error;
    }
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

export function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** False for a name that a page elsewhere could have made point here (DNS rebinding). */
export function isLoopbackHost(request: IncomingMessage): boolean {
  const name = (request.headers.host ?? '').replace(/:\d{1,5}$/, '');
  return name === LOOPBACK || name === 'localhost' || name === '[::1]';
}
