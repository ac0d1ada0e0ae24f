/**
 * What the signer and its own window say to each other, over a port that no other process reads. The signer
 * decides each screen; the window draws it and sends what the trader did. Secrets go as bytes, one way.
 */
import type { Address, OperationId } from './ids.ts';
import type { KeelError } from './keel-error.ts';
import type { KeyInfo } from './signer-state.ts';
import type { SimulationLine } from './signing.ts';
import type { UnixMs } from './units.ts';

/** Of the contents of the signer's window, in pixels; it cannot be resized. */
export const SIGNER_WINDOW_SIZE = { width: 520, height: 680 } as const;

export interface ConfirmationLine {
  readonly label: string;
  readonly value: string;
  /** `key`: an address or another text in which each letter counts. */
  readonly kind: 'plain' | 'key' | 'amount';
}

/** What the signer read in the message itself, in words, and what it asks of the trader. */
export interface Confirmation {
  readonly operationId: OperationId;
  /** For instance “Withdraw 1,500 USDC”. */
  readonly title: string;
  readonly lines: readonly ConfirmationLine[];
  readonly warnings: readonly string[];
  /** The node's word, marked as such. */
  readonly simulation: readonly SimulationLine[];
  /** `press`: one button. `type`: the amount, as text with at most the token's decimals. */
  readonly demand:
    | { readonly kind: 'press' }
    | { readonly kind: 'type'; readonly amount: string; readonly symbol: string };
}

export interface KeyCandidate {
  readonly id: string;
  readonly publicKey: Address;
  /** Null: no seed phrase. */
  readonly derivationPath: string | null;
  /** For instance “Phantom, Solflare, Ledger: first account”. */
  readonly label: string;
  readonly alreadyThere: boolean;
}

export type SignerScreen =
  | { readonly kind: 'unlock'; readonly reason: string; readonly nextAttemptAtMs: UnixMs | null }
  | {
      readonly kind: 'choose-passphrase';
      readonly minLength: number;
      /** Whether the operating system's secret store can wrap the keys a second time; else why not. */
      readonly secondWrap:
        { readonly available: true } | { readonly available: false; readonly why: string };
    }
  | {
      readonly kind: 'new-phrase';
      readonly words: readonly string[];
      readonly publicKey: Address;
      readonly derivationPath: string;
    }
  /** The trader types the words at these places (1-based) from the paper. */
  | { readonly kind: 'check-phrase'; readonly positions: readonly number[] }
  | { readonly kind: 'import'; readonly networkKind: 'practice' | 'live' }
  | { readonly kind: 'choose-address'; readonly candidates: readonly KeyCandidate[] }
  | { readonly kind: 'name-key'; readonly publicKey: Address; readonly suggested: string }
  | { readonly kind: 'export'; readonly key: KeyInfo }
  | { readonly kind: 'remove'; readonly key: KeyInfo }
  | { readonly kind: 'change-passphrase'; readonly minLength: number }
  | { readonly kind: 'second-wrap'; readonly enable: boolean }
  | { readonly kind: 'confirm'; readonly confirmation: Confirmation }
  | { readonly kind: 'working'; readonly text: string }
  | { readonly kind: 'done'; readonly title: string; readonly text: string };

/** Signer to window: the whole screen each time. */
export interface SignerView {
  readonly screen: SignerScreen;
  /** What was wrong with the last act; shown at the field, which keeps what was typed unless it is secret. */
  readonly error: KeelError | null;
}

/** Window to signer. `Uint8Array`s are UTF-8 secrets; the sender overwrites them after sending, the signer after use. */
export type SignerAct =
  | { readonly kind: 'passphrase'; readonly passphrase: Uint8Array }
  | {
      readonly kind: 'new-passphrase';
      /** Only when one is changed. */
      readonly current: Uint8Array | null;
      readonly passphrase: Uint8Array;
      readonly secondWrap: boolean;
    }
  | { readonly kind: 'phrase-noted' }
  | { readonly kind: 'phrase-checked'; readonly words: Uint8Array }
  /** Seed phrase, base58 secret or the JSON of solana-cli: told apart by its form. */
  | {
      readonly kind: 'import-text';
      readonly text: Uint8Array;
      /** The optional “25th word”; empty: none. */
      readonly phrasePassword: Uint8Array;
    }
  | { readonly kind: 'import-file' }
  | { readonly kind: 'choose'; readonly ids: readonly string[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'confirm'; readonly typed: string | null }
  | { readonly kind: 'decline' }
  | { readonly kind: 'back' }
  | { readonly kind: 'close' };
