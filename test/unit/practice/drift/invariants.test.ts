/** Whatever anybody does in whatever order: nothing is created, and every vault can pay. */
import { Keypair } from '@solana/web3.js';
import type { PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountNameOf, decodeAccount } from '#main/drift/codec/drift-coder.ts';
import { SPOT_MARKETS } from '#main/practice/drift/market-catalogue.ts';
import { sideOf, tokenAmount } from '#main/practice/drift/math/spot-balance.ts';
import { readTokenAccount } from '#main/practice/drift/spl-bytes.ts';
import type { PerpMarket, User } from '#main/practice/drift/types.ts';
import { DriftChain, refusalOf } from '#test/support/drift-chain.ts';

const MARKETS = [0, 1, 2];
const RUNS = Number(process.env.KEEL_PROPERTY_RUNS ?? 12);
/** Each run makes a world of its own. */
const TIMEOUT_MS = 120_000 + RUNS * 2_000;

type Step =
  | {
      readonly kind: 'deposit' | 'withdraw' | 'empty';
      readonly sub: number;
      readonly market: number;
      readonly cents: number;
    }
  | {
      readonly kind: 'transfer';
      readonly sub: number;
      readonly market: number;
      readonly cents: number;
    }
  | {
      readonly kind: 'take' | 'place';
      readonly sub: number;
      readonly side: 'long' | 'short';
      readonly steps: number;
    }
  | { readonly kind: 'settle'; readonly sub: number }
  | { readonly kind: 'price'; readonly percent: number }
  | { readonly kind: 'wait'; readonly seconds: number };

const sub = fc.constantFrom(0, 1);
const market = fc.constantFrom(...MARKETS);
const cents = fc.integer({ min: 1, max: 800_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('deposit', 'withdraw', 'empty', 'transfer'),
    sub,
    market,
    cents,
  }),
  fc.record({
    kind: fc.constantFrom('take', 'place'),
    sub,
    side: fc.constantFrom('long', 'short'),
    steps: fc.integer({ min: 1, max: 4_000 }),
  }),
  fc.record({ kind: fc.constant('settle'), sub }),
  fc.record({ kind: fc.constant('price'), percent: fc.integer({ min: 85, max: 118 }) }),
  fc.record({ kind: fc.constant('wait'), seconds: fc.integer({ min: 1, max: 40_000 }) }),
) as fc.Arbitrary<Step>;

/** Smallest units that are worth about so many cents, closely enough. */
function unitsOf(index: number, amount: number): bigint {
  return BigInt(amount) * ([10_000n, 65_000n, 300n][index] ?? 1n);
}

function follow(chain: DriftChain, trader: PublicKey, each: Step): void {
  switch (each.kind) {
    case 'deposit':
      return chain.deposit(trader, each.sub, each.market, unitsOf(each.market, each.cents));
    case 'withdraw':
      return chain.withdraw(trader, each.sub, each.market, unitsOf(each.market, each.cents));
    case 'empty':
      return chain.withdraw(trader, each.sub, each.market, 10n ** 15n, true);
    case 'transfer':
      return chain.transfer(
        trader,
        each.sub,
        1 - each.sub,
        each.market,
        unitsOf(each.market, each.cents),
      );
    case 'take':
      return chain.take(
        trader,
        each.sub,
        { side: each.side, base: BigInt(each.steps) * 10_000_000n },
        1,
      );
    case 'place': {
      const price = (chain.oraclePrice(6) * (each.side === 'long' ? 98n : 102n)) / 100n;
      return chain.place(trader, each.sub, {
        side: each.side,
        base: BigInt(each.steps) * 10_000_000n,
        price,
      });
    }
    case 'settle':
      return chain.settle(trader, each.sub, 0);
    case 'price':
      return chain.setPrice('SOL', (chain.oraclePrice(6) * BigInt(each.percent)) / 100n);
    case 'wait':
      return chain.advance(12, BigInt(each.seconds) / 12n);
  }
}

interface Everything {
  readonly users: readonly User[];
  readonly perps: readonly PerpMarket[];
}

function everything(chain: DriftChain): Everything {
  const users: User[] = [];
  const perps: PerpMarket[] = [];
  for (const [, { data }] of chain.ledger.accountsOf(chain.world.deployment.program)) {
    const kind = accountNameOf(data);
    if (kind === 'User') users.push(decodeAccount('User', data));
    if (kind === 'PerpMarket') perps.push(decodeAccount('PerpMarket', data));
  }
  return { users, perps };
}

