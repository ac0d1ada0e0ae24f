/** The practice network with everything that capital operations need: a funded signer, vaults, venue and reader. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Keypair } from '@solana/web3.js';
import type { EngineVault, OnChainVault } from '#domain/engine-vault.ts';
import { address, vaultId } from '#domain/ids.ts';
import type { Network, RpcEndpoint } from '#domain/network.ts';
import type { Slot } from '#domain/units.ts';
import type { CapitalVenue, Signer } from '#main/engine/ports.ts';
import {
  createDriftCapital,
  createDriftReader,
  type DriftCapitalOptions,
  type DriftReader,
} from '#main/drift/index.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { startPracticeNetwork, type PracticeHandle } from '#main/practice/index.ts';
import type { ReadAfter } from './capital-operations.ts';
import { networkOf } from './drift-reading.ts';
import { KeypairSigner } from './keypair-signer.ts';
import { silentLogger } from './silent-logger.ts';
import { onChainVault } from './vaults.ts';

const RPC_TIMEOUT_MS = 3_000;

export class CapitalPractice {
  readonly practice: PracticeHandle;
  readonly network: Network;
  readonly #folder: string;
  readonly #open: { close(): void }[] = [];

  private constructor(practice: PracticeHandle, network: Network, folder: string) {
    this.practice = practice;
    this.network = network;
    this.#folder = folder;
  }

  /** Slots of 40 ms, finality 8 slots behind. */
  static async start(slotMs = 40): Promise<CapitalPractice> {
    const folder = mkdtempSync(join(tmpdir(), 'keel-capital-'));
    const practice = await startPracticeNetwork({
      dataDir: folder,
      port: 0,
      seed: 7,
      slotMs,
      depths: { confirmed: 1, finalized: 8 },
    });
    return new CapitalPractice(practice, await networkOf(practice), folder);
  }

  get starter(): Keypair {
    return this.practice.starterKeypair;
  }

  vault(subAccountId: number, owner: Keypair = this.starter): OnChainVault {
    const authority = address(owner.publicKey.toBase58());
    return onChainVault(subAccountId, {
      id: vaultId(`${authority}/${subAccountId}`),
      network: this.network.id,
      program: this.network.deployment.program,
      authority,
    });
  }

  venue(
    options: Partial<DriftCapitalOptions> & { readonly endpoints?: readonly RpcEndpoint[] } = {},
    signer: Signer = new KeypairSigner(this.starter),
  ): CapitalVenue {
    const { endpoints = this.network.endpoints, ...others } = options;
    const venue = createDriftCapital({
      network: { ...this.network, endpoints },
      clock: systemClock(),
      logger: silentLogger,
      rpcTimeoutMs: RPC_TIMEOUT_MS,
      signer,
      ...others,
    });
    this.#open.push(venue);
    return venue;
  }

  reader(): DriftReader {
    const reader = createDriftReader({
      network: this.network,
      clock: systemClock(),
      logger: silentLogger,
      rpcTimeoutMs: RPC_TIMEOUT_MS,
    });
    this.#open.push(reader);
    return reader;
  }

  /** Waits for the slot in steps of a few milliseconds of the chain's own time. */
  readAfter(): ReadAfter {
    const reader = this.reader();
    return async (vaults: readonly EngineVault[], minSlot: Slot) => {
      for (;;) {
        const batch = await reader.read(
          vaults,
          new Map(vaults.map(({ id }) => [id, minSlot] as const)),
        );
        if (!batch.ok) throw new Error(batch.error.message);
        const seen = [...batch.value.observations].flatMap(([id, each]) =>
          each.ok ? [[id, each.value] as const] : [],
        );
        if (seen.length === vaults.length) return new Map(seen);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
  }

  async fund(owner: Keypair, lamports: bigint, usdc: bigint): Promise<void> {
    const key = owner.publicKey.toBase58();
    await this.practice.network.airdrop({ address: key, lamports });
    if (usdc > 0n) {
      await this.practice.network.mintTokens({ owner: key, token: 'USDC', amount: usdc });
    }
  }

  closeAll(): void {
    for (const each of this.#open.splice(0)) each.close();
  }

  async stop(): Promise<void> {
    this.closeAll();
    await this.practice.network.close();
    rmSync(this.#folder, { recursive: true });
  }
}
