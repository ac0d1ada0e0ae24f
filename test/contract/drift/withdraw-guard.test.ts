/** A small depositor in a market that lets nothing more out: Keel's limit and the program's are the same unit. */
import { Keypair, type PublicKey } from '@solana/web3.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OnChainVault } from '#domain/engine-vault.ts';
import type { CapitalVenue } from '#main/engine/ports.ts';
import { spotMarketAddress, userAddress } from '#main/drift/codec/addresses.ts';
import { OpenLedger } from '#main/practice/chain/open-ledger.ts';
import { loadFrom, saveTo } from '#main/practice/drift/ledger-accounts.ts';
import type { User } from '#main/practice/drift/types.ts';
import {
  carryOut,
  depositOf,
  factsIn,
  SETTINGS,
  subjectFor,
  tokenIn,
  valueIn,
  withdrawalOf,
} from '#test/support/capital-operations.ts';
import { CapitalPractice } from '#test/support/capital-practice.ts';
import { KeypairSigner } from '#test/support/keypair-signer.ts';

const SOL = 1_000_000_000n;
const USDC = 1_000_000n;
const HELD = 50n * USDC;

let chain: CapitalPractice;
let owner: Keypair;
let venue: CapitalVenue;
let vault: OnChainVault;

beforeAll(async () => {
  chain = await CapitalPractice.start(20);
  owner = Keypair.generate();
  await chain.fund(owner, 10n * SOL, HELD);
  venue = chain.venue({}, new KeypairSigner(owner));
  vault = chain.vault(0, owner);
  const read = chain.readAfter();
  const opening = { kind: 'create-sub-account', vault, accountName: 'Small' } as const;
  await carryOut(venue, subjectFor(opening, vault), read);
  const { token } = tokenIn(await factsIn(venue, vault), 'USDC');
  await carryOut(venue, depositOf(vault, token, HELD), read);
  exhaustGuard();
});

afterAll(() => chain.stop());

function openLedger(): OpenLedger {
  const { bank } = chain.practice.network;
  const now = BigInt(Math.floor(Date.now() / 1_000));
  return new OpenLedger(bank.accounts, bank.programs, bank.slot + 1n, now);
}

/** As after a day on which most of the deposits left. */
function exhaustGuard(): void {
  const { deployment } = chain.practice.world;
  const at: PublicKey = spotMarketAddress(deployment, 0);
  const market = loadFrom(openLedger(), 'SpotMarket', at);
  market.depositTokenTwap = 10n ** 18n;
  saveTo(openLedger(), deployment.program, 'SpotMarket', at, market);
}

function givePast(change: (user: User) => void): void {
  const { deployment } = chain.practice.world;
  const at = userAddress(deployment, owner.publicKey, 0);
  const user = loadFrom(openLedger(), 'User', at);
  change(user);
  saveTo(openLedger(), deployment.program, 'User', at, user);
}

async function simulated(amount: bigint) {
  const facts = await factsIn(venue, vault);
  const subject = withdrawalOf(vault, tokenIn(facts, 'USDC').token, amount);
  return await venue.simulate(subject, valueIn(await venue.plan(subject, facts, SETTINGS)));
}

it.each([
  ['all that is held', HELD, HELD],
  ['what was paid into the market, the rest being earned', 20n * USDC, HELD],
  ['what is left of all that was paid in', HELD, 7n * USDC],
  ['nothing when more was paid out than in', HELD, -1n],
])('lets out %s', async (_words, cumulative, net) => {
  givePast((user) => {
    for (const position of user.spotPositions) position.cumulativeDeposits = cumulative;
    user.totalDeposits = 100n * USDC;
    user.totalWithdraws = 100n * USDC - net;
  });
  const most = net < 0n ? 0n : cumulative < net ? cumulative : net;
  const facts = async () => tokenIn(await factsIn(venue, vault), 'USDC');
  // The account keeps a unit when it rounds.
  await expect
    .poll(async () => {
      const { guardRoom, vaultAmount } = await facts();
      return guardRoom === (vaultAmount < most ? vaultAmount : most);
    })
    .toBe(true);
  const { guardRoom, vaultAmount } = await facts();
  if (guardRoom > 0n) expect(await simulated(guardRoom)).toMatchObject({ ok: true });
  if (guardRoom < vaultAmount) {
    expect(await simulated(guardRoom + 1n)).toMatchObject({
      error: { message: expect.stringContaining('6128') },
    });
  }
});
