import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keypair } from '@solana/web3.js';
import type { Clock } from '#main/engine/ports.ts';
import type { World } from '#main/practice/chain/program.ts';
import { PracticeNetwork } from '#main/practice/practice-network.ts';
import { systemClock } from '#main/practice/system-clock.ts';

/** A world with nothing in it: the bare chain. */
export function emptyWorld(): World {
  const key = Keypair.generate().publicKey;
  return {
    programs: [],
    deployment: { program: key, stateSeed: 'none', quoteMint: key },
    starter: { authority: key, subAccountId: 0 },
    genesis: () => undefined,
    tick: () => undefined,
    admin: () => undefined,
  };
}

export interface BareNetworkOptions {
  readonly clock?: Clock;
  readonly slotMs?: number;
  readonly dataDir?: string;
  readonly world?: World;
}

/** A practice network without a venue, in a folder of its own that goes with it. Slots of 40 ms unless told otherwise. */
export async function startBareNetwork(
  options: BareNetworkOptions = {},
): Promise<{ network: PracticeNetwork; dataDir: string; close(): Promise<void> }> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'keel-chain-')));
  const network = await PracticeNetwork.start({
    dataDir,
    port: 0,
    world: options.world ?? emptyWorld(),
    clock: options.clock ?? systemClock,
    slotMs: options.slotMs ?? 40,
    faultSeed: 1,
  });
  return {
    network,
    dataDir,
    close: async () => {
      await network.close();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
