/** The policy's data against the sources that it was taken from. */
import IDL from '@drift-labs/sdk/lib/node/idl/drift.json' with { type: 'json' };
import { MainnetSpotMarkets } from '@drift-labs/sdk';
import { BorshInstructionCoder, type Idl } from '@coral-xyz/anchor';
import { describe, expect, it } from 'vitest';
import { addressWithSeed } from '#main/signer/decode/addresses.ts';
import { INSTRUCTION_RULES, RULE_IDS, ruleOf } from '#main/signer/policy/instruction-rules.ts';
import { ANYWHERE, PLANS } from '#main/signer/policy/plans.ts';
import { TOKEN_PROGRAM } from '#main/signer/policy/programs.ts';
import {
  isDollarCoin,
  pinnedByLiveMarket,
  pinnedByMint,
  pinnedBySymbol,
  PINNED_TOKENS,
} from '#main/signer/policy/tokens.ts';
import { intentOf, tempAccount } from '#test/support/capital-messages.ts';

const VENUE_RULES = {
  deposit: 'deposit',
  withdraw: 'withdraw',
  transferDeposit: 'transferDeposit',
  initializeUserStats: 'initializeUserStats',
  initializeUser: 'initializeUser',
} as const;

describe('rules of venue instructions', () => {
  it.each(Object.entries(VENUE_RULES))('%s is that of the IDL', (rule, name) => {
    const defined = IDL.instructions.find((each) => each.name === name);
    const { accounts, args, mark } = ruleOf(rule as keyof typeof VENUE_RULES);
    expect(accounts.map(({ writable }) => writable)).toEqual(
      defined?.accounts.map(({ isMut }) => isMut),
    );
    const signs = defined?.accounts.findIndex(({ isSigner }) => isSigner) ?? -1;
    expect(accounts[signs]?.role).toBe('signer');
    expect(args).toHaveLength(defined?.args.length ?? -1);
    const zero = {
      marketIndex: 0,
      subAccountId: 0,
      reduceOnly: false,
      name: Array.from({ length: 32 }, () => 0),
    };
    const amount = { toArrayLike: () => Buffer.alloc(8), toTwos: () => amount };
    const data = new BorshInstructionCoder(IDL as unknown as Idl).encode(name, { ...zero, amount });
    expect([...mark]).toEqual([...data.subarray(0, 8)]);
  });

  it('let nothing but moves bring markets', () => {
    const open = RULE_IDS.filter((id) => ruleOf(id).markets);
    expect(open).toEqual(['deposit', 'withdraw', 'transferDeposit']);
  });
});

describe('plans', () => {
  it('use every rule, and each rule is told apart from the others', () => {
    const used = [...ANYWHERE, ...Object.values(PLANS).flat()].flatMap(({ oneOf }) => oneOf);
    expect(new Set(used)).toEqual(new Set(RULE_IDS));
    const marks = Object.values(INSTRUCTION_RULES).map(
      ({ program, mark }) => `${program} ${mark.join(' ')}`,
    );
    expect(new Set(marks).size).toBe(marks.length);
  });

  it('have one venue instruction that moves or opens, and a memo', () => {
    for (const plan of Object.values(PLANS)) {
      const venue = plan.filter(
        ({ oneOf, optional }) => !optional && oneOf.some((id) => ruleOf(id).program === 'venue'),
      );
      expect(venue).toHaveLength(1);
    }
    expect(ANYWHERE.filter(({ optional }) => !optional).map(({ oneOf }) => oneOf)).toEqual([
      ['memo'],
    ]);
  });
});

describe('pinned tokens', () => {
  it('are those of the SDK’s mainnet markets', () => {
    for (const { marketIndex, mint, precisionExp, symbol } of MainnetSpotMarkets) {
      const pinned = pinnedByLiveMarket(marketIndex);
      expect(pinned).toMatchObject({ mint: mint.toBase58(), decimals: precisionExp.toNumber() });
      expect(pinnedByMint(mint.toBase58() as never)).toBe(pinned);
      expect(pinnedBySymbol(symbol), symbol).toBe(pinned);
    }
    const markets = PINNED_TOKENS.flatMap(({ liveMarkets }) => liveMarkets);
    expect(markets).toHaveLength(MainnetSpotMarkets.length);
  });

  it('count as dollars where they are meant to be one, and nowhere else', () => {
    const dollars = PINNED_TOKENS.filter(isDollarCoin).map(({ symbol }) => symbol);
    expect(dollars).toContain('USDC');
    expect(dollars).not.toContain('sUSDe');
    expect(dollars).not.toContain('syrupUSDC');
    expect(dollars).not.toContain('USDY');
    expect(dollars).toHaveLength(8);
  });
});

it('derives the temporary account from signer and operation', () => {
  const intent = intentOf();
  const seed = intent.operationId.replaceAll('-', '');
  expect(seed).toHaveLength(32);
  expect(addressWithSeed(intent.signerKey, seed, TOKEN_PROGRAM)).toBe(
    tempAccount(intent).toBase58(),
  );
});
