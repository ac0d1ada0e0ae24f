import { ed25519 } from '@noble/curves/ed25519.js';
import type { Keypair } from '@solana/web3.js';
import bs58 from 'bs58';
import type { ApprovalKind } from '#domain/capital-operation.ts';
import { address } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { ok, type Result } from '#domain/result.ts';
import type { ReviewRequest, SignRequest } from '#domain/signing.ts';
import type { SignerState } from '#domain/signer-state.ts';
import { unixMs } from '#domain/units.ts';
import type { Signer } from '#main/engine/ports.ts';

/** A signer for tests: it holds keys in memory, approves everything and notes what it was asked. */
export class KeypairSigner implements Signer {
  readonly reviews: ReviewRequest[] = [];
  readonly signed: SignRequest[] = [];
  /** What it answers in the signature's place. */
  forge: (signature: Uint8Array) => Uint8Array = (signature) => signature;
  networkKind: 'practice' | 'live' = 'practice';
  readonly #keys: readonly Keypair[];

  constructor(...keys: readonly Keypair[]) {
    this.#keys = keys;
  }

  state(): SignerState {
    return {
      status: 'unlocked',
      keys: this.#keys.map(({ publicKey }, index) => ({
        publicKey: address(publicKey.toBase58()),
        name: `key ${index}`,
        kind: 'keypair',
        networkKind: this.networkKind,
        createdAtMs: unixMs(0),
        derivationPath: null,
      })),
      lockCause: null,
      locksAtMs: null,
      nextAttemptAtMs: null,
      secondWrap: false,
      error: null,
    };
  }

  onState(): () => void {
    return () => undefined;
  }

  review(request: ReviewRequest): Promise<Result<ApprovalKind, KeelError>> {
    this.reviews.push(request);
    return Promise.resolve(ok('below-threshold'));
  }

  sign(request: SignRequest): Promise<Result<{ readonly signature: string }, KeelError>> {
    this.signed.push(request);
    const { signerKey } = request.review.intent;
    const key = this.#keys.find(({ publicKey }) => publicKey.toBase58() === signerKey);
    if (key === undefined) throw new Error(`No key ${signerKey}`);
    const message = Buffer.from(request.message, 'base64');
    const signature = ed25519.sign(message, key.secretKey.slice(0, 32));
    return Promise.resolve(ok({ signature: bs58.encode(this.forge(signature)) }));
  }

  withdrawReview(): void {
    return undefined;
  }
}
