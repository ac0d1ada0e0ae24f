import { Keypair } from '@solana/web3.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { signedTokenAmount } from '#main/practice/drift/math/spot-balance.ts';
import { decodeName, encodeName } from '#main/drift/codec/names.ts';
import { DriftChain, refusalOf } from '#test/support/drift-chain.ts';

const USDC = 0;
const SOL = 1;
const DOLLAR = 1_000_000n;
const ONE_SOL = 1_000_000_000n;

let chain: DriftChain;
let trader: ReturnType<typeof Keypair.generate>['publicKey'];

beforeEach(() => {
  chain = new DriftChain();
  trader = Keypair.generate().publicKey;
  chain.mint(trader, 'SOL', 10n * ONE_SOL);
  chain.mint(trader, 'USDC', 10_000n * DOLLAR);
  chain.openUser(trader, 0, 'First');
});

function held(market: number, subAccountId = 0, authority = trader): bigint {
  const position = chain
    .user(authority, subAccountId)
    .spotPositions.find((p) => p.marketIndex === market && p.scaledBalance > 0n);
  return position ? signedTokenAmount(position, chain.spot(market)) : 0n;
}

function wallet(market: number): bigint {
  return chain.tokenBalance(chain.tokens(trader, market).userTokenAccount);
}

describe('accounts', () => {
  test('open one after the other, named, paid for by the payer', () => {
    chain.openUser(trader, 1, 'Second');
    expect(decodeName(chain.user(trader, 1).name)).toBe('Second');
    expect(chain.stats(trader).numberOfSubAccountsCreated).toBe(2);
    expect(refusalOf(() => chain.openUser(trader, 3))).toBe(6214);
    expect(refusalOf(() => chain.openUser(trader, 1))).toBe(0);
  });

  test('are renamed and delegated by their owner alone', () => {
    const delegate = Keypair.generate().publicKey;
    chain.run(
      'updateUserDelegate',
      { subAccountId: 0, delegate },
      { ...chain.ids(trader, 0), authority: trader },
    );
    expect(chain.user(trader, 0).delegate.equals(delegate)).toBe(true);
    const rename = { subAccountId: 0, name: encodeName('Stolen') };
    expect(
      refusalOf(() =>
        chain.run('updateUserName', rename, { ...chain.ids(trader, 0), authority: delegate }),
      ),
    ).toBe(2006);
  });

  test('close when empty and give their rent back', () => {
    const close = () => chain.run('deleteUser', {}, { ...chain.ids(trader, 0), authority: trader });
    chain.deposit(trader, 0, USDC, DOLLAR);
    expect(refusalOf(close)).toBe(6152);
    chain.withdraw(trader, 0, USDC, 2n * DOLLAR, true);
    const before = chain.ledger.getAccount(trader)?.lamports ?? 0n;
    close();
    expect(chain.ledger.getAccount(chain.ids(trader, 0).user)).toBeNull();
    expect((chain.ledger.getAccount(trader)?.lamports ?? 0n) > before).toBe(true);
  });
});

describe('deposits', () => {
  test('arrive in the vault and in the account', () => {
    const vault = chain.vault(USDC);
    chain.deposit(trader, 0, USDC, 500n * DOLLAR);
    expect(chain.vault(USDC) - vault).toBe(500n * DOLLAR);
    expect(wallet(USDC)).toBe(9_500n * DOLLAR);
    expect(500n * DOLLAR - held(USDC)).toBeLessThanOrEqual(1n);
    expect(chain.user(trader, 0).totalDeposits).toBe(500n * DOLLAR);
  });

  test('of nothing, beyond the cap or into a wrong vault are refused', () => {
    expect(refusalOf(() => chain.deposit(trader, 0, USDC, 0n))).toBe(6002);
    chain.tuneSpot(USDC, (market) => {
      market.maxTokenDeposits = 1_000_000n * DOLLAR;
    });
    expect(refusalOf(() => chain.deposit(trader, 0, USDC, DOLLAR))).toBe(6038);
    const accounts = { ...chain.ids(trader, 0), ...chain.tokens(trader, SOL), authority: trader };
    const args = { marketIndex: USDC, amount: DOLLAR, reduceOnly: false };
    expect(refusalOf(() => chain.run('deposit', args, accounts))).toBe(2006);
  });

  test('are refused while paused, by bit', () => {
    chain.setExchangeStatus(2);
    chain.deposit(trader, 0, USDC, DOLLAR);
    chain.setExchangeStatus(1);
    expect(refusalOf(() => chain.deposit(trader, 0, USDC, DOLLAR))).toBe(6024);
    chain.setExchangeStatus(0);
    chain.tuneSpot(USDC, (market) => {
      market.pausedOperations = 4;
    });
    expect(refusalOf(() => chain.deposit(trader, 0, USDC, DOLLAR))).toBe(6146);
  });

  test('by a delegate come from its own tokens; by a stranger they are refused', () => {
    const delegate = Keypair.generate().publicKey;
    chain.give(delegate, USDC, 100n * DOLLAR);
    expect(refusalOf(() => chain.deposit(trader, 0, USDC, DOLLAR, delegate))).toBe(2003);
    chain.run(
      'updateUserDelegate',
      { subAccountId: 0, delegate },
      { ...chain.ids(trader, 0), authority: trader },
    );
    chain.deposit(trader, 0, USDC, 100n * DOLLAR, delegate);
    expect(100n * DOLLAR - held(USDC)).toBeLessThanOrEqual(1n);
    expect(refusalOf(() => chain.withdraw(trader, 0, USDC, DOLLAR, false, delegate))).toBe(2001);
  });
});

