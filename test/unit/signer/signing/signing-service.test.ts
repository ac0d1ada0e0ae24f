import { PublicKey, SystemProgram, VersionedMessage } from '@solana/web3.js';
import bs58 from 'bs58';
import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import type { SigningIntent } from '#domain/capital-intent.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import type { ReviewRequest } from '#domain/signing.ts';
import { address } from '#domain/ids.ts';
import { quoteAmount, tokenAmount } from '#domain/units.ts';
import {
  compile,
  DELEGATE,
  honestMessages,
  intentOf,
  LIMITS,
  messageFor,
  NEWCOMER,
  SOL,
  TRADER,
  USDC,
} from '#test/support/capital-messages.ts';
import { createSigningBench, liveKey, reviewOf, signOf } from '#test/support/signing-service.ts';

const LATER = SystemProgram.programId.toBase58();
const USD = 1_000_000n;

function requestFor(intent: SigningIntent, value: bigint | null = null): ReviewRequest {
  return reviewOf(intent, compile(messageFor(intent)), value === null ? null : quoteAmount(value));
}

const usdc = (units: bigint): ReviewRequest => requestFor(intentOf({ amount: tokenAmount(units) }));

function errorOf(result: Result<unknown, KeelError>): string {
  return result.ok ? 'ok' : `${result.error.code} ${result.error.details?.['rule'] ?? ''}`.trim();
}

