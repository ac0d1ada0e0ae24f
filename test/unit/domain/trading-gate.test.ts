import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchangeStatusOf } from '#domain/exchange-status.ts';
import { gateInputsOf, type GateSurroundings } from '#domain/gate-inputs.ts';
import { GATE_CODES, TRADING_ACTS, type GateCode } from '#domain/gate-reason.ts';
import { address, networkId } from '#domain/ids.ts';
import { keyReadinessOf } from '#domain/key-readiness.ts';
import { SIGNER_NOT_STARTED, type SignerState } from '#domain/signer-state.ts';
import { gateReasons, tradingGate } from '#domain/trading-gate.ts';
import { slot, unixMs } from '#domain/units.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { unlockedWith } from '#test/support/signer-states.ts';
import {
  DOUBTS,
  GOOD,
  GOOD_PAPER,
  OPEN_OPERATION,
  withInputs,
  withState,
  type Doubt,
  type Judged,
} from './gate-doubts.ts';
import { FAULT, NOW, onChainOn, paperOn, STALE_AFTER_MS, verifiedView } from './views.ts';

const judge = ({ inputs, market }: Judged, act: (typeof TRADING_ACTS)[number]) =>
  tradingGate(inputs, act, market);
const reasonsOf = ({ inputs, market }: Judged) => gateReasons(inputs, market);
const raised = (doubts: readonly Doubt[], from: Judged): Judged =>
  doubts.reduce((judged, { raise }) => raise(judged), from);

/** At most one doubt of each aspect, in any order. */
const someDoubts = fc
  .shuffledSubarray([...DOUBTS], { maxLength: 8 })
  .map((doubts) =>
    doubts.filter(({ aspect }, at) => doubts.findIndex((each) => each.aspect === aspect) === at),
  );

describe('the trading gate (M4)', () => {
  it.each([
    ['on chain', GOOD],
    ['on paper, without key, node or exchange', GOOD_PAPER],
  ])('lets a verified, fresh vault do everything: %s', (_name, judged) => {
    for (const act of TRADING_ACTS) {
      expect(judge(judged, act)).toEqual({ allowed: true, reasons: [] });
    }
  });

  it.each(DOUBTS.map((doubt) => [doubt.name, doubt] as const))('%s', (_name, { gives, raise }) => {
    const judged = raise(GOOD);
    const told = Object.fromEntries(reasonsOf(judged).map(({ code, blocks }) => [code, blocks]));
    expect(told).toEqual(gives);
    for (const act of TRADING_ACTS) {
      const codes = (Object.keys(gives) as GateCode[]).filter((code) => gives[code]?.includes(act));
      expect(judge(judged, act).allowed).toBe(codes.length === 0);
      expect(new Set(judge(judged, act).reasons.map(({ code }) => code))).toEqual(new Set(codes));
    }
  });

  it('reaches every code', () => {
    const reached = new Set(DOUBTS.flatMap(({ gives }) => Object.keys(gives)));
    expect(GATE_CODES.filter((code) => !reached.has(code))).toEqual([]);
  });
});

/** On a limit is not past it. */
describe('on the limit itself', () => {
  const { criticalHealthBps, maxSlotLag, maxLatencyMs } = DEFAULT_WATCH_SETTINGS;
  const healthAt = (healthBps: number): Judged => {
    const { state } = GOOD.inputs.view;
    if (state.observation === null) throw new Error('no observation');
    const { snapshot } = state.observation;
    const figures = { ...snapshot.figures, healthBps };
    const observation = { ...state.observation, snapshot: { ...snapshot, figures } };
    return withState(GOOD, { observation });
  };
  const nodeAt = (slotLag: number, latencyP50Ms: number): Judged => {
    const { network } = GOOD.inputs;
    const endpoints = network?.endpoints.map((each) => ({ ...each, slotLag, latencyP50Ms })) ?? [];
    return withInputs(GOOD, { network: network === null ? null : { ...network, endpoints } });
  };

  it.each([
    ['health', healthAt(criticalHealthBps), healthAt(criticalHealthBps - 1)],
    ['the slots of a node', nodeAt(maxSlotLag, 1), nodeAt(maxSlotLag + 1, 1)],
    ['the answers of a node', nodeAt(0, maxLatencyMs), nodeAt(0, maxLatencyMs + 1)],
  ])('%s allow everything, past it no risk is added', (_name, on, past) => {
    expect(judge(on, 'increase')).toEqual({ allowed: true, reasons: [] });
    expect(judge(past, 'increase').allowed).toBe(false);
  });

  it.each([Number.NaN, -1])('a health of %s is no health', (healthBps) => {
    expect(judge(healthAt(healthBps), 'increase').allowed).toBe(false);
    expect(judge(healthAt(healthBps), 'withdraw').allowed).toBe(false);
  });
});

