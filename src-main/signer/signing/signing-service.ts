/**
 * From a request to a signature. Entry points: `review` asks the trader where C9 wants it, `sign` signs what was
 * reviewed. Invariants: nothing is signed that the policy has not examined in this very call; one operation has one
 * message; an approval is for one intent and one message without its blockhash.
 */
import { base58 } from '@scure/base';
import type { ApprovalKind } from '#domain/capital-operation.ts';
import type { SigningIntent } from '#domain/capital-intent.ts';
import type { Address, OperationId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { KeyInfo } from '#domain/signer-state.ts';
import type { Confirmation } from '#domain/signer-window.ts';
import type { ReviewRequest, SigningLimits, SignRequest } from '#domain/signing.ts';
import { examineMessage, type ExaminedMessage } from '../policy/examine-message.ts';
import { Approvals, digestOf, digestOfMessage } from './approvals.ts';
import { approvalFor, demandOf, suffices, type Demand } from './demand.ts';
import { parseReview, parseSign, type ParsedReview, type ParsedSign } from './parse-request.ts';
import {
  declinedError,
  lockedError,
  memoryFull,
  missingKey,
  otherMessage,
  refusedBy,
  secondMessage,
  secondReview,
  signerFault,
} from './signing-errors.ts';

const SIGNATURE_BYTES = 64;

/** The key store, as far as signing needs it. */
export interface SigningKeys {
  find(publicKey: Address): KeyInfo | null;
  isUnlocked(): boolean;
  /** Ed25519 over the message: 64 bytes. */
  sign(publicKey: Address, message: Uint8Array): Result<Uint8Array, KeelError>;
}

export interface SigningServiceOptions {
  readonly limits: () => SigningLimits;
  /** In words, why live keys may not be used; null: they may. */
  readonly liveLockedBecause: string | null;
  readonly keys: SigningKeys;
  /** `typed`: the amount was typed as the demand has it. Several may wait at once; one that waits no longer is `declined`. */
  readonly askTrader: (confirmation: Confirmation) => Promise<'confirmed' | 'typed' | 'declined'>;
  /** The trader has approved: the idle time begins anew. A signature by itself is no sign of the trader. */
  onUsed(): void;
  /** Milliseconds that never go back; only differences count. */
  readonly nowMs?: () => number;
}

export interface SigningService {
  /** Errors: SIGNER_REFUSED, SIGNER_LOCKED, KEY_NOT_FOUND, APPROVAL_DECLINED. Asking again for the same is free. */
  review(request: ReviewRequest): Promise<Result<ApprovalKind, KeelError>>;
  /** The signature in base58. Reviews first where that is missing. The same message gives the same signature. */
  sign(request: SignRequest): Promise<Result<string, KeelError>>;
  /** The operation was given up: its approval ends, and an answer that comes later counts as a no. */
  withdrawReview(operation: OperationId): void;
  /** To be called whenever the keys are locked: every approval ends. */
  forgetApprovals(): void;
}

interface OpenReview {
  readonly digest: string;
  answer: Promise<Result<ApprovalKind, KeelError>> | null;
  /** Why its answer no longer counts. */
  ended: KeelError | null;
}

interface Examined {
  readonly review: ParsedReview;
  readonly message: ExaminedMessage;
  readonly digest: string;
  readonly demand: Demand;
}

export function createSigningService(options: SigningServiceOptions): SigningService {
  const service = new Signing(options);
  return {
    review: (request) => service.review(request),
    sign: (request) => service.sign(request),
    withdrawReview: (operation) => service.withdrawReview(operation),
    forgetApprovals: () => service.forgetApprovals(),
  };
}

class Signing {
  readonly #options: SigningServiceOptions;
  readonly #approvals: Approvals;
  readonly #open = new Map<OperationId, OpenReview>();

  constructor(options: SigningServiceOptions) {
    this.#options = options;
    this.#approvals = new Approvals(options.nowMs ?? (() => performance.now()));
  }

  async review(request: ReviewRequest): Promise<Result<ApprovalKind, KeelError>> {
    const parsed = parseReview(request);
    return parsed.ok ? this.#review(parsed.value) : parsed;
  }

  async sign(request: SignRequest): Promise<Result<string, KeelError>> {
    const parsed = parseSign(request);
    if (!parsed.ok) return parsed;
    const first = this.#examineBoth(parsed.value);
    if (!first.ok) return first;
    const before = this.#signedBefore(parsed.value);
    if (before !== null) return before;
    if (!this.#isApproved(first.value)) {
      const reviewed = await this.#review(parsed.value.review);
      if (!reviewed.ok) return reviewed;
    }
    // While the trader was asked, keys may have been locked, limits changed, or another call have signed.
    const last = this.#examineBoth(parsed.value);
    if (!last.ok) return last;
    const meanwhile = this.#signedBefore(parsed.value);
    if (meanwhile !== null) return meanwhile;
    if (!this.#isApproved(last.value)) return err(declinedError());
    return this.#signNow(parsed.value);
  }

  withdrawReview(operation: OperationId): void {
    this.#approvals.withdraw(operation);
    this.#end(operation, declinedError());
  }

  forgetApprovals(): void {
    this.#approvals.forgetApprovals();
    for (const operation of this.#open.keys()) this.#end(operation, lockedError());
  }

  /** Whoever asks for the operation from now on opens a review of its own. */
  #end(operation: OperationId, why: KeelError): void {
    const open = this.#open.get(operation);
    if (open) open.ended = why;
    this.#open.delete(operation);
  }

  async #review(review: ParsedReview): Promise<Result<ApprovalKind, KeelError>> {
    const examined = this.#examine(review, review.message);
    if (!examined.ok) return examined;
    const { digest, demand } = examined.value;
    const { operationId } = review.intent;
    const open = this.#open.get(operationId);
    if (open?.answer && open.digest === digest) return open.answer;
    if (open) return err(secondReview(operationId));
    const approved = this.#approvals.find(operationId, digest);
    if (approved !== null && suffices(approved, demand)) return ok(approved);
    if (demand.kind === 'none') {
      this.#approvals.grant(operationId, digest, 'below-threshold');
      return ok('below-threshold');
    }
    return this.#openReview(examined.value, demand);
  }

  #openReview(
    examined: Examined,
    demand: Confirmation['demand'],
  ): Promise<Result<ApprovalKind, KeelError>> {
    const { operationId } = examined.review.intent;
    const open: OpenReview = { digest: examined.digest, answer: null, ended: null };
    this.#open.set(operationId, open);
    const answer = this.#ask(examined, demand, open).finally(() => {
      if (this.#open.get(operationId) === open) this.#open.delete(operationId);
    });
    open.answer = answer;
    return answer;
  }

  async #ask(
    { review, message, digest }: Examined,
    demand: Confirmation['demand'],
    open: OpenReview,
  ): Promise<Result<ApprovalKind, KeelError>> {
    const { operationId } = review.intent;
    const { title, lines, warnings } = message;
    const { simulation } = review;
    let answer: 'confirmed' | 'typed' | 'declined';
    try {
      const confirmation = { operationId, title, lines, warnings, simulation, demand };
      answer = await this.#options.askTrader(confirmation);
    } catch {
      return err(signerFault('asking the trader'));
    }
    if (open.ended) return err(open.ended);
    const wanted = demand.kind === 'type' ? 'typed' : 'confirmed';
    if (answer !== wanted) {
      return err(this.#options.keys.isUnlocked() ? declinedError() : lockedError());
    }
    const again = this.#examine(review, review.message);
    if (!again.ok) return again;
    const kind = approvalFor(demand);
    this.#approvals.grant(operationId, digest, kind);
    this.#options.onUsed();
    return ok(kind);
  }

  #isApproved({ review, digest, demand }: Examined): boolean {
    const approved = this.#approvals.find(review.intent.operationId, digest);
    return approved !== null && suffices(approved, demand);
  }

  /** Key, network and policy; the lock last, so that a locked signer still refuses what it never will sign. */
  #examine(review: ParsedReview, message: Uint8Array): Result<Examined, KeelError> {
    const key = this.#keyProblem(review.intent);
    if (key !== null) return err(key);
    const limits = this.#options.limits();
    const examined = examineMessage(message, review.intent, limits);
    if (!examined.ok) return examined;
    if (!this.#options.keys.isUnlocked()) return err(lockedError());
    return ok({
      review,
      message: examined.value,
      digest: digestOf(review.intent, examined.value.meaning),
      demand: demandOf(examined.value, review, limits, this.#staysOwn(review.intent)),
    });
  }

  /** Watch-only does not count: such keys are added without a passphrase, and their money is out of the trader's hands. */
  #staysOwn({ authority, networkKind }: SigningIntent): boolean {
    const owner = this.#options.keys.find(authority);
    return owner?.kind === 'keypair' && owner.networkKind === networkKind;
  }

  /** The message to sign, which must do what the reviewed one does. */
  #examineBoth({ review, message }: ParsedSign): Result<Examined, KeelError> {
    const examined = this.#examine(review, message);
    if (!examined.ok) return examined;
    const reviewed = this.#examine(review, review.message);
    if (!reviewed.ok) return reviewed;
    return examined.value.digest === reviewed.value.digest ? examined : err(otherMessage());
  }

  #keyProblem(intent: SigningIntent): KeelError | null {
    const { signerKey, networkKind } = intent;
    const key = this.#options.keys.find(signerKey);
    if (key === null) return missingKey(signerKey);
    if (key.kind === 'watch-only') {
      return refusedBy('watch-only', `The key ${signerKey} is watch-only.`, 'Import its secret.');
    }
    if (key.networkKind !== networkKind) {
      return refusedBy(
        'key-scope',
        `The key ${signerKey} is for ${key.networkKind} networks, the request for a ${networkKind} one.`,
        'Use a key that was made for this kind of network.',
      );
    }
    const locked = networkKind === 'live' ? this.#options.liveLockedBecause : null;
    return locked === null ? null : refusedBy('live-locked', `Live keys are locked: ${locked}`, '');
  }

  #signedBefore({ operationId, message }: ParsedSign): Result<string, KeelError> | null {
    const record = this.#approvals.signed(operationId);
    if (record === null) return null;
    return record.messageDigest === digestOfMessage(message)
      ? ok(record.signature)
      : err(secondMessage(operationId));
  }

  #signNow({ operationId, message, review }: ParsedSign): Result<string, KeelError> {
    if (this.#approvals.isFull) return err(memoryFull());
    const signed = this.#callKey(review.intent.signerKey, message);
    if (!signed.ok) return signed;
    if (signed.value.length !== SIGNATURE_BYTES) return err(signerFault('signing'));
    const signature = base58.encode(signed.value);
    this.#approvals.recordSigned(operationId, {
      messageDigest: digestOfMessage(message),
      signature,
    });
    return ok(signature);
  }

  #callKey(publicKey: Address, message: Uint8Array): Result<Uint8Array, KeelError> {
    try {
      return this.#options.keys.sign(publicKey, message);
    } catch {
      return err(signerFault('signing'));
    }
  }
}
