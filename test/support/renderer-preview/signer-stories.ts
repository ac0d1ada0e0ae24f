/** The signer in each state, with made-up keys: public ones only, as the window sees it. */
import { address } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { SIGNER_NOT_STARTED, type KeyInfo, type SignerState } from '#domain/signer-state.ts';
import { unixMs } from '#domain/units.ts';

export type SignerStory = SignerState['status'] | 'watch-only';

export const OWNER = address('7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU');
export const OTHER = address('9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM');

const DAY_MS = 86_400_000;

function keysOf(nowMs: number): readonly KeyInfo[] {
  return [
    {
      publicKey: OWNER,
      name: 'Practice trader',
      kind: 'keypair',
      networkKind: 'practice',
      createdAtMs: unixMs(nowMs - 3 * DAY_MS),
      derivationPath: null,
    },
    {
      publicKey: OTHER,
      name: 'Desk, second key',
      kind: 'keypair',
      networkKind: 'practice',
      createdAtMs: unixMs(nowMs - DAY_MS),
      derivationPath: "m/44'/501'/0'/0'",
    },
  ];
}

function watched(nowMs: number): KeyInfo {
  return {
    publicKey: address('4Nd1mYQBQFqW7oS2yTqzsp9YqfrBBhYqTfJo7PCXGf8h'),
    name: 'Treasury of the fund',
    kind: 'watch-only',
    networkKind: 'live',
    createdAtMs: unixMs(nowMs - 9 * DAY_MS),
    derivationPath: null,
  };
}

export function signerOf(story: SignerStory, nowMs: number): SignerState {
  const keys = [...keysOf(nowMs), watched(nowMs)];
  switch (story) {
    case 'unavailable':
      return {
        ...SIGNER_NOT_STARTED,
        error: keelError(
          'KEY_FILE_DAMAGED',
          'operator',
          'The key file does not match its checksum.',
          'Restore it from an export; the damaged file is left as it is.',
        ),
      };
    case 'empty':
      return { ...SIGNER_NOT_STARTED, status: 'empty' };
    case 'watch-only':
      return {
        ...SIGNER_NOT_STARTED,
        status: 'empty',
        keys: [{ ...watched(nowMs), publicKey: OWNER, networkKind: 'practice' }],
      };
    case 'locked':
      return { ...SIGNER_NOT_STARTED, status: 'locked', keys, lockCause: 'idle' };
    case 'unlocked':
      return {
        ...SIGNER_NOT_STARTED,
        status: 'unlocked',
        keys,
        locksAtMs: unixMs(nowMs + 14 * 60_000 + 5_400),
        secondWrap: true,
      };
  }
}
