/** A bare practice network in a process of its own, for tests that kill it: `DIR` as the only argument. */
import { PracticeNetwork } from '#main/practice/practice-network.ts';
import { systemClock } from '#main/practice/system-clock.ts';
import { emptyWorld } from './practice-chain.ts';

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('Name the folder of the chain');

const network = await PracticeNetwork.start({
  dataDir,
  port: 0,
  world: emptyWorld(),
  clock: systemClock,
  slotMs: 10,
  faultSeed: 1,
});
process.send?.({ httpUrl: network.httpUrl });
