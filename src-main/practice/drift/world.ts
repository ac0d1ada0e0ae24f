/**
 * A simulated Drift: real accounts in the SDK's layouts, instructions executed on the bytes under the program's
 * own rules, prices, funding and interest that move by themselves. All state is in accounts.
 */
import type { Keypair, PublicKey } from '@solana/web3.js';
import { stateAddress } from '#main/drift/codec/addresses.ts';
import type { Ledger, World, WorldCommand } from '../chain/program.ts';
import { followCommand } from './admin.ts';
import { houseAuthority, populationAuthorities } from './genesis/first-accounts.ts';
import { writeGenesis } from './genesis/write-genesis.ts';
import { practiceKeypair } from './keys.ts';
import { loadFrom } from './ledger-accounts.ts';
import { SPOT_MARKETS } from './market-catalogue.ts';
import { settingsOf } from './options.ts';
import type { DriftWorldOptions } from './options.ts';
import { createDriftProgram } from './program.ts';
import { OpenOrderIndex } from './tick/open-order-index.ts';
import { walkPrices } from './tick/prices.ts';
import { fillRestingOrders } from './tick/resting-orders.ts';
import { keepMarkets } from './tick/upkeep.ts';

export interface DriftWorld extends World {
  /** The trader's account on a new network: sub-account 0 hedged, 1 with USDC only, and a funded wallet. */
  readonly starter: {
    readonly authority: PublicKey;
    readonly subAccountId: number;
    readonly keypair: Keypair;
  };
  /** Other traders of the world, with their keys. */
  house(index: number): { readonly authority: PublicKey; readonly keypair: Keypair };
  /** Authorities of `options.population`, in order. */
  readonly population: readonly PublicKey[];
}

export function createDriftWorld(options: DriftWorldOptions = {}): DriftWorld {
  const settings = settingsOf(options);
  const { deployment, seed } = settings;
  const quote = SPOT_MARKETS[0];
  if (!quote) throw new Error('The practice world has no quote market');
  const starter = practiceKeypair(seed, 'starter');
  const orders = new OpenOrderIndex(deployment.program);
  return {
    programs: [createDriftProgram(deployment, (user) => orders.add(user))],
    deployment: { ...deployment, quoteMint: quote.mint },
    starter: { authority: starter.publicKey, subAccountId: 0, keypair: starter },
    population: populationAuthorities(seed, settings.population),
    house: (index) => ({
      authority: houseAuthority(seed, index),
      keypair: practiceKeypair(seed, `house/${index}`),
    }),
    genesis: (ledger: Ledger) => {
      writeGenesis(ledger, settings);
    },
    tick: (ledger: Ledger) => {
      const { exchangeStatus } = loadFrom(ledger, 'State', stateAddress(deployment));
      walkPrices(ledger, settings);
      keepMarkets(ledger, settings, exchangeStatus);
      fillRestingOrders(ledger, settings, exchangeStatus, orders);
    },
    admin: (ledger: Ledger, command: WorldCommand) => followCommand(ledger, settings, command),
  };
}