describe('what the trader is asked (C9)', () => {
  it.each([
    ['just below the threshold', usdc(100n * USD - 1n), 'below-threshold', null],
    ['at the threshold', usdc(100n * USD), 'confirmed', 'press'],
    ['just below the amount to type', usdc(1_000n * USD - 1n), 'confirmed', 'press'],
    ['at the amount to type', usdc(1_000n * USD), 'typed', 'type'],
    [
      'a value that is told too low',
      requestFor(intentOf({ amount: tokenAmount(1_000n * USD) }), 1n),
      'typed',
      'type',
    ],
    [
      'a value that is told higher',
      requestFor(intentOf({ amount: tokenAmount(USD) }), 100n * USD),
      'confirmed',
      'press',
    ],
    [
      'SOL at the value of the request',
      requestFor(intentOf({ token: SOL }), 100n * USD - 1n),
      'below-threshold',
      null,
    ],
    ['SOL without a value', requestFor(intentOf({ token: SOL })), 'typed', 'type'],
    [
      'an unknown token, whatever its value',
      requestFor(intentOf({ token: NEWCOMER }), 1n),
      'typed',
      'type',
    ],
    [
      'a new sub-account',
      requestFor(
        intentOf({ kind: 'create-sub-account', token: null, amount: null, accountName: 'New' }),
      ),
      'confirmed',
      'press',
    ],
  ] as const)('%s', async (_, review, approval, demand) => {
    const { service, shown, state } = createSigningBench();
    expect(await service.review(review)).toEqual({ ok: true, value: approval });
    expect(shown.map((each) => each.demand.kind)).toEqual(demand === null ? [] : [demand]);
    expect((await service.sign(signOf(review))).ok).toBe(true);
    expect(state.signed).toBe(1);
    expect(shown.length).toBe(demand === null ? 0 : 1);
  });

  it('shows what the message does, and the node’s figures as they came', async () => {
    const { service, shown } = createSigningBench();
    const line = { label: 'Health', before: 90n, after: 85n, decimals: 0, unit: '%' };
    const amount = tokenAmount(1_500_250_000n);
    const review = { ...requestFor(intentOf({ kind: 'withdraw', amount })), simulation: [line] };
    await service.review(review);
    expect(shown[0]).toMatchObject({
      title: 'Withdraw 1,500.25 USDC',
      demand: { kind: 'type', amount: '1500.25', symbol: 'USDC' },
      simulation: [line],
      warnings: [],
    });
  });

  it.each([
    ['a stranger', [liveKey(DELEGATE)]],
    [
      'watched, which a forged message could do',
      [liveKey(DELEGATE), liveKey(TRADER, { kind: 'watch-only' })],
    ],
    ['a key for play money', [liveKey(DELEGATE), liveKey(TRADER, { networkKind: 'practice' })]],
  ])('the amount, however small, where the sub-account’s owner is %s', async (_, keys) => {
    const { service, shown, state } = createSigningBench({ keys });
    const signerKey = address(DELEGATE.publicKey.toBase58());
    for (const token of [USDC, SOL]) {
      const review = requestFor(intentOf({ signerKey, token, amount: tokenAmount(1n) }), 1n);
      state.answer = () => Promise.resolve('declined');
      await service.sign(signOf(review));
      expect(shown.at(-1)?.demand.kind).toBe('type');
      expect(shown.at(-1)?.warnings[0]).toContain(review.intent.authority);
    }
    expect(state.signed).toBe(0);
    state.answer = () => Promise.resolve('typed');
    const review = requestFor(intentOf({ signerKey, amount: tokenAmount(1n) }));
    expect((await service.sign(signOf(review))).ok).toBe(true);
  });

  it('nothing of a delegate’s small deposit where the owner’s own key is here', async () => {
    const { service, shown } = createSigningBench();
    const signerKey = address(DELEGATE.publicKey.toBase58());
    const review = requestFor(intentOf({ signerKey, amount: tokenAmount(1n) }));
    expect(await service.review(review)).toEqual({ ok: true, value: 'below-threshold' });
    expect(shown).toEqual([]);
  });

  it('takes a press for no typed amount', async () => {
    const { service, state } = createSigningBench();
    state.answer = () => Promise.resolve('confirmed');
    expect(errorOf(await service.review(usdc(1_000n * USD)))).toBe('APPROVAL_DECLINED');
  });

  it('asks once when the same is asked for twice, and refuses another in between', async () => {
    const { service, shown } = createSigningBench();
    const same = usdc(200n * USD);
    const results = await Promise.all([
      service.review(same),
      service.review(same),
      service.review(usdc(201n * USD)),
    ]);
    expect(results.map(errorOf)).toEqual(['ok', 'ok', 'SIGNER_REFUSED second-review']);
    expect(shown).toHaveLength(1);
  });
});

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('approvals', () => {
  const review = usdc(200n * USD);

  it('hold for another blockhash and for nothing else', async () => {
    const { service, shown, state } = createSigningBench();
    await service.review(review);
    const other = compile(messageFor(intentOf({ amount: tokenAmount(201n * USD) })));
    expect(errorOf(await service.sign(signOf(review, other)))).toBe('SIGNER_REFUSED argument');
    const limit = messageFor(review.intent);
    const cheaper = compile({
      ...limit,
      instructions: limit.instructions.slice(0, 1).concat(limit.instructions.slice(2)),
    });
    expect(errorOf(await service.sign(signOf(review, cheaper)))).toBe(
      'SIGNER_REFUSED other-message',
    );
    const later = compile(messageFor(review.intent), { blockhash: LATER });
    expect((await service.sign(signOf(review, later))).ok).toBe(true);
    expect(shown).toHaveLength(1);
    expect(state.signed).toBe(1);
  });

  it('are asked for by sign itself after a restart', async () => {
    const { service, shown } = createSigningBench();
    expect((await service.sign(signOf(review))).ok).toBe(true);
    expect(shown).toHaveLength(1);
  });

  it('are not asked for again within ten minutes, but after', async () => {
    const { service, shown, state } = createSigningBench();
    await service.review(review);
    state.nowMs = 599_999;
    await service.review(review);
    expect(shown).toHaveLength(1);
    state.nowMs = 600_000;
    await service.review(review);
    expect(shown).toHaveLength(2);
  });

  it('end when the keys are locked', async () => {
    const { service, shown, state } = createSigningBench();
    await service.review(review);
    service.forgetApprovals();
    state.unlocked = false;
    expect(errorOf(await service.sign(signOf(review)))).toBe('SIGNER_LOCKED');
    state.unlocked = true;
    expect((await service.sign(signOf(review))).ok).toBe(true);
    expect(shown).toHaveLength(2);
  });

  it('do not stretch to stricter limits', async () => {
    const { service, shown, state } = createSigningBench();
    await service.review(review);
    state.limits = { ...LIMITS, typeAmountFrom: quoteAmount(150n * USD) };
    expect((await service.sign(signOf(review))).ok).toBe(true);
    expect(shown.map((each) => each.demand.kind)).toEqual(['press', 'type']);
  });

  it('do not stretch to limits that became stricter while the trader was asked', async () => {
    const { service, state } = createSigningBench();
    state.answer = () => {
      state.limits = { ...LIMITS, typeAmountFrom: quoteAmount(150n * USD) };
      return Promise.resolve('confirmed');
    };
    expect(errorOf(await service.sign(signOf(review)))).toBe('APPROVAL_DECLINED');
    expect(state.signed).toBe(0);
  });

  it('sign once where the same is asked for twice at once', async () => {
    const { service, state } = createSigningBench();
    const [first, second] = await Promise.all([
      service.sign(signOf(review)),
      service.sign(signOf(review)),
    ]);
    expect(first.ok).toBe(true);
    expect(second).toEqual(first);
    expect(state.signed).toBe(1);
  });

  it.each([
    ['withdrawn', 'APPROVAL_DECLINED'],
    ['locked', 'SIGNER_LOCKED'],
    ['locked without a word', 'SIGNER_LOCKED'],
  ])('are not given by an answer that comes after it was %s', async (how, code) => {
    const { service, state } = createSigningBench();
    let answer: (value: 'confirmed') => void = () => undefined;
    state.answer = () => new Promise((resolve) => (answer = resolve));
    const signing = service.sign(signOf(review));
    await settled();
    if (how === 'withdrawn') service.withdrawReview(review.intent.operationId);
    else state.unlocked = false;
    if (how === 'locked') service.forgetApprovals();
    answer('confirmed');
    expect(errorOf(await signing)).toBe(code);
    expect(state.signed).toBe(0);
  });

  it('are asked for anew after a lock, even while the old question stands', async () => {
    const { service, shown, state } = createSigningBench();
    const answers: ((value: 'confirmed' | 'declined') => void)[] = [];
    state.answer = () => new Promise((resolve) => void answers.push(resolve));
    const old = service.review(review);
    await settled();
    service.forgetApprovals();
    const anew = service.review(review);
    answers[0]?.('declined');
    expect(errorOf(await old)).toBe('SIGNER_LOCKED');
    await settled();
    answers[1]?.('confirmed');
    expect((await anew).ok).toBe(true);
    expect(shown).toHaveLength(2);
  });

  it('are declined by the trader', async () => {
    const { service, state } = createSigningBench();
    state.answer = () => Promise.resolve('declined');
    expect(errorOf(await service.sign(signOf(review)))).toBe('APPROVAL_DECLINED');
    state.answer = () => Promise.reject(new Error('secret words'));
    const failed = await service.review(review);
    expect(errorOf(failed)).toBe('SIGNER_UNAVAILABLE');
    expect(JSON.stringify(failed)).not.toContain('secret');
  });
});

