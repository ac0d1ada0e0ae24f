/** What the main process and the signer process say to each other, as structured clones. No secret among it. */
import type { Address, OperationId } from './ids.ts';
import type { KeelError } from './keel-error.ts';
import type { Result } from './result.ts';
import type { LockCause, SignerState, SignerTask } from './signer-state.ts';
import type { ReviewRequest, SigningLimits, SignRequest } from './signing.ts';

export interface SignerStart {
  readonly type: 'start';
  /** Absolute path; made with mode 0700 where it is missing. */
  readonly keysFolder: string;
  readonly logDirectory: string;
  readonly limits: SigningLimits;
  /** In words, why live keys may not be used; null: they may. */
  readonly liveLockedBecause: string | null;
  /** Key file of the practice network's trader; null while the practice network has not started. */
  readonly practiceKeyFile: string | null;
}

export type SignerRequest =
  | { readonly kind: 'review'; readonly review: ReviewRequest }
  | { readonly kind: 'sign'; readonly sign: SignRequest }
  | { readonly kind: 'rename'; readonly publicKey: Address; readonly name: string }
  | {
      readonly kind: 'add-watch-only';
      readonly publicKey: Address;
      readonly name: string;
      readonly networkKind: 'practice' | 'live';
    }
  | { readonly kind: 'remove-watch-only'; readonly publicKey: Address };

/** Value of an answer: `review` an ApprovalKind, `sign` a base58 signature, the others null. */
export type SignerAnswer = Result<string | null, KeelError>;

export type ToSigner =
  | SignerStart
  | { readonly type: 'limits'; readonly limits: SigningLimits }
  | { readonly type: 'practice-key'; readonly file: string }
  | { readonly type: 'lock'; readonly cause: LockCause }
  /** The trader is at the computer: the idle time begins anew. */
  | { readonly type: 'activity' }
  | { readonly type: 'request'; readonly id: number; readonly request: SignerRequest }
  | { readonly type: 'withdraw-review'; readonly operationId: OperationId }
  /** With the port to the window; main counts its windows. `task` null: the window that a review asked for. */
  | { readonly type: 'window'; readonly number: number; readonly task: SignerTask | null }
  /** Answer to `pick-file`; null: the trader chose none. */
  | { readonly type: 'picked'; readonly path: string | null }
  /** Answer to `second-wrap`: the device secret, or why there is none. */
  | { readonly type: 'device-secret'; readonly secret: Result<Uint8Array, KeelError> }
  | { readonly type: 'stop' };

export type FromSigner =
  | { readonly type: 'state'; readonly state: SignerState }
  | { readonly type: 'answer'; readonly id: number; readonly answer: SignerAnswer }
  /** A review needs the trader: open the window, bring it to the front. */
  | { readonly type: 'window-wanted' }
  /** Of the window with this number: main may have opened another one meanwhile. */
  | { readonly type: 'window-done'; readonly number: number }
  | {
      readonly type: 'pick-file';
      readonly purpose: 'import' | 'export';
      readonly suggestedName: string;
    }
  /** Asks for the secret that the operating system's store keeps; `create` makes one, `forget` deletes it. */
  | { readonly type: 'device-secret'; readonly act: 'load' | 'create' | 'forget' }
  | { readonly type: 'stopped' };
