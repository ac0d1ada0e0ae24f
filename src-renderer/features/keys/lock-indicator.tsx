import './keys.css';
import { KeyRound, LockKeyhole, LockKeyholeOpen, ShieldAlert } from 'lucide-react';
import type { SignerState } from '#domain/signer-state.ts';
import { useAtNow } from '#renderer/stores/clock-store.ts';
import { lockSigner, unlockSigner } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openKeys } from '#renderer/stores/navigation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { roughlyLeft, signerWords } from './key-words.ts';

/** Always in view: may Keel sign at this moment. A press locks or unlocks. */
export function LockIndicator() {
  const signer = useDeskStore((state) => state.signer);
  const text = useAtNow((nowMs) => textOf(signer, nowMs));
  const { icon: Icon, act, hint } = LOOKS[signer.status];
  return (
    <button
      type="button"
      className={`lock-indicator lock-${signer.status}`}
      title={`${signerWords(signer).text} ${hint}`.trim()}
      aria-keyshortcuts="Control+L"
      data-testid={TEST_IDS.lockIndicator}
      data-status={signer.status}
      onClick={act}
    >
      <Icon size={15} aria-hidden />
      {text}
    </button>
  );
}

const LOOKS = {
  unavailable: { icon: ShieldAlert, act: openKeys, hint: 'Press for the keys.' },
  empty: { icon: KeyRound, act: openKeys, hint: 'Press to add one.' },
  locked: { icon: LockKeyhole, act: () => void unlockSigner(), hint: 'Press to unlock.' },
  unlocked: {
    icon: LockKeyholeOpen,
    act: () => void lockSigner(),
    hint: 'Press to lock (Ctrl+L).',
  },
} as const;

function textOf({ status, locksAtMs }: SignerState, nowMs: number): string {
  switch (status) {
    case 'unavailable':
      return 'No signer';
    case 'empty':
      return 'No key';
    case 'locked':
      return 'Locked';
    case 'unlocked':
      return locksAtMs === null ? 'Unlocked' : `Unlocked, ${roughlyLeft(locksAtMs, nowMs)}`;
  }
}
