import { describe, expect, it, vi } from 'vitest';
import { networkId, address, operationId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import { SIGNER_NOT_STARTED } from '#domain/signer-state.ts';
import type { ReviewRequest } from '#domain/signing.ts';
import { quoteAmount, tokenAmount } from '#domain/units.ts';
import { createEngineSigner } from '#main/app/engine-signer.ts';
import { fromEngineSchema, type FromEngineOnWire } from '#main/ipc/engine-protocol.ts';

const key = address('dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH');
const review: ReviewRequest = {
  intent: {
    operationId: operationId('11111111-2222-3333-4444-555555555555'),
    kind: 'withdraw',
    network: networkId('practice'),
    networkKind: 'practice',
    program: key,
    stateSeed: 'drift_state',
    authority: key,
    signerKey: key,
    subAccountId: 0,
    toSubAccountId: null,
    token: { symbol: 'USDC', marketIndex: 0, mint: key, decimals: 6 },
    amount: tokenAmount(12_345_678_901_234_567_890n),
    accountName: null,
  },
  message: 'AQID',
  value: quoteAmount(5_000_000n),
  simulation: [{ label: 'Vault', before: 1n, after: null, decimals: 6, unit: 'USDC' }],
};
const sign = { operationId: review.intent.operationId, message: 'AQID', review };

function engineSide() {
  const sent: FromEngineOnWire[] = [];
  return { sent, signer: createEngineSigner((message) => void sent.push(message)) };
}

describe("the engine's signer", () => {
  it('asks in words that the main process parses back to the same, to the last unit', () => {
    const { sent, signer } = engineSide();
    void signer.review(review);
    void signer.sign(sign);
    signer.withdrawReview(review.intent.operationId);
    const parsed = sent.map((message) => fromEngineSchema.parse(structuredClone(message)));
    expect(parsed).toEqual([
      { type: 'signer-request', id: 1, request: { kind: 'review', review } },
      { type: 'signer-request', id: 2, request: { kind: 'sign', sign } },
      { type: 'withdraw-review', operationId: review.intent.operationId },
    ]);
    expect(() => JSON.stringify(sent)).not.toThrow();
  });

  it('gives each asker its own answer, in whatever order they come', async () => {
    const { signer } = engineSide();
    const approval = signer.review(review);
    const signature = signer.sign(sign);
    signer.takeAnswer(2, ok('5'.repeat(88)));
    signer.takeAnswer(1, ok('typed'));
    signer.takeAnswer(1, ok('confirmed'));
    expect(await approval).toEqual(ok('typed'));
    expect(await signature).toEqual(ok({ signature: '5'.repeat(88) }));
  });

  it('hands the refusal on as it is', async () => {
    const { signer } = engineSide();
    const refusal = err(keelError('SIGNER_LOCKED', 'operator', 'Locked.', 'Unlock.'));
    const approval = signer.review(review);
    signer.takeAnswer(1, refusal);
    expect(await approval).toEqual(refusal);
  });

  it.each([null, 'approved', ''])('takes %j for no approval', async (value) => {
    const { signer } = engineSide();
    const approval = signer.review(review);
    signer.takeAnswer(1, ok(value));
    expect(await approval).toMatchObject({ ok: false, error: { code: 'SIGNER_UNAVAILABLE' } });
  });

  it.each([null, 'confirmed', '0'.repeat(88)])('takes %j for no signature', async (value) => {
    const { signer } = engineSide();
    const signature = signer.sign(sign);
    signer.takeAnswer(1, ok(value));
    expect(await signature).toMatchObject({ ok: false, error: { code: 'SIGNER_UNAVAILABLE' } });
  });

  it('tells of the state until nobody listens', () => {
    const { signer } = engineSide();
    const heard = vi.fn();
    const stop = signer.onState(heard);
    const locked = { ...SIGNER_NOT_STARTED, status: 'locked' as const };
    signer.takeState(locked);
    stop();
    signer.takeState(SIGNER_NOT_STARTED);
    expect(heard.mock.calls).toEqual([[locked]]);
    expect(signer.state()).toEqual(SIGNER_NOT_STARTED);
  });
});
