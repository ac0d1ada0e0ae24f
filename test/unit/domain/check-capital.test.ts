import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WRAPPED_SOL_MINT, type CapitalRule } from '#domain/capital-bounds.ts';
import type { CapitalFacts, TokenFacts } from '#domain/capital-facts.ts';
import type { MoveKind } from '#domain/capital-intent.ts';
import { DEFAULT_CAPITAL_SETTINGS, type CapitalSettings } from '#domain/capital-settings.ts';
import { checkCapital, limitsOf, type CheckedRequest } from '#domain/check-capital.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import { address } from '#domain/ids.ts';
import { lamports, price, quoteAmount, slot, tokenAmount, unixMs } from '#domain/units.ts';
import { onChainVault, paperVault } from '#test/support/vaults.ts';

const FROM = onChainVault(0);
const TO = onChainVault(1);
const MINT = address('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v');
const NO_OUTFLOW = { outflowToday: quoteAmount(0n) };

function token(changes: Partial<TokenFacts> = {}): TokenFacts {
  return {
    token: { symbol: 'USDC', marketIndex: 0, mint: MINT, decimals: 6 },
    walletAmount: tokenAmount(50_000_000n),
    vaultAmount: tokenAmount(100_000_000n),
    oraclePrice: price(1_000_000n),
    status: 'active',
    pausedOperations: [],
    depositRoom: null,
    withdrawable: tokenAmount(90_000_000n),
    guardRoom: tokenAmount(80_000_000n),
    withdrawableAtHealth: tokenAmount(70_000_000n),
    tokenAccountRent: lamports(0n),
    ...changes,
  };
}

const SOL: Partial<TokenFacts> = {
  token: { symbol: 'SOL', marketIndex: 0, mint: WRAPPED_SOL_MINT, decimals: 9 },
  walletAmount: tokenAmount(1_017_000_000n),
};

function facts(of: Partial<TokenFacts> = {}, changes: Partial<CapitalFacts> = {}): CapitalFacts {
  return {
    slot: slot(1n),
    observedAtMs: unixMs(1),
    signerRole: 'owner',
    signerKey: FROM.authority,
    walletLamports: lamports(1_017_000_000n),
    exchangePaused: [],
    accountFlags: [],
    accountExists: true,
    nextSubAccountId: 1,
    createCost: lamports(30_000_000n),
    networkFee: lamports(5_000n),
    tokens: [token(of)],
    ...changes,
  };
}

function move(kind: MoveKind, amount: bigint, toVault: EngineVault = TO): CheckedRequest {
  const of = { vault: FROM, marketIndex: 0, amount: tokenAmount(amount) };
  return kind === 'transfer' ? { kind, toVault, ...of } : { kind, ...of };
}

function rulesOf(
  request: CheckedRequest,
  of: CapitalFacts,
  settings: Partial<CapitalSettings> = {},
  outflow = 0n,
): CapitalRule[] {
  const all = { ...DEFAULT_CAPITAL_SETTINGS, ...settings };
  const more = { outflowToday: quoteAmount(outflow) };
  return checkCapital(request, of, all, more).map(({ rule }) => rule);
}

const KINDS: readonly MoveKind[] = ['deposit', 'withdraw', 'transfer'];

