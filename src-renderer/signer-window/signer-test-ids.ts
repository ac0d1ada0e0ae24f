/** Hooks for tests: the one list of `data-testid` values that the signer's window carries. */
export const SIGNER_TEST_IDS = {
  /** The whole window; carries `data-screen`, the kind of screen it shows. */
  window: 'signer-window',
  title: 'signer-title',
  /** What was wrong, where it belongs to no field. */
  error: 'signer-error',
  /** The button that goes on; on `confirm` the one that approves. */
  proceed: 'signer-proceed',
  /** Leaves the window; on `confirm` declines. */
  cancel: 'signer-cancel',
  back: 'signer-back',
  reveal: 'signer-reveal',

  /** On `change-passphrase` the current one is `currentPassphrase`. */
  passphrase: 'signer-passphrase',
  passphraseAgain: 'signer-passphrase-again',
  currentPassphrase: 'signer-current-passphrase',
  strength: 'signer-strength',
  secondWrap: 'signer-second-wrap',
  countdown: 'signer-countdown',

  /** Each word of a new phrase, in order. */
  phraseWord: 'signer-phrase-word',
  importText: 'signer-import-text',
  importForm: 'signer-import-form',
  importFile: 'signer-import-file',
  phrasePassword: 'signer-phrase-password',
  /** Each candidate's box; carries `data-public-key`. */
  candidate: 'signer-candidate',
  keyName: 'signer-key-name',
  publicKey: 'signer-public-key',

  confirmLines: 'signer-confirm-lines',
  warning: 'signer-warning',
  simulation: 'signer-simulation',
  typedAmount: 'signer-typed-amount',
} as const;

/** Followed by the place in the phrase, from 1. */
export const phrasePlaceTestId = (place: number): string => `signer-phrase-place-${place}`;
