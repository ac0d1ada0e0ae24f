/** Views to look at and to test the signer's window with: one of every screen, made up. */
import { address, operationId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import type { KeyInfo } from '#domain/signer-state.ts';
import type { Confirmation, SignerScreen, SignerView } from '#domain/signer-window.ts';
import { unixMs } from '#domain/units.ts';

export const TRADER = address('7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU');
export const OTHER = address('9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM');

/** Random words of the list, no one's phrase. */
export const WORDS =
  'ripple cactus velvet anchor mimic orbit lunar glance tunnel wisdom fabric sponsor dolphin quarter erosion metal upgrade siren beyond jacket picnic rotate humble garage'.split(
    ' ',
  );

export const KEY: KeyInfo = {
  publicKey: TRADER,
  name: 'Funding main',
  kind: 'keypair',
  networkKind: 'live',
  createdAtMs: unixMs(1_780_000_000_000),
  derivationPath: "m/44'/501'/0'/0'",
};

export const WITHDRAWAL: Confirmation = {
  operationId: operationId('0b54f6de-6f0e-4d0e-8a1d-3c1f0a6f7a11'),
  title: 'Withdraw 1,500 USDC',
  lines: [
    { label: 'From', value: 'Sub-account 0', kind: 'plain' },
    { label: 'To', value: 'Token account of the wallet', kind: 'plain' },
    { label: 'Spot market', value: '0', kind: 'plain' },
    { label: 'Token mint', value: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', kind: 'key' },
    { label: 'In its smallest unit', value: '1500000000', kind: 'amount' },
    { label: 'Wallet and owner', value: TRADER, kind: 'key' },
    {
      label: 'Program',
      value: 'Drift: dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH',
      kind: 'key',
    },
    { label: 'Network', value: 'mainnet (real money)', kind: 'plain' },
    { label: 'Network fee, at most', value: '0.000105 SOL', kind: 'amount' },
    { label: 'Operation', value: '0b54f6de-6f0e-4d0e-8a1d-3c1f0a6f7a11', kind: 'key' },
  ],
  warnings: [],
  simulation: [
    {
      label: 'Sub-account, USDC',
      before: 18_442_905_117n,
      after: 16_942_905_117n,
      decimals: 6,
      unit: 'USDC',
    },
    { label: 'Wallet, USDC', before: 0n, after: 1_500_000_000n, decimals: 6, unit: 'USDC' },
    { label: 'Wallet, SOL', before: 812_440_000n, after: null, decimals: 9, unit: 'SOL' },
  ],
  demand: { kind: 'type', amount: '1500', symbol: 'USDC' },
};

const PRESS: Confirmation = {
  ...WITHDRAWAL,
  title: 'Deposit 2.5 SOL',
  lines: [
    { label: 'From', value: 'SOL of the wallet', kind: 'plain' },
    { label: 'To', value: 'Sub-account 3', kind: 'plain' },
    { label: 'In its smallest unit', value: '2500000000', kind: 'amount' },
    { label: 'Wallet, as delegate', value: TRADER, kind: 'key' },
    { label: 'Owner of the sub-account', value: OTHER, kind: 'key' },
    { label: 'Network', value: 'practice (play money)', kind: 'plain' },
    { label: 'Network fee, at most', value: '0.000105 SOL', kind: 'amount' },
    { label: 'Rent of new accounts, at most about', value: '0.00203928 SOL', kind: 'amount' },
  ],
  warnings: [
    'You are the delegate of this account: you can deposit into it, but only its owner can withdraw.',
  ],
  demand: { kind: 'press' },
};

const screens = {
  unlock: {
    kind: 'unlock',
    reason: 'A withdrawal of 1,500 USDC waits for a signature.',
    nextAttemptAtMs: null,
  },
  'choose-passphrase': {
    kind: 'choose-passphrase',
    minLength: 10,
    secondWrap: { available: true },
  },
  'choose-passphrase-no-wrap': {
    kind: 'choose-passphrase',
    minLength: 10,
    secondWrap: {
      available: false,
      why: 'this desktop has no secret store, only one that keeps plain text (basic_text).',
    },
  },
  'new-phrase': {
    kind: 'new-phrase',
    words: WORDS,
    publicKey: TRADER,
    derivationPath: "m/44'/501'/0'/0'",
  },
  'check-phrase': { kind: 'check-phrase', positions: [4, 11, 23] },
  import: { kind: 'import', networkKind: 'live' },
  'choose-address': {
    kind: 'choose-address',
    candidates: [
      {
        id: 'a',
        publicKey: TRADER,
        derivationPath: "m/44'/501'/0'/0'",
        label: 'Phantom, Solflare, Ledger: first account',
        alreadyThere: false,
      },
      {
        id: 'b',
        publicKey: address('4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T'),
        derivationPath: "m/44'/501'/1'/0'",
        label: 'Phantom, Solflare, Ledger: second account',
        alreadyThere: false,
      },
      {
        id: 'c',
        publicKey: OTHER,
        derivationPath: "m/44'/501'/0'",
        label: 'Ledger Live, Trust Wallet',
        alreadyThere: true,
      },
      {
        id: 'd',
        publicKey: address('GrDMoeqMLFjeXQ24H56S1RLgT4R76jsuWCd6SvXyGPQ5'),
        derivationPath: null,
        label: 'solana-cli without a path',
        alreadyThere: false,
      },
    ],
  },
  'name-key': { kind: 'name-key', publicKey: TRADER, suggested: 'Key 1' },
  export: { kind: 'export', key: KEY },
  remove: { kind: 'remove', key: KEY },
  'change-passphrase': { kind: 'change-passphrase', minLength: 10 },
  'second-wrap-on': { kind: 'second-wrap', enable: true },
  'second-wrap-off': { kind: 'second-wrap', enable: false },
  'confirm-type': { kind: 'confirm', confirmation: WITHDRAWAL },
  'confirm-press': { kind: 'confirm', confirmation: PRESS },
  working: { kind: 'working', text: 'Opening the key file' },
  done: {
    kind: 'done',
    title: '2 keys were added',
    text: `Funding main: ${TRADER}\nNight desk: ${OTHER}`,
  },
} as const satisfies Record<string, SignerScreen>;

export const PASSPHRASE_WRONG = keelError(
  'PASSPHRASE_WRONG',
  'fix-input',
  'This is not the passphrase.',
  'Check the keyboard layout and Caps Lock, then type it again.',
);

const errors = {
  'unlock-wrong': { screen: screens.unlock, error: PASSPHRASE_WRONG },
  'change-wrong': { screen: screens['change-passphrase'], error: PASSPHRASE_WRONG },
  'check-wrong': {
    screen: screens['check-phrase'],
    error: keelError(
      'KEY_INPUT_INVALID',
      'fix-input',
      'Word 11 is not the one that was shown.',
      'Compare with your paper, or go back and look again.',
    ),
  },
  'done-badly': {
    screen: {
      kind: 'done',
      title: 'The keys cannot be used',
      text: 'Put a copy of the key file back, or import the keys again.',
    },
    error: keelError(
      'KEY_FILE_DAMAGED',
      'operator',
      'The key file does not open: its last bytes are missing.',
      'Put a copy of the key file back, or import the keys again.',
    ),
  },
  'import-wrong': {
    screen: screens.import,
    error: keelError(
      'KEY_INPUT_INVALID',
      'fix-input',
      'The seed phrase has a word that is not in the list: the 7th.',
      'Compare the spelling with your paper.',
    ),
  },
} as const satisfies Record<string, SignerView>;

export type SignerStory = keyof typeof screens | keyof typeof errors | 'unlock-slowed';

export const SIGNER_STORIES = [
  ...Object.keys(screens),
  ...Object.keys(errors),
  'unlock-slowed',
] as readonly SignerStory[];

export function signerStory(story: SignerStory, nowMs: number): SignerView {
  if (story === 'unlock-slowed') {
    const screen = { ...screens.unlock, nextAttemptAtMs: unixMs(nowMs + 7_400) };
    return { screen, error: PASSPHRASE_WRONG };
  }
  if (story in errors) return errors[story as keyof typeof errors];
  return { screen: screens[story as keyof typeof screens], error: null };
}
