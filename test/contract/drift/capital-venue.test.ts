/** The on-chain venue against the suite that every capital venue must pass, and what only a chain can do. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import {
  depositOf,
  factsIn,
  makeSigned,
  outcomeOf,
  tokenIn,
  valueIn,
  withChanges,
} from '#test/support/capital-operations.ts';
import { CapitalPractice } from '#test/support/capital-practice.ts';
import { describeCapitalVenue } from '../capital-venue-suite.ts';

let chain: CapitalPractice;

beforeAll(async () => {
  chain = await CapitalPractice.start(20);
  await chain.fund(chain.starter, 10_000_000_000n, 10_000_000_000n);
});
afterAll(() => chain.stop());

/** Two hundred blocks later, finally. */
async function pastExpiry({ lastValidBlockHeight }: OperationTransaction): Promise<void> {
  const { bank } = chain.practice.network;
  const after = lastValidBlockHeight + 40n;
  await expect.poll(() => bank.blocks.tip.height > after, { timeout: 50_000 }).toBe(true);
}

describeCapitalVenue('The practice network', () =>
  Promise.resolve({
    venue: chain.venue(),
    vaults: [chain.vault(0), chain.vault(1)] as const,
    quote: 'USDC',
    read: chain.readAfter(),
    pastExpiry,
    close: () => {
      chain.closeAll();
      return Promise.resolve();
    },
  }),
);

it('tells its own deposit from another one in between by what the transaction moved', async () => {
  const venue = chain.venue();
  const vault = chain.vault(0);
  const { token } = tokenIn(await factsIn(venue, vault), 'USDC');
  const { subject, transaction } = await makeSigned(venue, depositOf(vault, token, 5_000_000n));
  await chain.practice.network.depositAsOther({
    subAccountId: 0,
    token: 'USDC',
    amount: 25_000_000n,
  });
  valueIn(await venue.send(transaction));
  const status = await outcomeOf(venue, transaction);
  if (status.kind !== 'landed') throw new Error(status.kind);
  const landed = withChanges(subject, { state: 'synced', landedAtSlot: status.slot });
  const after = await chain.readAfter()([vault], status.slot);
  expect(valueIn(await venue.judge(landed, after))).toMatchObject({
    kind: 'as-expected',
    words: expect.stringContaining('another transaction'),
  });
  chain.closeAll();
});
