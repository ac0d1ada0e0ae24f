/** One node of the practice network: its own ports, faults and counts, on the chain that all nodes share. */
import type { PracticeFaults } from '#domain/practice.ts';
import type { RpcEndpoint } from '#domain/network.ts';
import type { Clock } from '#main/engine/ports.ts';
import type { AdminResult } from './admin-wire.ts';
import type { Bank } from './chain/bank.ts';
import type { CommitmentDepths } from './chain/commitment.ts';
import { FaultPlan } from './faults/fault-plan.ts';
import { HttpServer, type AnswerAdmin } from './rpc/http-server.ts';
import { NodeView } from './rpc/node-view.ts';
import type { RpcNode } from './rpc/rpc-method.ts';
import { RpcStats } from './rpc/rpc-stats.ts';
import { SocketServer } from './rpc/socket-server.ts';

export interface PracticeNodeParts {
  readonly label: string;
  readonly bank: Bank;
  readonly clock: Clock;
  readonly depths: CommitmentDepths;
  /** Of the faults' shares. */
  readonly faultSeed: number;
}

export class PracticeNode {
  readonly #parts: PracticeNodeParts;
  readonly #node: RpcNode;
  readonly #sockets: SocketServer;
  #http: HttpServer | null = null;

  constructor(parts: PracticeNodeParts) {
    const { bank, depths, faultSeed } = parts;
    const plan = new FaultPlan(faultSeed);
    this.#parts = parts;
    this.#node = { bank, plan, view: new NodeView(bank, plan, depths), stats: new RpcStats() };
    this.#sockets = new SocketServer(this.#node);
  }

  /** Rejects with the system's error when the port is taken. */
  async listen(port: number, answerAdmin: AnswerAdmin): Promise<void> {
    const { clock } = this.#parts;
    this.#http = await HttpServer.listen(port, this.#node, this.#sockets, answerAdmin, clock);
  }

  /** 0 until it listens. */
  get port(): number {
    return this.#http?.port ?? 0;
  }

  /** The WebSocket where web3.js looks by itself; the HTTP port takes them as well. */
  get endpoint(): RpcEndpoint {
    return {
      label: this.#parts.label,
      httpUrl: `http://127.0.0.1:${this.port}`,
      webSocketUrl: `ws://127.0.0.1:${this.port + 1}`,
    };
  }

  get faults(): PracticeFaults {
    return this.#node.plan.faults;
  }

  /** Replaces all of its faults. */
  setFaults(faults: PracticeFaults): void {
    this.#node.plan.set(faults);
    if (faults.closeSockets === true) this.#sockets.closeSockets();
  }

  stats(reset: boolean): AdminResult<'stats'> {
    const { openSockets, subscriptions } = this.#sockets;
    const stats = { ...this.#node.stats.read(), openSockets, subscriptions };
    if (reset) this.#node.stats.reset();
    return stats;
  }

  /** The chain has moved: tells every subscriber what the node has newly come to know. */
  notify(): void {
    this.#sockets.notify();
  }

  async close(): Promise<void> {
    this.#sockets.close();
    await this.#http?.close();
  }
}