describe('the edges of each cap: exactly all passes, one unit more does not', () => {
  it.each<[CapitalRule, MoveKind, Partial<TokenFacts>, bigint]>([
    ['wallet-balance', 'deposit', {}, 50_000_000n],
    ['sol-reserve', 'deposit', SOL, 1_000_000_000n],
    ['deposit-cap', 'deposit', { depositRoom: tokenAmount(3n) }, 3n],
    ['market-reduce-only', 'deposit', { status: 'reduceOnly', vaultAmount: tokenAmount(-9n) }, 9n],
    ['vault-balance', 'withdraw', { vaultAmount: tokenAmount(4n) }, 4n],
    ['withdrawable', 'withdraw', { withdrawable: tokenAmount(5n) }, 5n],
    ['withdraw-guard', 'withdraw', { guardRoom: tokenAmount(6n) }, 6n],
    ['health-after', 'withdraw', {}, 70_000_000n],
    ['health-after', 'transfer', {}, 70_000_000n],
    ['withdraw-guard', 'transfer', { guardRoom: tokenAmount(6n) }, 6n],
  ])('%s of a %s', (rule, kind, of, most) => {
    expect(rulesOf(move(kind, most), facts(of))).toEqual([]);
    expect(rulesOf(move(kind, 1n), facts(of))).toEqual([]);
    expect(rulesOf(move(kind, most + 1n), facts(of))).toContain(rule);
    const limits = limitsOf(facts(of), DEFAULT_CAPITAL_SETTINGS, NO_OUTFLOW)[0];
    expect(limits?.[kind]).toMatchObject({ max: most, rule });
  });

  it('the daily cap, with what has gone out today', () => {
    const capped = { dailyCap: quoteAmount(10_000_000n) };
    for (const kind of ['withdraw', 'transfer'] as const) {
      expect(rulesOf(move(kind, 4_000_000n), facts(), capped, 6_000_000n)).toEqual([]);
      expect(rulesOf(move(kind, 4_000_001n), facts(), capped, 6_000_000n)).toEqual(['daily-cap']);
      expect(rulesOf(move(kind, 1n), facts({ oraclePrice: null }), capped)).toEqual(['daily-cap']);
      expect(rulesOf(move(kind, 1n), facts(), capped, 10_000_001n)).toEqual(['daily-cap']);
    }
    expect(rulesOf(move('deposit', 50_000_000n), facts(), capped, 10_000_000n)).toEqual([]);
  });

  it('the fee and the rent, beside the reserve', () => {
    const wallet = (units: bigint): Partial<CapitalFacts> => ({ walletLamports: lamports(units) });
    const rent = { tokenAccountRent: lamports(2_039_280n) };
    for (const kind of KINDS) {
      expect(rulesOf(move(kind, 1n), facts({}, wallet(5_000n)))).toEqual([]);
      expect(rulesOf(move(kind, 1n), facts({}, wallet(4_999n)))).toEqual(['network-fee']);
    }
    expect(rulesOf(move('withdraw', 1n), facts(rent, wallet(2_044_280n)))).toEqual([]);
    expect(rulesOf(move('withdraw', 1n), facts(rent, wallet(2_044_279n)))).toEqual(['network-fee']);
    expect(rulesOf(move('withdraw', 1n), facts({}, { walletLamports: null }))).toEqual([]);
  });

  it('fee and rent of the account that wraps SOL stay in the wallet though no reserve is wanted', () => {
    const of = facts({ ...SOL, tokenAccountRent: lamports(2_039_280n) });
    const none = { solReserve: lamports(0n) };
    const most = 1_017_000_000n - 2_039_280n - 5_000n;
    expect(rulesOf(move('deposit', most), of, none)).toEqual([]);
    expect(rulesOf(move('deposit', most + 1n), of, none)).toEqual(['sol-reserve']);
  });

  it('says what would pass, and that passes', () => {
    const [refusal] = checkCapital(
      move('withdraw', 12_340_000n),
      facts({ guardRoom: tokenAmount(12_339_999n) }),
      DEFAULT_CAPITAL_SETTINGS,
      NO_OUTFLOW,
    );
    expect(refusal).toEqual({
      rule: 'withdraw-guard',
      text: '12.34 USDC is too much: the market’s withdraw guard lets 12.339999 USDC out now.',
      wouldPass: 'At most 12.339999 USDC may go out now.',
    });
  });
});

describe('what is forbidden whatever the amount', () => {
  it.each<[CapitalRule, Partial<TokenFacts>, Partial<CapitalFacts>, readonly MoveKind[]]>([
    ['nobody-can-sign', {}, { signerRole: 'none' }, KINDS],
    ['delegate', {}, { signerRole: 'delegate' }, ['withdraw', 'transfer']],
    ['account-missing', {}, { accountExists: false }, KINDS],
    ['account-bankrupt', {}, { accountFlags: ['bankrupt'] }, KINDS],
    [
      'account-being-liquidated',
      {},
      { accountFlags: ['beingLiquidated'] },
      ['withdraw', 'transfer'],
    ],
    ['exchange-paused', {}, { exchangePaused: ['deposit'] }, ['deposit', 'transfer']],
    ['exchange-paused', {}, { exchangePaused: ['withdraw'] }, ['withdraw', 'transfer']],
    ['market-paused', { pausedOperations: ['deposit'] }, {}, ['deposit', 'transfer']],
    ['market-paused', { pausedOperations: ['withdraw'] }, {}, ['withdraw', 'transfer']],
    ['market-status', { status: 'withdrawPaused' }, {}, ['withdraw', 'transfer']],
    ['market-status', { status: 'delisted' }, {}, ['deposit', 'transfer']],
  ])('%s', (rule, of, more, forbidden) => {
    for (const kind of KINDS) {
      const rules = rulesOf(move(kind, 1n), facts(of, more));
      if (forbidden.includes(kind)) expect(rules).toContain(rule);
      else expect(rules).toEqual([]);
    }
  });

  it('other pauses of the exchange forbid nothing here', () => {
    const paused = facts({}, { exchangePaused: ['fill', 'amm', 'funding'] });
    for (const kind of KINDS) expect(rulesOf(move(kind, 1n), paused)).toEqual([]);
  });

  it('amounts that are not above zero, and tokens that are not there', () => {
    expect(rulesOf(move('deposit', 0n), facts())).toEqual(['amount-positive']);
    expect(rulesOf(move('withdraw', -1n), facts())).toEqual(['amount-positive']);
    expect(rulesOf(move('deposit', 1n), facts({}, { tokens: [] }))).toEqual(['token-unknown']);
  });

  it('transfers to itself, to another authority, network or kind', () => {
    const other = onChainVault(1, {
      authority: address('4Nd1mYvJQwVgqRV4p5yZq6bQ4hZ4kGxV4m3kQ5b9wXyz'),
    });
    expect(rulesOf(move('transfer', 1n, FROM), facts())).toEqual(['same-sub-account']);
    const twin = onChainVault(9, { subAccountId: 0 });
    expect(rulesOf(move('transfer', 1n, twin), facts())).toEqual(['same-sub-account']);
    expect(rulesOf(move('transfer', 1n, other), facts())).toEqual(['authority-differs']);
    expect(rulesOf(move('transfer', 1n, paperVault(3)), facts())).toEqual(['network-differs']);
  });
});

