import type { KeyInfo, LockCause, SignerState } from '#domain/signer-state.ts';

const CAUSES: Readonly<Record<LockCause, string>> = {
  start: 'Keel has just started',
  idle: 'it was not used for a while',
  suspend: 'the computer went to sleep',
  'screen-lock': 'the screen was locked',
  request: 'you locked it',
  'too-many-attempts': 'there were too many wrong passphrases',
};

export interface SignerWords {
  readonly title: string;
  readonly text: string;
}

/** The signer's state in a line and a sentence. */
export function signerWords({ status, lockCause, error }: SignerState): SignerWords {
  switch (status) {
    case 'unavailable':
      return {
        title: 'The signer cannot be used',
        text:
          error === null
            ? 'It has not started yet. Watching goes on; nothing can be signed.'
            : `${error.message} ${error.advice} Watching goes on; nothing can be signed.`,
      };
    case 'empty':
      return { title: 'No key yet', text: 'Watching needs none. To move money, Keel needs one.' };
    case 'locked':
      return {
        title: 'Locked',
        text: `${lockCause === null ? '' : `Because ${CAUSES[lockCause]}. `}Watching goes on; nothing is signed until you unlock.`,
      };
    case 'unlocked':
      return {
        title: 'Unlocked',
        text: 'Operations below your limit are signed without asking; above it you confirm each.',
      };
  }
}

/** `14:05`: minutes and seconds until a moment, never below zero. */
export function clockLeft(atMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((atMs - nowMs) / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Whole minutes while there are some: a figure that moves every second draws the eye for nothing. */
export function roughlyLeft(atMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((atMs - nowMs) / 1_000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}

export const canSign = ({ kind }: KeyInfo): boolean => kind === 'keypair';
