/** The practice network: a simulated Drift behind a real Solana RPC on this computer, with play money. */
import { join } from 'node:path';
import type { Keypair } from '@solana/web3.js';
import type { Clock } from '#main/engine/ports.ts';
import type { CommitmentDepths } from './chain/commitment.ts';
import { createDriftWorld } from './drift/world.ts';
import type { DriftWorldOptions } from './drift/options.ts';
import type { DriftWorld } from './drift/world.ts';
import { PracticeNetwork } from './practice-network.ts';
import { systemClock } from './system-clock.ts';
import { worldSeed, writeWhole } from './world-seed.ts';

export const SLOT_MS = 400;
export const STARTER_KEYPAIR_FILE = 'starter-keypair.json';

export interface PracticeOptions {
  /** Folder of the chain; made where it is missing. One process at a time. */
  readonly dataDir: string;
  /** 0: a free pair of ports; the WebSocket listens on this one and on the next. */
  readonly port: number;
  readonly clock?: Clock;
  /** Of a new folder's keys and prices, and of the faults' shares. Default: random. */
  readonly seed?: number;
  /** Default: 400. */
  readonly slotMs?: number;
  readonly depths?: CommitmentDepths;
  readonly world?: Omit<DriftWorldOptions, 'seed'>;
}

export interface PracticeHandle {
  readonly network: PracticeNetwork;
  readonly world: DriftWorld;
  /** Owns the starter's sub-account. Play money only. */
  readonly starterKeypair: Keypair;
  /** The same key in solana-cli's format. */
  readonly starterKeypairPath: string;
}

/** Rejects with the system's error when the port is taken or the folder cannot be written. */
export async function startPracticeNetwork(options: PracticeOptions): Promise<PracticeHandle> {
  const { dataDir, port, seed } = options;
  const world = createDriftWorld({ ...options.world, seed: worldSeed(dataDir, seed) });
  const starterKeypair = world.starter.keypair;
  const starterKeypairPath = join(dataDir, STARTER_KEYPAIR_FILE);
  writeWhole(starterKeypairPath, JSON.stringify([...starterKeypair.secretKey]));
  const network = await PracticeNetwork.start({
    dataDir,
    port,
    world,
    clock: options.clock ?? systemClock,
    slotMs: options.slotMs ?? SLOT_MS,
    faultSeed: seed ?? 1,
    ...(options.depths === undefined ? {} : { depths: options.depths }),
  });
  return { network, world, starterKeypair, starterKeypairPath };
}
