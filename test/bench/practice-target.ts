/** The practice network with a crowd of sub-accounts, as a process of its own. One argument: a `PracticeOrder`. */
import { addressOf } from '#main/practice/chain/account-store.ts';
import { startPracticeNetwork } from '#main/practice/index.ts';
import type { PracticeOrder, PracticePlace } from './orders.ts';
import { orderOf, reportAndStay } from './target-process.ts';

const { dataDir, authorities, subAccounts } = orderOf<PracticeOrder>();
const { network, world } = await startPracticeNetwork({
  dataDir,
  port: 0,
  seed: 7,
  world: { population: { authorities, subAccounts } },
});
const place: PracticePlace = {
  httpUrl: network.httpUrl,
  webSocketUrl: network.webSocketUrl,
  genesisHash: network.genesisHash,
  program: addressOf(world.deployment.program),
  stateSeed: world.deployment.stateSeed,
  quoteMint: addressOf(world.deployment.quoteMint),
  starter: {
    authority: addressOf(world.starter.authority),
    subAccountId: world.starter.subAccountId,
  },
  authorities: world.population.map((authority) => addressOf(authority)),
  subAccounts,
};
reportAndStay(place, () => network.close());
