/**
 * The practice network put together: chain, world, disk, RPC and faults, driven by one clock.
 * Invariant: a slot is on disk before any client can see it.
 */
import { randomBytes } from 'node:crypto';
import { PublicKey } from '@solana/web3.js';
import type { Clock } from '#main/engine/ports.ts';
import type { PracticeFaults } from '#domain/practice.ts';
import { createAdminApi } from './admin-api.ts';
import type { AdminParams, AdminResult, PracticeAdmin } from './admin-wire.ts';
import { addressOf } from './chain/account-store.ts';
import { Bank } from './chain/bank.ts';
import { hashOf } from './chain/block.ts';
import { USUAL_DEPTHS } from './chain/commitment.ts';
import type { CommitmentDepths } from './chain/commitment.ts';
import type { World, WorldCommand } from './chain/program.ts';
import { SlotTimer } from './chain/slot-timer.ts';
import { describeTransactionError } from './chain/transaction-error.ts';
import { signTransaction } from './chain/world-transaction.ts';
import { FaultPlan } from './faults/fault-plan.ts';
import { HttpServer } from './rpc/http-server.ts';
import { NodeView } from './rpc/node-view.ts';
import type { RpcNode } from './rpc/rpc-method.ts';
import { RpcStats } from './rpc/rpc-stats.ts';
import { SocketServer } from './rpc/socket-server.ts';
import { ChainFile } from './storage/chain-file.ts';

/** More slots than a power failure can lose: what was not flushed is never made a second time. */
const SKIPPED_MS = 4_000;

export interface NetworkParts {
  readonly dataDir: string;
  /** 0: a free pair of ports. */
  readonly port: number;
  readonly world: World;
  readonly clock: Clock;
  readonly slotMs: number;
  /** Of the faults' shares. */
  readonly faultSeed: number;
  readonly depths?: CommitmentDepths;
}

export class PracticeNetwork implements PracticeAdmin {
  readonly world: World;
  readonly bank: Bank;
  readonly #node: RpcNode;
  readonly #sockets: SocketServer;
  readonly #file: ChainFile;
  readonly #timer: SlotTimer;
  readonly #clock: Clock;
  readonly #onNextSlot: (() => void)[] = [];
  #http: HttpServer | null = null;

  private constructor(parts: NetworkParts) {
    const { world, clock, slotMs } = parts;
    const { file, saved } = ChainFile.open(parts.dataDir);
    this.world = world;
    this.#clock = clock;
    this.#file = file;
    this.bank =
      saved === null
        ? Bank.create(hashOf(randomBytes(32).toString('hex')), world, this.#nowSeconds())
        : Bank.restore(saved, world, BigInt(Math.ceil(SKIPPED_MS / slotMs)));
    file.writeBase(this.bank.saved());
    const plan = new FaultPlan(parts.faultSeed);
    const view = new NodeView(this.bank, plan, parts.depths ?? USUAL_DEPTHS);
    this.#node = { bank: this.bank, view, plan, stats: new RpcStats() };
    this.#sockets = new SocketServer(this.#node);
    this.#timer = new SlotTimer(clock, slotMs, () => this.#advance());
  }

  /** Rejects with the system's error when the port is taken or the folder cannot be written. */
  static async start(parts: NetworkParts): Promise<PracticeNetwork> {
    const network = new PracticeNetwork(parts);
    const api = createAdminApi(network);
    try {
      network.#http = await HttpServer.listen(
        parts.port,
        network.#node,
        network.#sockets,
        api,
        parts.clock,
      );
    } catch (error) {
      network.#file.close();
      throw error;
    }
    network.#timer.start();
    return network;
  }

  get port(): number {
    return this.#http?.port ?? 0;
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Where web3.js looks by itself; the HTTP port takes WebSockets as well. */
  get webSocketUrl(): string {
    return `ws://127.0.0.1:${this.port + 1}`;
  }

  get genesisHash(): string {
    return this.bank.genesisHash;
  }

  async close(): Promise<void> {
    this.#timer.stop();
    this.#release();
    this.#sockets.close();
    await this.#http?.close();
    this.#file.close();
  }

  status(): Promise<AdminResult<'status'>> {
    const { starter, deployment } = this.world;
    return Promise.resolve({
      slot: this.bank.slot,
      genesisHash: this.genesisHash,
      faults: this.#node.plan.faults,
      starter: { authority: addressOf(starter.authority), subAccountId: starter.subAccountId },
      program: addressOf(deployment.program),
      stateSeed: deployment.stateSeed,
      quoteMint: addressOf(deployment.quoteMint),
    });
  }

  setFaults(faults: PracticeFaults): Promise<void> {
    this.#node.plan.set(faults);
    if (faults.closeSockets === true) this.#sockets.closeSockets();
    if (faults.freezeSlots === true) {
      this.#timer.stop();
      this.#release();
    } else {
      this.#timer.start();
    }
    return Promise.resolve();
  }

  stats(options: AdminParams<'stats'> = {}): Promise<AdminResult<'stats'>> {
    const { openSockets, subscriptions } = this.#sockets;
    const stats = { ...this.#node.stats.read(), openSockets, subscriptions };
    if (options.reset === true) this.#node.stats.reset();
    return Promise.resolve(stats);
  }

  async airdrop({ address, lamports }: AdminParams<'airdrop'>): Promise<void> {
    this.bank.credit(address, lamports);
    await this.#nextSlot();
  }

  mintTokens({ owner, token, amount }: AdminParams<'mintTokens'>): Promise<Landed> {
    return this.#command({ method: 'mintTokens', owner: new PublicKey(owner), token, amount });
  }

  setExchangeStatus({ bits }: AdminParams<'setExchangeStatus'>): Promise<Landed> {
    return this.#command({ method: 'setExchangeStatus', bits });
  }

  setPrice({ market, price }: AdminParams<'setPrice'>): Promise<Landed> {
    return this.#command({ method: 'setPrice', market, price });
  }

  depositAsOther(params: AdminParams<'depositAsOther'>): Promise<Landed> {
    return this.#command({ method: 'depositAsOther', ...params });
  }

  /** Resolves when the command shows, or at once while the slots are frozen. */
  async #command(command: WorldCommand): Promise<Landed> {
    const { bank } = this;
    const { blockhash } = bank.blocks.tip;
    const transactions = bank
      .command(command)
      .map(({ instructions, signers }) => signTransaction(instructions, signers, blockhash));
    for (const transaction of transactions) bank.submit(transaction);
    await this.#nextSlot();
    for (const { signature } of transactions) {
      const err = bank.history.find(signature)?.err ?? null;
      if (err !== null) throw new Error(describeTransactionError(err));
    }
    return { signatures: transactions.map(({ signature }) => signature) };
  }

  #advance(): void {
    const change = this.bank.advance(this.#nowSeconds());
    this.#file.append(change);
    if (this.#file.isBulky) this.#file.writeBase(this.bank.saved());
    this.#sockets.notify();
    this.#release();
  }

  #nextSlot(): Promise<void> {
    if (this.#node.plan.faults.freezeSlots === true) return Promise.resolve();
    return new Promise((resolve) => this.#onNextSlot.push(resolve));
  }

  #release(): void {
    for (const resolve of this.#onNextSlot.splice(0)) resolve();
  }

  #nowSeconds(): bigint {
    return BigInt(Math.floor(this.#clock.nowMs() / 1000));
  }
}

type Landed = AdminResult<'mintTokens'>;
