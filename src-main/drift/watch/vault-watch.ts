import type { VaultId } from '#domain/ids.ts';
import type { RpcEndpoint } from '#domain/network.ts';
import type { Clock, Logger } from '#main/engine/ports.ts';
import type { StatusBoard } from '../status-board.ts';
import type { EndpointPool } from '../rpc/endpoint-pool.ts';
import { HintSocket } from './hint-socket.ts';

export interface VaultWatchOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly board: StatusBoard;
  /** Where the socket begins, and who is told of the slots that it tells. */
  readonly pool: EndpointPool;
}

/** Turns the socket's notices of accounts into hints for vaults. */
export class VaultWatch {
  readonly #socket: HintSocket | null;
  #vaultOf: ReadonlyMap<string, VaultId> = new Map();
  #onHint: (vault: VaultId) => void = () => undefined;
  #closed = false;

  constructor({ clock, logger, board, pool }: VaultWatchOptions) {
    const endpoint = pool.current?.endpoint;
    this.#socket =
      endpoint === undefined
        ? null
        : new HintSocket(endpoint, {
            clock,
            logger,
            onState: (socket) => board.update({ socket }),
            onSlot: (slot) => {
              board.noteSlot(slot);
              pool.noteSocketSlot(slot);
            },
            onHints: (keys) => this.#pass(keys),
          });
  }

  /** Replaces the vaults watched: each by the address of its account. */
  watch(vaultOf: ReadonlyMap<string, VaultId>, onHint: (vault: VaultId) => void): void {
    if (this.#closed) return;
    this.#onHint = onHint;
    this.#vaultOf = vaultOf;
    this.#socket?.watch(new Set(vaultOf.keys()));
  }

  moveTo(endpoint: RpcEndpoint): void {
    this.#socket?.moveTo(endpoint);
  }

  close(): void {
    this.#closed = true;
    this.#socket?.close();
  }

  #pass(keys: ReadonlySet<string>): void {
    for (const key of keys) {
      const vault = this.#vaultOf.get(key);
      if (vault !== undefined) this.#onHint(vault);
    }
  }
}
