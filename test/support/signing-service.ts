/** A signing service with unlocked keys and a trader who says yes to everything, and what it did. */
import type { Keypair } from '@solana/web3.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { address } from '#domain/ids.ts';
import { ok } from '#domain/result.ts';
import type { KeyInfo } from '#domain/signer-state.ts';
import type { Confirmation } from '#domain/signer-window.ts';
import type { ReviewRequest, SigningLimits, SignRequest } from '#domain/signing.ts';
import type { SigningIntent } from '#domain/capital-intent.ts';
import { unixMs, type QuoteAmount } from '#domain/units.ts';
import {
  createSigningService,
  type SigningService,
  type SigningServiceOptions,
} from '#main/signer/signing/index.ts';
import { DELEGATE, LIMITS, TRADER } from './capital-messages.ts';

export interface SigningBench {
  readonly service: SigningService;
  /** Every confirmation that was shown. */
  readonly shown: Confirmation[];
  /** Changes what the next calls meet. */
  readonly state: {
    unlocked: boolean;
    limits: SigningLimits;
    nowMs: number;
    signed: number;
    used: number;
    answer: (confirmation: Confirmation) => Promise<'confirmed' | 'typed' | 'declined'>;
  };
}

export function liveKey(keypair: Keypair, changes: Partial<KeyInfo> = {}): KeyInfo {
  return {
    publicKey: address(keypair.publicKey.toBase58()),
    name: 'Test',
    kind: 'keypair',
    networkKind: 'live',
    createdAtMs: unixMs(0),
    derivationPath: null,
    ...changes,
  };
}

export function createSigningBench(
  options: Partial<Pick<SigningServiceOptions, 'liveLockedBecause'>> & {
    readonly keys?: readonly KeyInfo[];
  } = {},
): SigningBench {
  const keypairs = [TRADER, DELEGATE];
  const infos = options.keys ?? keypairs.map((each) => liveKey(each));
  const shown: Confirmation[] = [];
  const state: SigningBench['state'] = {
    unlocked: true,
    limits: LIMITS,
    nowMs: 0,
    signed: 0,
    used: 0,
    answer: ({ demand }) => Promise.resolve(demand.kind === 'type' ? 'typed' : 'confirmed'),
  };
  const service = createSigningService({
    limits: () => state.limits,
    liveLockedBecause: options.liveLockedBecause ?? null,
    keys: {
      find: (publicKey) => infos.find((info) => info.publicKey === publicKey) ?? null,
      isUnlocked: () => state.unlocked,
      sign: (publicKey, message) => {
        const keypair = keypairs.find((each) => each.publicKey.toBase58() === publicKey);
        if (!keypair) throw new Error('secret words that nobody may see');
        state.signed += 1;
        return ok(ed25519.sign(message, keypair.secretKey.slice(0, 32)));
      },
    },
    askTrader: (confirmation) => {
      shown.push(confirmation);
      return state.answer(confirmation);
    },
    onUsed: () => {
      state.used += 1;
    },
    nowMs: () => state.nowMs,
  });
  return { service, shown, state };
}

export function reviewOf(
  intent: SigningIntent,
  message: Uint8Array,
  value: QuoteAmount | null = null,
): ReviewRequest {
  return { intent, message: Buffer.from(message).toString('base64'), value, simulation: [] };
}

/** A request to sign the reviewed message itself, or another one. */
export function signOf(review: ReviewRequest, message?: Uint8Array): SignRequest {
  return {
    operationId: review.intent.operationId,
    message: message ? Buffer.from(message).toString('base64') : review.message,
    review,
  };
}