function checkSpotMarkets(chain: DriftChain, { users, perps }: Everything): void {
  for (const index of MARKETS) {
    const account = chain.spot(index);
    const of = (side: 'deposit' | 'borrow') =>
      users
        .flatMap((user) =>
          user.spotPositions.filter((p) => p.marketIndex === index && sideOf(p) === side),
        )
        .reduce((sum, p) => sum + p.scaledBalance, 0n);
    const pools =
      account.revenuePool.scaledBalance +
      (index === 0
        ? perps.reduce((sum, p) => sum + p.pnlPool.scaledBalance + p.amm.feePool.scaledBalance, 0n)
        : 0n);
    expect(of('deposit') + pools).toBe(account.depositBalance);
    expect(of('borrow')).toBe(account.borrowBalance);
    const owed =
      tokenAmount(account.depositBalance, account, 'deposit') -
      tokenAmount(account.borrowBalance, account, 'borrow');
    expect(chain.vault(index)).toBeGreaterThanOrEqual(owed);
  }
}

function checkPerpMarkets({ users, perps }: Everything): void {
  for (const { amm, marketIndex } of perps) {
    const held = users.flatMap((user) =>
      user.perpPositions.filter((p) => p.marketIndex === marketIndex),
    );
    const base = (long: boolean) =>
      held
        .filter((p) => p.baseAssetAmount > 0n === long)
        .reduce((sum, p) => sum + p.baseAssetAmount, 0n);
    expect(amm.baseAssetAmountLong).toBe(base(true));
    expect(amm.baseAssetAmountShort).toBe(base(false));
    expect(amm.baseAssetAmountWithAmm).toBe(base(true) + base(false));
    expect(amm.quoteAssetAmount).toBe(held.reduce((sum, p) => sum + p.quoteAssetAmount, 0n));
    expect(amm.quoteEntryAmountLong + amm.quoteEntryAmountShort).toBe(
      held.reduce((sum, p) => sum + p.quoteEntryAmount, 0n),
    );
  }
}

function tokensInExistence(chain: DriftChain): readonly bigint[] {
  const sums = MARKETS.map(() => 0n);
  for (const [, account] of chain.bank.accounts.heads()) {
    const holding = readTokenAccount(account);
    const index = SPOT_MARKETS.findIndex(({ mint }) => holding?.mint.equals(mint) ?? false);
    if (holding && index >= 0) sums[index] = (sums[index] ?? 0n) + holding.amount;
  }
  return sums;
}

function startedChain(): { chain: DriftChain; trader: PublicKey } {
  const chain = new DriftChain({ fundingPeriodSeconds: 600 });
  const trader = Keypair.fromSeed(Buffer.alloc(32, 5)).publicKey;
  chain.mint(trader, 'SOL', 10_000_000_000n);
  for (const index of MARKETS) chain.give(trader, index, unitsOf(index, 3_000_000));
  chain.openUser(trader, 0);
  chain.openUser(trader, 1);
  return { chain, trader };
}

test(
  'no sequence of instructions breaks the books',
  () => {
    let done = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 30 }), (steps) => {
        const { chain, trader } = startedChain();
        const tokens = tokensInExistence(chain);
        chain.deposit(trader, 0, 0, unitsOf(0, 500_000));
        for (const each of steps) {
          const before = chain.snapshot();
          const refusal = refusalOf(() => {
            follow(chain, trader, each);
          });
          if (refusal === null) done += 1;
          else expect(chain.snapshot()).toBe(before);
        }
        const all = everything(chain);
        checkSpotMarkets(chain, all);
        checkPerpMarkets(all);
        expect(tokensInExistence(chain)).toEqual(tokens);
      }),
      { numRuns: RUNS },
    );
    expect(done).toBeGreaterThan(RUNS * 4);
  },
  TIMEOUT_MS,
);

test(
  'what is deposited comes back whole but for its two roundings, whatever the interest',
  () => {
    fc.assert(
      fc.property(
        market,
        fc.bigInt(10n, 10n ** 9n),
        fc.integer({ min: 0, max: 20_000 }),
        (index, amount, seconds) => {
          const { chain, trader } = startedChain();
          chain.give(trader, index, amount);
          chain.advance(12, BigInt(seconds));
          const purse = chain.tokens(trader, index).userTokenAccount;
          const before = chain.tokenBalance(purse);
          chain.deposit(trader, 0, index, amount);
          const refusal = refusalOf(() => chain.withdraw(trader, 0, index, 2n ** 63n, true));
          expect(refusal).toBeNull();
          // Rounded down into the scaled balance and out of it; with interest a scaled unit is worth more than a token's.
          expect(before - chain.tokenBalance(purse)).toBeLessThanOrEqual(2n);
          expect(before - chain.tokenBalance(purse)).toBeGreaterThanOrEqual(0n);
          expect(chain.user(trader, 0).spotPositions.every((p) => p.scaledBalance === 0n)).toBe(
            true,
          );
        },
      ),
      { numRuns: RUNS, examples: [[1, 558_471_285n, 10_362]] },
    );
  },
  TIMEOUT_MS,
);
