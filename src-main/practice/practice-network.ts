/**
 * The practice network put together: chain, world, disk, RPC and faults, driven by one clock.
 * Invariant: a slot is on disk before any client can see it.
 */
import { randomBytes } from 'node:crypto';
import { PublicKey } from '@solana/web3.js';
import type { RpcEndpoint } from '#domain/network.ts';
import type { Clock } from '#main/engine/ports.ts';
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
import { PracticeNode } from './practice-node.ts';
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
  readonly #nodes: Readonly<Record<'a' | 'b', PracticeNode>>;
  readonly #file: ChainFile;
  readonly #timer: SlotTimer;
  readonly #clock: Clock;
  readonly #onNextSlot: (() => void)[] = [];

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
    const { bank } = this;
    const node = (label: string, faultSeed: number): PracticeNode =>
      new PracticeNode({ label, bank, clock, depths: parts.depths ?? USUAL_DEPTHS, faultSeed });
    this.#nodes = {
      a: node('Practice node A', parts.faultSeed),
      b: node('Practice node B', parts.faultSeed + 1),
    };
    this.#timer = new SlotTimer(clock, slotMs, () => this.#advance());
  }

  /** Rejects with the system's error when the port is taken or the folder cannot be written. */
  static async start(parts: NetworkParts): Promise<PracticeNetwork> {
    const network = new PracticeNetwork(parts);
    const api = createAdminApi(network);
    try {
      const { a, b } = network.#nodes;
      await a.listen(parts.port, api);
      // Above the first one's pair where that is free, so that a restart finds both where they were.
      await b.listen(a.port + 2, api).catch(() => b.listen(0, api));
    } catch (error) {
      await network.#closeNodes();
      network.#file.close();
      throw error;
    }
    network.#timer.start();
    return network;
  }

  /** Both nodes; the first is the one that the other figures here are of. */
  get endpoints(): readonly RpcEndpoint[] {
    return [this.#nodes.a.endpoint, this.#nodes.b.endpoint];
  }

  get port(): number {
    return this.#nodes.a.port;
  }

  get httpUrl(): string {
    return this.#nodes.a.endpoint.httpUrl;
  }

  get webSocketUrl(): string {
    return this.#nodes.a.endpoint.webSocketUrl;
  }

  get genesisHash(): string {
    return this.bank.genesisHash;
  }

  async close(): Promise<void> {
    this.#timer.stop();
    this.#release();
    await this.#closeNodes();
    this.#file.close();
  }

  status(): Promise<AdminResult<'status'>> {
    const { starter, deployment } = this.world;
    const { a, b } = this.#nodes;
    return Promise.resolve({
      slot: this.bank.slot,
      genesisHash: this.genesisHash,
      faults: a.faults,
      faultsByNode: { a: a.faults, b: b.faults },
      starter: { authority: addressOf(starter.authority), subAccountId: starter.subAccountId },
      program: addressOf(deployment.program),
      stateSeed: deployment.stateSeed,
      quoteMint: addressOf(deployment.quoteMint),
    });
  }

  setFaults({ node = 'both', ...faults }: AdminParams<'setFaults'>): Promise<void> {
    const { a, b } = this.#nodes;
    if (node !== 'b') a.setFaults(faults);
    if (node !== 'a') b.setFaults(faults);
    if (this.#isFrozen) {
      this.#timer.stop();
      this.#release();
    } else {
      this.#timer.start();
    }
    return Promise.resolve();
  }

  stats({ reset = false, node = 'a' }: AdminParams<'stats'> = {}): Promise<AdminResult<'stats'>> {
    return Promise.resolve(this.#nodes[node].stats(reset));
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

  async setMarket(change: AdminParams<'setMarket'>): Promise<void> {
    await this.#command({ method: 'setMarket', change });
  }

  async setHealth(wanted: AdminParams<'setHealth'>): Promise<AdminResult<'setHealth'>> {
    let price = 0n;
    const onPrice = (found: bigint): void => {
      price = found;
    };
    await this.#command({ method: 'setHealth', wanted, onPrice });
    return { price };
  }

  tradeAsOther(trade: AdminParams<'tradeAsOther'>): Promise<Landed> {
    return this.#command({ method: 'tradeAsOther', trade });
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
    for (const node of Object.values(this.#nodes)) node.notify();
    this.#release();
  }

  /** A single node may stand still by itself; the chain does when no node shows it moving. */
  get #isFrozen(): boolean {
    return Object.values(this.#nodes).every(({ faults }) => faults.freezeSlots === true);
  }

  async #closeNodes(): Promise<void> {
    await Promise.all(Object.values(this.#nodes).map((node) => node.close()));
  }

  #nextSlot(): Promise<void> {
    if (this.#isFrozen) return Promise.resolve();
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
