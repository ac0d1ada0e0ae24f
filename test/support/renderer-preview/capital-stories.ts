/** Made-up facts and operations: one operation in every state that a trader can meet. */
import type { CapitalFacts, TokenFacts } from '#domain/capital-facts.ts';
import type { CapitalIntent, TokenRef } from '#domain/capital-intent.ts';
import {
  OPERATION_STEPS,
  type CapitalOperation,
  type OperationState,
  type OperationTransition,
  type OperationView,
  type OperationWait,
} from '#domain/capital-operation.ts';
import { address, networkId, operationId, type OperationId, type VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { lamports, price, quoteAmount, slot, tokenAmount, unixMs } from '#domain/units.ts';
import type { Desk } from '#ipc/contract.ts';
import { vaultIdOf } from '#test/support/vaults.ts';
import { OWNER } from './signer-stories.ts';
import { snapshotOf, TIMEOUT } from './stories.ts';

export const USDC: TokenRef = {
  symbol: 'USDC',
  marketIndex: 0,
  mint: address('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'),
  decimals: 6,
};

export const SOL: TokenRef = {
  symbol: 'SOL',
  marketIndex: 1,
  mint: address('So11111111111111111111111111111111111111112'),
  decimals: 9,
};

export function tokenFacts(token: TokenRef, part: Partial<TokenFacts> = {}): TokenFacts {
  const isSol = token.symbol === 'SOL';
  return {
    token,
    walletAmount: tokenAmount(isSol ? 24_812_004_120n : 2_340_500_000n),
    vaultAmount: tokenAmount(isSol ? 12_500_000_000n : 18_442_905_117n),
    oraclePrice: price(isSol ? 152_371_200n : 1_000_000n),
    status: 'active',
    pausedOperations: [],
    depositRoom: null,
    withdrawable: tokenAmount(isSol ? 12_500_000_000n : 17_800_986_617n),
    guardRoom: tokenAmount(isSol ? 9_000_000_000_000n : 5_000_000_000_000n),
    withdrawableAtHealth: tokenAmount(isSol ? 8_213_400_120n : 4_120_250_000n),
    tokenAccountRent: lamports(0n),
    ...part,
  };
}

export function factsOf(nowMs: number, part: Partial<CapitalFacts> = {}): CapitalFacts {
  return {
    slot: slot(312_455_012n),
    observedAtMs: unixMs(nowMs),
    signerRole: 'owner',
    signerKey: OWNER,
    walletLamports: lamports(24_812_004_120n),
    exchangePaused: [],
    accountFlags: [],
    accountExists: true,
    nextSubAccountId: 4,
    createCost: lamports(31_347_840n),
    networkFee: lamports(5_000n),
    tokens: [tokenFacts(USDC), tokenFacts(SOL)],
    ...part,
  };
}

export const ownerFacts = (nowMs: number): CapitalFacts => factsOf(nowMs, { tokens: [] });

/** As the engine would answer for the desk: paper has no wallet, a watched owner no signer. */
export function factsFor(desk: Desk, id: VaultId, nowMs: number): CapitalFacts {
  const vault = desk.views.find((view) => view.vault.id === id)?.vault;
  if (vault?.vaultType === 'virtual') {
    const cash = tokenAmount(50_000_000n);
    const paper = tokenFacts(USDC, {
      walletAmount: tokenAmount(1_000_000_000_000n),
      vaultAmount: cash,
      withdrawable: cash,
      withdrawableAtHealth: cash,
      guardRoom: cash,
    });
    return factsOf(nowMs, {
      signerKey: null,
      walletLamports: null,
      tokens: [paper],
      slot: slot(4n),
    });
  }
  const owns = desk.signer.keys.some(
    ({ kind, publicKey }) => kind === 'keypair' && publicKey === vault?.authority,
  );
  if (owns) return factsOf(nowMs);
  return factsOf(nowMs, { signerRole: 'none', signerKey: null, walletLamports: null });
}

export const operationIdOf = (index: number): OperationId =>
  operationId(`0f000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`);

const CAUSES: Readonly<Partial<Record<OperationState, string>>> = {
  requested: 'asked for by the trader',
  validated: 'all 19 rules pass at slot 312,455,012',
  planned: '3 instructions, 412 bytes',
  simulated: 'would use 61,204 compute units',
  approved: 'confirmed in the signer’s window',
  signed: 'signed by 7xKX…gAsU',
  submitted: 'sent to this computer, 1st time',
  confirmed: 'landed at slot 312,455,031',
  synced: 'read at slot 312,455,033',
  verified: 'the vault shows exactly the expected change',
};

export interface OperationStory {
  readonly index: number;
  readonly intent: CapitalIntent;
  readonly state: OperationState;
  readonly atMs: number;
  readonly wait?: OperationWait | null;
  readonly error?: KeelError | null;
  /** Last ordinary step before a bad end or before `unresolved`. */
  readonly after?: (typeof OPERATION_STEPS)[number];
  readonly revision?: number;
  readonly finalizedBlockHeight?: bigint | null;
}

const SIGNATURE =
  '5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW';

function transitionsOf({ state, after, atMs, error }: OperationStory): OperationTransition[] {
  const isStep = (OPERATION_STEPS as readonly string[]).includes(state);
  const last = (OPERATION_STEPS as readonly string[]).indexOf(
    isStep ? state : (after ?? 'submitted'),
  );
  const steps = OPERATION_STEPS.slice(0, last + 1).map((step, index) => ({
    state: step as OperationState,
    atMs: unixMs(atMs + index * 420),
    cause: CAUSES[step] ?? '',
  }));
  if (isStep) return steps;
  const end = {
    state,
    atMs: unixMs(atMs + 31_000),
    cause: error?.message ?? 'not known after 30 s',
  };
  return [...steps, end];
}

const reached = (transitions: readonly OperationTransition[], state: OperationState): boolean =>
  transitions.some((transition) => transition.state === state);

export function operationOf(story: OperationStory): OperationView {
  const { index, intent, state, atMs, wait = null, error = null, revision = 1 } = story;
  const transitions = transitionsOf(story);
  const moves = intent.kind === 'create-sub-account' ? null : intent;
  const ended = ['verified', 'denied', 'rejected', 'expired', 'discrepant'].includes(state);
  const operation: CapitalOperation = {
    id: operationIdOf(index),
    network: networkId('practice'),
    vaultType: 'onChain',
    intent,
    state,
    signerKey: OWNER,
    value: moves === null ? null : quoteAmount(valueOf(moves)),
    expectation: reached(transitions, 'planned') ? expectationOf(intent) : null,
    simulation: reached(transitions, 'simulated') ? simulationOf(intent, atMs) : null,
    approval: reached(transitions, 'approved') ? 'confirmed' : null,
    transaction: reached(transitions, 'approved')
      ? {
          message: 'AQAB',
          blockhash: '9sHcv6xwn9YkB8nxTUGKDwPwNnmqVp5oAXxU8Fdkm4J6',
          lastValidBlockHeight: 290_112_874n,
          builtAtSlot: slot(312_455_010n),
          genesisHash: null,
          signature: reached(transitions, 'signed') ? SIGNATURE : null,
          wire: null,
        }
      : null,
    landedAtSlot: reached(transitions, 'confirmed') ? slot(312_455_031n) : null,
    error,
    transitions,
    createdAtMs: unixMs(atMs),
    endedAtMs: ended ? unixMs(transitions.at(-1)?.atMs ?? atMs) : null,
  };
  return { operation, wait, finalizedBlockHeight: story.finalizedBlockHeight ?? null, revision };
}

type Move = Exclude<CapitalIntent, { kind: 'create-sub-account' }>;

const valueOf = ({ token, amount }: Move): bigint =>
  token.symbol === 'SOL' ? (amount * 152_371_200n) / 1_000_000_000n : amount;

function changesOf(intent: CapitalIntent): readonly { vaultId: VaultId; change: bigint }[] {
  switch (intent.kind) {
    case 'deposit':
      return [{ vaultId: intent.vaultId, change: intent.amount }];
    case 'withdraw':
      return [{ vaultId: intent.vaultId, change: 0n - intent.amount }];
    case 'transfer':
      return [
        { vaultId: intent.vaultId, change: 0n - intent.amount },
        { vaultId: intent.toVaultId, change: intent.amount },
      ];
    case 'create-sub-account':
      return [];
  }
}

function expectationOf(intent: CapitalIntent): CapitalOperation['expectation'] {
  return {
    slotBefore: slot(312_455_010n),
    opensSubAccount: intent.kind === 'create-sub-account' ? intent.vault.subAccountId : null,
    changes:
      intent.kind === 'create-sub-account'
        ? []
        : changesOf(intent).map(({ vaultId, change }) => ({
            vaultId,
            symbol: intent.token.symbol,
            marketIndex: intent.token.marketIndex,
            decimals: intent.token.decimals,
            change: tokenAmount(change),
            scaledBefore: 18_442_905_117_000n,
          })),
  };
}

function simulationOf(intent: CapitalIntent, atMs: number): CapitalOperation['simulation'] {
  const cashOf = (id: VaultId) => (id === vaultIdOf(2) ? 2_104_220_310n : 18_442_905_117n);
  return {
    slot: slot(312_455_012n),
    after: changesOf(intent).map(({ vaultId, change }) => ({
      vaultId,
      snapshot: snapshotOf(
        {
          cash: cashOf(vaultId) + change,
          perpBase: -42_125_000_000n,
          health: change < 0n ? 80 : 83,
        },
        312_455_012n,
        atMs,
      ),
    })),
    walletLamportsChange: lamports(-5_000n),
    walletTokenChange:
      intent.kind === 'deposit' || intent.kind === 'withdraw'
        ? tokenAmount(intent.kind === 'deposit' ? 0n - intent.amount : intent.amount)
        : null,
    computeUnits: 61_204,
  };
}

const usdc = (units: bigint) => ({ token: USDC, amount: tokenAmount(units) });

export const deposit = (units: bigint, vault = 1): CapitalIntent => ({
  kind: 'deposit',
  vaultId: vaultIdOf(vault),
  ...usdc(units),
});

const withdrawal = (units: bigint, vault = 1): CapitalIntent => ({
  kind: 'withdraw',
  vaultId: vaultIdOf(vault),
  ...usdc(units),
});

const transfer = (units: bigint): CapitalIntent => ({
  kind: 'transfer',
  vaultId: vaultIdOf(1),
  toVaultId: vaultIdOf(2),
  ...usdc(units),
});

const DENIED = keelError(
  'CAPITAL_DENIED',
  'fix-input',
  '9,000 USDC is too much: 4120.25 USDC may leave while health stays at 80 or more.',
  'At most 4120.25 USDC may go out now.',
);

const REJECTED = keelError(
  'FAILED_ON_CHAIN',
  'operator',
  'The program refused it: InsufficientCollateral (6010).',
  'Look at the vault’s margin, then try a smaller amount.',
);

const DISCREPANT = keelError(
  'OPERATION_DISCREPANT',
  'stop',
  'Expected 19,442.905117 USDC after it; the vault shows 19,442.905116.',
  'Do not trade. Compare with another endpoint, then sync again.',
);

/** The newest first, the open ones among them. */
export function operationStories(nowMs: number): readonly OperationView[] {
  const ago = (minutes: number) => nowMs - minutes * 60_000;
  return [
    operationOf({
      index: 1,
      intent: deposit(1_000_000_000n),
      state: 'simulated',
      atMs: nowMs - 9_000,
      wait: { kind: 'unlock' },
    }),
    operationOf({
      index: 2,
      intent: withdrawal(250_000_000n, 2),
      state: 'unresolved',
      after: 'submitted',
      atMs: ago(2),
      finalizedBlockHeight: 290_112_771n,
    }),
    operationOf({ index: 3, intent: deposit(1_000_000_000n), state: 'verified', atMs: ago(34) }),
    operationOf({ index: 4, intent: transfer(400_000_000n), state: 'verified', atMs: ago(58) }),
    operationOf({
      index: 5,
      intent: withdrawal(9_000_000_000n),
      state: 'denied',
      after: 'requested',
      atMs: ago(70),
      error: DENIED,
    }),
    operationOf({
      index: 6,
      intent: withdrawal(1_500_000_000n),
      state: 'rejected',
      after: 'submitted',
      atMs: ago(90),
      error: REJECTED,
    }),
    operationOf({
      index: 7,
      intent: {
        kind: 'deposit',
        vaultId: vaultIdOf(1),
        token: SOL,
        amount: tokenAmount(2_000_000_000n),
      },
      state: 'expired',
      after: 'submitted',
      atMs: ago(1_500),
      error: keelError('TRANSACTION_EXPIRED', 'retry', 'It never landed.', 'Try again.'),
    }),
    operationOf({
      index: 8,
      intent: deposit(1_000_000_000n),
      state: 'discrepant',
      after: 'synced',
      atMs: ago(3_000),
      error: DISCREPANT,
    }),
  ];
}

export const NODE_WAIT = (nowMs: number): OperationWait => ({
  kind: 'node',
  error: TIMEOUT,
  nextAttemptAtMs: unixMs(nowMs + 3_400),
});