describe('opening a sub-account', () => {
  const named = (accountName: string): CheckedRequest => ({
    kind: 'create-sub-account',
    accountName,
  });

  it('takes the rent and the fee, to the lamport', () => {
    const enough = facts({}, { walletLamports: lamports(30_005_000n) });
    expect(rulesOf(named('Second'), enough)).toEqual([]);
    const short = facts({}, { walletLamports: lamports(30_004_999n) });
    expect(rulesOf(named('Second'), short)).toEqual(['network-fee']);
  });

  it('takes a name of 32 bytes and the owner’s key', () => {
    expect(rulesOf(named('a'.repeat(32)), facts())).toEqual([]);
    expect(rulesOf(named('ä'.repeat(16)), facts())).toEqual([]);
    expect(rulesOf(named('ä'.repeat(16) + 'a'), facts())).toEqual(['account-name']);
    expect(rulesOf(named(''), facts())).toEqual(['account-name']);
    expect(rulesOf(named('a'), facts({}, { signerRole: 'delegate' }))).toEqual(['delegate']);
    expect(rulesOf(named('a'), facts({}, { signerRole: 'none' }))).toEqual(['nobody-can-sign']);
    const used = facts({}, { nextSubAccountId: 65_536 });
    expect(rulesOf(named('a'), used)).toEqual(['sub-accounts-used-up']);
  });
});

describe('the form’s limits', () => {
  it('are exactly what the checks let through', () => {
    const units = fc.bigInt(-1_000n, 1_000n).map(tokenAmount);
    const anyToken = fc.record({
      walletAmount: units,
      vaultAmount: units,
      withdrawable: units,
      guardRoom: units,
      withdrawableAtHealth: units,
      depositRoom: fc.option(units),
      oraclePrice: fc.option(fc.bigInt(0n, 5_000_000_000n).map(price)),
      status: fc.constantFrom<TokenFacts['status']>('active', 'reduceOnly', 'withdrawPaused'),
    });
    const anyFacts = fc.record({
      signerRole: fc.constantFrom<CapitalFacts['signerRole']>('owner', 'owner', 'delegate', 'none'),
      walletLamports: fc.constantFrom(null, lamports(4_999n), lamports(10n ** 9n)),
    });
    const cap = fc.option(fc.bigInt(0n, 10_000n).map(quoteAmount));
    fc.assert(
      fc.property(
        anyToken,
        anyFacts,
        cap,
        fc.bigInt(0n, 5_000n),
        fc.bigInt(-5n, 1_005n),
        (of, more, dailyCap, outflow, amount) => {
          const seen = facts(of, more);
          const settings = { ...DEFAULT_CAPITAL_SETTINGS, dailyCap };
          const outflowToday = { outflowToday: quoteAmount(outflow) };
          const limits = limitsOf(seen, settings, outflowToday)[0];
          for (const kind of KINDS) {
            const max = limits?.[kind].max ?? 0n;
            for (const each of [amount, max, max + 1n]) {
              const passes = rulesOf(move(kind, each), seen, settings, outflow).length === 0;
              expect(passes).toBe(each > 0n && each <= max);
            }
          }
        },
      ),
    );
  });
});