describe('withdrawals', () => {
  beforeEach(() => {
    chain.deposit(trader, 0, USDC, 1_000n * DOLLAR);
  });

  test('of everything leave nothing', () => {
    chain.withdraw(trader, 0, USDC, 5_000n * DOLLAR, true);
    expect(chain.user(trader, 0).spotPositions[0]?.scaledBalance).toBe(0n);
    expect(10_000n * DOLLAR - wallet(USDC)).toBeLessThanOrEqual(1n);
  });

  test('too large are refused with 6003, and nothing has changed', () => {
    const before = chain.snapshot();
    expect(refusalOf(() => chain.withdraw(trader, 0, USDC, 2_000n * DOLLAR))).toBe(6003);
    expect(chain.snapshot()).toBe(before);
  });

  test('may borrow against collateral, as far as its weight goes', () => {
    chain.give(trader, SOL, 10n * ONE_SOL);
    chain.deposit(trader, 0, SOL, 10n * ONE_SOL);
    const free = 1_000n + (10n * 1_524n * 8n) / 100n;
    chain.withdraw(trader, 0, USDC, (free - 5n) * DOLLAR);
    expect(held(USDC)).toBeLessThan(0n);
    expect(refusalOf(() => chain.withdraw(trader, 0, USDC, 10n * DOLLAR))).toBe(6003);
    expect(refusalOf(() => chain.withdraw(trader, 0, USDC, DOLLAR, true))).toBe(6153);
  });

  test('by a large depositor meet the daily guard', () => {
    const lender = chain.world.house(0).authority;
    chain.give(lender, USDC, 1n);
    chain.withdraw(lender, 0, USDC, 1_000_000n * DOLLAR);
    expect(refusalOf(() => chain.withdraw(lender, 0, USDC, 3_900_000n * DOLLAR))).toBe(6128);
  });

  test('by a small depositor pass the exhausted guard with the last unit, and with no earnings', () => {
    chain.give(trader, SOL, 3n * ONE_SOL);
    chain.deposit(trader, 0, SOL, 3n * ONE_SOL);
    chain.deposit(trader, 0, USDC, 1_000n * DOLLAR);
    for (const market of [SOL, USDC]) {
      chain.tuneSpot(market, (of) => {
        of.depositTokenTwap = 10n ** 18n;
      });
    }
    chain.withdraw(trader, 0, SOL, held(SOL));
    expect(held(SOL)).toBe(0n);
    chain.tuneUser(trader, 0, (user) => {
      for (const position of user.spotPositions) position.cumulativeDeposits = 20n * DOLLAR;
    });
    expect(refusalOf(() => chain.withdraw(trader, 0, USDC, 20n * DOLLAR + 1n))).toBe(6128);
    chain.withdraw(trader, 0, USDC, 20n * DOLLAR);
  });

  test('are refused while the exchange or the market pauses them', () => {
    chain.setExchangeStatus(2);
    expect(refusalOf(() => chain.withdraw(trader, 0, USDC, DOLLAR))).toBe(6024);
    chain.setExchangeStatus(0);
    chain.tuneSpot(USDC, (market) => {
      market.pausedOperations = 8;
    });
    expect(refusalOf(() => chain.withdraw(trader, 0, USDC, DOLLAR))).toBe(6149);
  });
});

describe('transfers between sub-accounts', () => {
  test('move the balance and leave the vault alone', () => {
    chain.deposit(trader, 0, USDC, 1_000n * DOLLAR);
    chain.openUser(trader, 1);
    const vault = chain.vault(USDC);
    chain.transfer(trader, 0, 1, USDC, 400n * DOLLAR);
    expect(chain.vault(USDC)).toBe(vault);
    expect(400n * DOLLAR - held(USDC, 1)).toBeLessThanOrEqual(1n);
    expect(600n * DOLLAR - held(USDC, 0)).toBeLessThanOrEqual(2n);
    expect(refusalOf(() => chain.transfer(trader, 0, 1, USDC, 601n * DOLLAR))).toBe(6003);
    expect(refusalOf(() => chain.transfer(trader, 0, 0, USDC, DOLLAR))).toBe(6217);
  });
});

test('borrowers pay depositors as time passes', () => {
  const before = chain.spot(USDC);
  const mine = held(USDC, 0, chain.starter);
  chain.advance(48, 3_600n);
  const after = chain.spot(USDC);
  expect(after.cumulativeBorrowInterest).toBeGreaterThan(before.cumulativeBorrowInterest);
  expect(held(USDC, 0, chain.starter)).toBeGreaterThan(mine);
});

test('somebody else deposits into the starter', () => {
  const before = held(USDC, 0, chain.starter);
  const transactions = chain.world.admin(chain.ledger, {
    method: 'depositAsOther',
    subAccountId: 0,
    token: 'USDC',
    amount: 77n * DOLLAR,
  });
  for (const { instructions } of transactions ?? []) chain.ledger.execute(instructions);
  expect(before + 77n * DOLLAR - held(USDC, 0, chain.starter)).toBeLessThanOrEqual(1n);
  expect(
    refusalOf(() =>
      chain.world.admin(chain.ledger, {
        method: 'depositAsOther',
        subAccountId: 9,
        token: 'USDC',
        amount: 1n,
      }),
    ),
  ).toBe('InvalidArgument');
});