describe('whatever is doubted', () => {
  it('one doubt more never opens the gate', () => {
    fc.assert(
      fc.property(someDoubts, fc.nat(), (doubts, pick) => {
        const more = doubts[pick % Math.max(1, doubts.length)];
        const before = raised(
          doubts.filter((each) => each !== more),
          GOOD,
        );
        const after = more?.raise(before) ?? before;
        for (const act of TRADING_ACTS) {
          if (!judge(before, act).allowed) expect(judge(after, act).allowed).toBe(false);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('each reason says something, forbids something, and the gravest comes first', () => {
    fc.assert(
      fc.property(someDoubts, (doubts) => {
        const reasons = reasonsOf(raised(doubts, GOOD));
        const ranks = reasons.map(({ code }) => GATE_CODES.indexOf(code));
        expect(ranks).toEqual([...ranks].sort((left, right) => left - right));
        for (const { text, advice, blocks } of reasons) {
          expect(text.trim()).not.toBe('');
          expect(advice.trim()).not.toBe('');
          expect(blocks.length).toBeGreaterThan(0);
        }
        expect(new Set(reasons.map(({ text }) => text)).size).toBe(reasons.length);
      }),
    );
  });

  it('the answer to an act is exactly the reasons that forbid it', () => {
    fc.assert(
      fc.property(someDoubts, fc.constantFrom(...TRADING_ACTS), (doubts, act) => {
        const judged = raised(doubts, GOOD);
        const { allowed, reasons } = judge(judged, act);
        expect(reasons).toEqual(reasonsOf(judged).filter(({ blocks }) => blocks.includes(act)));
        expect(allowed).toBe(reasons.length === 0);
      }),
    );
  });

  it.each([
    ['a deposit', 'deposit', ['age', 'synced', 'failure', 'verification', 'health', 'halted']],
    ['taking risk off', 'reduce', ['health', 'oracle', 'flag-reduceOnly']],
    ['a withdrawal', 'withdraw', ['age', 'synced', 'failure', 'halted', 'node', 'oracle']],
  ] as const)('%s is not refused for what does not endanger it', (_name, act, aspects) => {
    const harmless = DOUBTS.filter(({ aspect }) => (aspects as readonly string[]).includes(aspect));
    expect(harmless.length).toBeGreaterThanOrEqual(aspects.length);
    fc.assert(
      fc.property(fc.subarray(harmless), (doubts) => {
        expect(judge(raised(doubts, GOOD), act)).toEqual({ allowed: true, reasons: [] });
      }),
    );
  });

  it('a slow or lagging node never keeps a vault from taking risk off', () => {
    const slow = DOUBTS.filter(({ name }) => name === 'a slow node' || name === 'a node behind');
    expect(slow).toHaveLength(2);
    for (const { raise } of slow) {
      expect(judge(raise(GOOD), 'increase').allowed).toBe(false);
      expect(judge(raise(GOOD), 'reduce').allowed).toBe(true);
    }
  });
});

describe('the words of a reason', () => {
  const halt = { error: FAULT, attempts: 4, sinceMs: NOW };
  const failure = { error: FAULT, attempts: 4, cause: 'heartbeat', atMs: NOW } as const;
  const discrepant = { kind: 'discrepant', error: FAULT, atMs: NOW } as const;
  const textsOf = (judged: Judged) => reasonsOf(judged).map(({ text }) => text);

  it('are its own, however the causes meet', () => {
    const other = { ...FAULT, message: 'Something else happened.' };
    expect(textsOf(withState(GOOD, { failure, halt }))).toEqual([
      FAULT.message,
      'Trading stays off until you enable it again.',
    ]);
    expect(textsOf(withState(GOOD, { failure, halt: { ...halt, error: other } }))).toEqual([
      FAULT.message,
      'Trading was halted: Something else happened.',
    ]);
    expect(textsOf(withState(GOOD, { failure, halt, verification: discrepant }))).toEqual([
      FAULT.message,
      'Trading stays off until you enable it again.',
    ]);
    expect(textsOf(withState(GOOD, { halt }))).toEqual([`Trading was halted: ${FAULT.message}`]);
    const byHand = { ...FAULT, code: 'HALTED_BY_TRADER' } as const;
    expect(textsOf(withState(GOOD, { halt: { ...halt, error: byHand } }))).toEqual([
      'You halted trading by hand.',
    ]);
  });

  it('tell the figures, and since when', () => {
    const byName = (name: string) => {
      const found = DOUBTS.find((doubt) => doubt.name === name);
      if (found === undefined) throw new Error(`no doubt ${name}`);
      return reasonsOf(found.raise(GOOD))[0];
    };
    expect(byName('health below the limit')?.text).toBe(
      'Health 19.9 is below the critical limit of 20.',
    );
    expect(byName('a node behind')?.text).toContain('51 slots behind; the limit is 50');
    expect(byName('a slow node')?.text).toContain('takes 501 ms');
    expect(byName('an oracle of long ago')?.text).toContain('151 slots ago');
    expect(byName('an operation is unresolved')).toMatchObject({
      sinceMs: NOW,
      text: 'A withdrawal from this vault may or may not have landed: its outcome is not known yet.',
    });
  });
});

describe('the exchange as the gate knows it', () => {
  const paused = (bits: number, ownSlot: bigint, ownBits: number) => {
    const { view, exchange } = GOOD.inputs;
    const { observation } = view.state;
    const watched = exchange?.observation ?? null;
    if (observation === null || exchange === null || watched === null) throw new Error('nothing');
    const snapshot = {
      ...observation.snapshot,
      slot: slot(ownSlot),
      exchangeStatus: exchangeStatusOf(ownBits),
    };
    const judged = withInputs(withState(GOOD, { observation: { ...observation, snapshot } }), {
      exchange: {
        ...exchange,
        observation: { ...watched, status: exchangeStatusOf(bits) },
        pausedSinceMs: { fill: unixMs(7) },
      },
    });
    return judge(judged, 'increase').reasons;
  };

  it('is the newer of the vault’s own read and of the watch’s', () => {
    expect(paused(8, 0n, 0)).toMatchObject([{ code: 'exchange-paused', sinceMs: 7 }]);
    expect(paused(0, 0n, 8)).toEqual([]);
    expect(paused(8, 2n, 0)).toEqual([]);
    expect(paused(0, 2n, 255)).toMatchObject([{ code: 'exchange-paused' }]);
    expect(paused(1 + 2, 0n, 0)).toEqual([]);
  });

  it('is the vault’s own read where the watch has seen nothing yet', () => {
    const { exchange } = GOOD.inputs;
    if (exchange === null) throw new Error('no exchange');
    const unseen = withInputs(GOOD, { exchange: { ...exchange, observation: null } });
    expect(judge(unseen, 'increase').allowed).toBe(true);
    const unread = withState(unseen, { observation: null });
    expect(judge(unread, 'deposit').allowed).toBe(true);
  });
});

describe('what of the surroundings concerns a vault', () => {
  const other = { ...GOOD.inputs.network, network: networkId('other') } as NonNullable<
    typeof GOOD.inputs.network
  >;
  const down = { ...other, connection: 'reconnecting' } as const;
  const around: GateSurroundings = {
    nowMs: NOW,
    staleAfterMs: STALE_AFTER_MS,
    watch: DEFAULT_WATCH_SETTINGS,
    haltAll: null,
    statuses: [down, ...(GOOD.inputs.network === null ? [] : [GOOD.inputs.network])],
    exchanges: GOOD.inputs.exchange === null ? [] : [GOOD.inputs.exchange],
    signer: unlockedWith(address('authority')),
    operations: [],
    networkKindOf: () => 'practice',
  };
  const codesOf = (inputs: typeof GOOD.inputs) => gateReasons(inputs).map(({ code }) => code);

  it('is its own network, and of several vaults each one’s', () => {
    const views = [verifiedView(onChainOn('practice'), { usdc: 1n }), GOOD.inputs.view];
    for (const view of views) expect(codesOf(gateInputsOf(view, around))).toEqual([]);
    const elsewhere = verifiedView(onChainOn('other'), { usdc: 1n });
    for (let times = 0; times < 2; times += 1) {
      expect(codesOf(gateInputsOf(elsewhere, around))).toEqual(['network-down']);
    }
  });

  it('is neither network, nor exchange, nor key, on paper', () => {
    const view = verifiedView(paperOn('other'), { usdc: 1n });
    const nobody = { ...around, signer: SIGNER_NOT_STARTED };
    expect(gateInputsOf(view, nobody)).toMatchObject({
      network: null,
      exchange: null,
      key: 'not-needed',
    });
    expect(codesOf(gateInputsOf(view, nobody))).toEqual([]);
  });

  it('is an open operation that changes it, and none that has ended', () => {
    const view = { operation: OPEN_OPERATION, wait: null, finalizedBlockHeight: null, revision: 1 };
    const ended = { ...view, operation: { ...OPEN_OPERATION, state: 'verified' as const } };
    const inputsWith = (operations: GateSurroundings['operations']) =>
      gateInputsOf(GOOD.inputs.view, { ...around, operations });
    expect(codesOf(inputsWith([ended, view]))).toEqual(['operation-open']);
    expect(codesOf(inputsWith([ended]))).toEqual([]);
    const paper = verifiedView(paperOn('practice'), { usdc: 1n });
    expect(codesOf(gateInputsOf(paper, { ...around, operations: [view] }))).toEqual([]);
  });

  it('is also the open transfer that brings capital into it', () => {
    const { intent } = OPEN_OPERATION;
    if (intent.kind !== 'withdraw') throw new Error('not a withdrawal');
    const elsewhere = { ...onChainOn('practice'), id: paperOn('practice').id };
    const transfer = { ...intent, kind: 'transfer', toVaultId: elsewhere.id } as const;
    const operation = { ...OPEN_OPERATION, intent: transfer };
    const operations = [{ operation, wait: null, finalizedBlockHeight: null, revision: 1 }];
    for (const vault of [onChainOn('practice'), elsewhere]) {
      const view = verifiedView(vault, { usdc: 1n });
      expect(codesOf(gateInputsOf(view, { ...around, operations }))).toEqual(['operation-open']);
    }
  });
});

describe('the key of a vault', () => {
  const vault = onChainOn('practice');
  const owner = unlockedWith(address('authority'));
  const delegate = unlockedWith(address('delegate'));
  const locked = (signer: SignerState): SignerState => ({ ...signer, status: 'locked' });
  const watchOnly: SignerState = {
    ...owner,
    keys: owner.keys.map((key) => ({ ...key, kind: 'watch-only' })),
  };

  it.each([
    ['the owner’s', owner, 'ready'],
    ['the owner’s, locked', locked(owner), 'locked'],
    ['the delegate’s', delegate, 'delegate'],
    ['the delegate’s, locked: it is a delegate’s still', locked(delegate), 'delegate-locked'],
    ['somebody else’s', unlockedWith(address('somebody')), 'absent'],
    ['one that can only watch', watchOnly, 'absent'],
    ['one of real money', unlockedWith(address('authority'), 'live'), 'absent'],
    ['not known', SIGNER_NOT_STARTED, 'unavailable'],
    ['none yet', { ...SIGNER_NOT_STARTED, status: 'empty' } as const, 'absent'],
  ] as const)('%s', (_name, signer, readiness) => {
    expect(keyReadinessOf(vault, 'delegate', signer, 'practice')).toBe(readiness);
    expect(keyReadinessOf(paperOn('practice'), null, signer, 'practice')).toBe('not-needed');
  });

  it('a delegate that was not read yet is none', () => {
    expect(keyReadinessOf(vault, null, delegate, 'practice')).toBe('absent');
  });
});
