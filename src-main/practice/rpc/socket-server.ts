import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { newSlots, toldUntil } from './notifications.ts';
import type { Told } from './notifications.ts';
import type { RpcNode } from './rpc-method.ts';
import { SocketSession } from './socket-session.ts';

const MAX_MESSAGE_BYTES = 1024 * 1024;

/** The WebSocket side of the node. It is handed upgrades by whichever port they arrive on. */
export class SocketServer {
  readonly #node: RpcNode;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  readonly #sessions = new Set<SocketSession>();
  readonly #told: Told;

  constructor(node: RpcNode) {
    this.#node = node;
    this.#told = toldUntil(node.view);
  }

  get openSockets(): number {
    return this.#sessions.size;
  }

  get subscriptions(): number {
    return [...this.#sessions].reduce((sum, session) => sum + session.subscriptions, 0);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const session = new SocketSession(webSocket, this.#node);
      this.#sessions.add(session);
      webSocket.on('close', () => this.#sessions.delete(session));
    });
  }

  /** Tells every subscriber what the node has newly come to know. */
  notify(): void {
    const slots = newSlots(this.#node.view, this.#told);
    for (const session of this.#sessions) session.notify(slots);
  }

  closeSockets(): void {
    for (const session of this.#sessions) session.close();
  }

  close(): void {
    this.closeSockets();
    this.#server.close();
  }
}
