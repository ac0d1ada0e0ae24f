import type { Address } from '#domain/ids.ts';
import type { KeyInfo, LockCause, SignerState } from '#domain/signer-state.ts';
import type { ActivityNote, NoteActivity } from './activity-notes.ts';

/** Tells the feed how keys come and go, by the signer's states one after another: names and public keys, never more. */
export function createKeyNotes(note: NoteActivity): (state: SignerState) => void {
  /** As they were last known: a signer that was lost forgets nothing. */
  let known: SignerState | null = null;
  return (state) => {
    if (state.status === 'unavailable') return;
    if (known !== null) for (const each of keyNotes(known, state)) note(each);
    known = state;
  };
}

export function keyNotes(before: SignerState, after: SignerState): readonly ActivityNote[] {
  const old = new Map(before.keys.map((key) => [key.publicKey, key]));
  const left = new Set(after.keys.map(({ publicKey }) => publicKey));
  const lock = lockNote(before, after);
  return [
    ...after.keys.flatMap((key) => keyNote(old.get(key.publicKey), key)),
    ...before.keys
      .filter(({ publicKey }) => !left.has(publicKey))
      .map((key) => noteOf(`${KINDS[key.kind]} “${key.name}” removed`, textOf(key))),
    ...(lock === null ? [] : [lock]),
  ];
}

function keyNote(before: KeyInfo | undefined, key: KeyInfo): readonly ActivityNote[] {
  if (before === undefined) return [noteOf(`${KINDS[key.kind]} “${key.name}” added`, textOf(key))];
  if (before.name === key.name) return [];
  return [noteOf(`Key “${before.name}” renamed to “${key.name}”`, textOf(key))];
}

function lockNote(before: SignerState, after: SignerState): ActivityNote | null {
  if (before.status === after.status) return null;
  if (after.status === 'unlocked') return noteOf('Keys unlocked', 'Capital can be moved.');
  if (after.status !== 'locked' || before.status !== 'unlocked') return null;
  const cause = after.lockCause ?? 'request';
  return {
    ...noteOf('Keys locked', LOCKS[cause]),
    tone: cause === 'too-many-attempts' ? 'warning' : 'info',
    actor: cause === 'request' ? 'trader' : 'keel',
  };
}

const KINDS: Readonly<Record<KeyInfo['kind'], string>> = {
  keypair: 'Key',
  'watch-only': 'Watch-only key',
};

const LOCKS: Readonly<Record<LockCause, string>> = {
  start: 'The signer was started anew.',
  idle: 'Nobody was at the computer.',
  suspend: 'The computer went to sleep.',
  'screen-lock': 'The screen was locked.',
  request: 'Watching goes on; nothing is signed.',
  'too-many-attempts': 'The passphrase was wrong too often.',
};

function noteOf(title: string, text: string): ActivityNote {
  return { kind: 'key', tone: 'info', title, text };
}

const textOf = ({ publicKey, networkKind }: KeyInfo): string =>
  `${shortOf(publicKey)}, for ${networkKind === 'live' ? 'live networks' : 'the practice network'}.`;

const shortOf = (key: Address): string => `${key.slice(0, 4)}…${key.slice(-4)}`;
