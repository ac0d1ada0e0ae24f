/** One WebSocket client and its subscriptions. */
import type { WebSocket } from 'ws';
import { errorJson, requestSchema, resultJson } from './json-rpc.ts';
import type { RpcId } from './json-rpc.ts';
import { resultsFor, signatureResults } from './notifications.ts';
import type { NewSlots } from './notifications.ts';
import { RPC_CODE, RpcError } from './rpc-error.ts';
import type { RpcNode } from './rpc-method.ts';
import { watchOf } from './subscription-params.ts';
import type { Watch } from './subscription-params.ts';

/** A client that reads so slowly is cut off before its backlog fills the memory. */
const MAX_BACKLOG_BYTES = 64 * 1024 * 1024;

let nextSubscription = 1;

export class SocketSession {
  readonly #socket: WebSocket;
  readonly #node: RpcNode;
  readonly #watches = new Map<number, Watch>();

  constructor(socket: WebSocket, node: RpcNode) {
    this.#socket = socket;
    this.#node = node;
    // A ws socket gives Buffers as long as its binaryType stands as it was.
    socket.on('message', (data) => this.#receive((data as Buffer).toString('utf8')));
    socket.on('error', () => socket.terminate());
  }

  get subscriptions(): number {
    return this.#watches.size;
  }

  notify(slots: NewSlots): void {
    const { bank, view } = this.#node;
    for (const [subscription, watch] of [...this.#watches]) {
      for (const result of resultsFor(bank, view, watch, slots)) {
        this.#sendResult(subscription, watch, result);
      }
    }
  }

  close(): void {
    this.#socket.terminate();
  }

  #receive(text: string): void {
    let candidate: unknown;
    try {
      candidate = JSON.parse(text);
    } catch {
      return this.#send(errorJson(null, new RpcError(RPC_CODE.parseError, 'Parse error')));
    }
    const request = requestSchema.safeParse(candidate);
    if (!request.success) {
      const invalid = new RpcError(RPC_CODE.invalidRequest, 'Invalid request');
      return this.#send(errorJson(null, invalid));
    }
    const { id, method, params } = request.data;
    // A notification (web3.js pings this way) wants no answer.
    if (id === undefined) return;
    this.#node.stats.countCall(method);
    this.#answer(id, method, params ?? []);
  }

  #answer(id: RpcId, method: string, params: readonly unknown[]): void {
    try {
      if (method.endsWith('Unsubscribe')) {
        return this.#send(resultJson(id, this.#unsubscribe(Number(params[0]))));
      }
      const watch = watchOf(method, params);
      const subscription = nextSubscription;
      nextSubscription += 1;
      this.#watches.set(subscription, watch);
      this.#send(resultJson(id, subscription));
      if (watch.kind === 'signature') this.#startSignature(subscription, watch);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      this.#send(errorJson(id, error));
    }
  }

  #unsubscribe(subscription: number): boolean {
    if (this.#watches.delete(subscription)) return true;
    throw new RpcError(RPC_CODE.invalidParams, 'Invalid subscription id.');
  }

  /** The transaction may have landed before anybody asked. */
  #startSignature(subscription: number, watch: Extract<Watch, { kind: 'signature' }>): void {
    const { bank, view } = this.#node;
    if (watch.reportsReceipt) {
      const context = { slot: Number(view.slotAt('processed')) };
      const result = { context, value: 'receivedSignature' };
      this.#send(notification('signatureNotification', subscription, result));
    }
    for (const result of signatureResults(bank, view, watch)) {
      this.#sendResult(subscription, watch, result);
    }
  }

  #sendResult(subscription: number, watch: Watch, result: unknown): void {
    this.#send(notification(`${watch.kind}Notification`, subscription, result));
    if (watch.kind === 'signature') this.#watches.delete(subscription);
  }

  #send(message: object): void {
    if (this.#node.plan.faults.silentSockets === true) return;
    if (this.#socket.bufferedAmount > MAX_BACKLOG_BYTES) return this.#socket.terminate();
    this.#socket.send(JSON.stringify(message));
  }
}

function notification(method: string, subscription: number, result: unknown): object {
  return { jsonrpc: '2.0', method, params: { result, subscription } };
}