describe('signatures', () => {
  const review = usdc(USD);

  it('are those of the key over the message, and the same for the same', async () => {
    const { service, state } = createSigningBench();
    const first = await service.sign(signOf(review));
    const again = await service.sign(signOf(review));
    expect(again).toEqual(first);
    expect(state.signed).toBe(1);
    const message = Buffer.from(review.message, 'base64');
    expect(VersionedMessage.deserialize(message).staticAccountKeys[0]).toEqual(TRADER.publicKey);
    const bytes = bs58.decode(first.ok ? first.value : '');
    expect(ed25519.verify(bytes, message, TRADER.publicKey.toBytes())).toBe(true);
  });

  it('are given once for an operation, even for another blockhash', async () => {
    const { service, state } = createSigningBench();
    await service.sign(signOf(review));
    const later = compile(messageFor(review.intent), { blockhash: LATER });
    expect(errorOf(await service.sign(signOf(review, later)))).toBe(
      'SIGNER_REFUSED second-message',
    );
    service.forgetApprovals();
    service.withdrawReview(review.intent.operationId);
    expect(errorOf(await service.sign(signOf(review, later)))).toBe(
      'SIGNER_REFUSED second-message',
    );
    expect(state.signed).toBe(1);
  });

  it('are given once where two are asked for at a time', async () => {
    const { service, state } = createSigningBench();
    const large = usdc(200n * USD);
    const later = compile(messageFor(large.intent), { blockhash: LATER });
    const results = await Promise.all([
      service.sign(signOf(large)),
      service.sign(signOf(large, later)),
    ]);
    expect(results.filter((each) => each.ok)).toHaveLength(1);
    expect(state.signed).toBe(1);
  });

  it('are not given while locked, not even those given before', async () => {
    const { service, state } = createSigningBench();
    await service.sign(signOf(review));
    state.unlocked = false;
    expect(errorOf(await service.sign(signOf(review)))).toBe('SIGNER_LOCKED');
  });

  it('keep the keys unlocked for longer where the trader approved, and nowhere else', async () => {
    const { service, state } = createSigningBench();
    await service.sign(signOf(usdc(1n)));
    expect(state.signed).toBe(1);
    expect(state.used).toBe(0);
    const other = createSigningBench();
    await other.service.sign(signOf(usdc(200n * USD)));
    expect(other.state.used).toBe(1);
  });

  it.each([
    ['no such key', { keys: [] }, 'KEY_NOT_FOUND'],
    [
      'a watch-only key',
      { keys: [liveKey(TRADER, { kind: 'watch-only' })] },
      'SIGNER_REFUSED watch-only',
    ],
    [
      'a key for play money',
      { keys: [liveKey(TRADER, { networkKind: 'practice' })] },
      'SIGNER_REFUSED key-scope',
    ],
    [
      'a runtime that is not the official one',
      { liveLockedBecause: 'The runtime is not official.' },
      'SIGNER_REFUSED live-locked',
    ],
  ] as const)('are refused for %s', async (_, options, code) => {
    const { service, state } = createSigningBench(options);
    expect(errorOf(await service.review(review))).toBe(code);
    expect(errorOf(await service.sign(signOf(review)))).toBe(code);
    expect(state.signed).toBe(0);
  });

  it('are given for play money whatever the runtime', async () => {
    const { service } = createSigningBench({
      keys: [liveKey(TRADER, { networkKind: 'practice' })],
      liveLockedBecause: 'The runtime is not official.',
    });
    const practice = requestFor(intentOf({ networkKind: 'practice' }));
    expect((await service.sign(signOf(practice))).ok).toBe(true);
  });
});

it('signs every honest message, legacy too', async () => {
  for (const each of honestMessages()) {
    for (const version of [0, 'legacy'] as const) {
      const { service } = createSigningBench();
      const request = reviewOf(each.intent, compile(each, { version }));
      expect(errorOf(await service.sign(signOf(request))), each.name).toBe('ok');
      expect(new PublicKey(each.intent.signerKey)).toEqual(each.payer);
    }
  }
});
