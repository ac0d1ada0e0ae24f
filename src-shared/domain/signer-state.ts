import type { Address } from './ids.ts';
import type { KeelError } from './keel-error.ts';
import type { UnixMs } from './units.ts';

/** What of a key may be known outside the signer: never a secret. */
export interface KeyInfo {
  readonly publicKey: Address;
  readonly name: string;
  readonly kind: 'keypair' | 'watch-only';
  /** Play money and real money never share a key. */
  readonly networkKind: 'practice' | 'live';
  readonly createdAtMs: UnixMs;
  /** Whether a seed phrase made it, and by which path; null where there is none. */
  readonly derivationPath: string | null;
}

export type LockCause =
  'start' | 'idle' | 'suspend' | 'screen-lock' | 'request' | 'too-many-attempts';

/** The signer as everybody may see it. */
export interface SignerState {
  /** `empty`: no passphrase was chosen yet. `unavailable`: the process or its key file cannot be used. */
  readonly status: 'unavailable' | 'empty' | 'locked' | 'unlocked';
  readonly keys: readonly KeyInfo[];
  readonly lockCause: LockCause | null;
  /** When it locks by itself unless it is used; null while locked. */
  readonly locksAtMs: UnixMs | null;
  /** Wrong passphrases are slowed down: no attempt before this; null: now. */
  readonly nextAttemptAtMs: UnixMs | null;
  /** Whether the operating system's secret store wraps the keys a second time. */
  readonly secondWrap: boolean;
  /** Why it is unavailable. */
  readonly error: KeelError | null;
}

export const SIGNER_NOT_STARTED: SignerState = {
  status: 'unavailable',
  keys: [],
  lockCause: null,
  locksAtMs: null,
  nextAttemptAtMs: null,
  secondWrap: false,
  error: null,
};

/** What the signer's own window is opened for. */
export type SignerTask =
  | { readonly kind: 'create'; readonly networkKind: 'practice' | 'live' }
  | { readonly kind: 'import'; readonly networkKind: 'practice' | 'live' }
  /** The key file of the practice network's trader: play money. */
  | { readonly kind: 'import-practice-key' }
  | { readonly kind: 'unlock' }
  | { readonly kind: 'export'; readonly publicKey: Address }
  | { readonly kind: 'remove'; readonly publicKey: Address }
  | { readonly kind: 'change-passphrase' }
  | { readonly kind: 'second-wrap'; readonly enable: boolean };
