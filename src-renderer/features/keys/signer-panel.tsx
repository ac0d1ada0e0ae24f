import { LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import type { SignerState } from '#domain/signer-state.ts';
import { useAtNow } from '#renderer/stores/clock-store.ts';
import { lockSigner, unlockSigner } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openSettings } from '#renderer/stores/navigation-store.ts';
import { Countdown } from '#renderer/ui/age.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { formatAge } from '#renderer/ui/format.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { clockLeft, signerWords } from './key-words.ts';

const TONES = {
  unavailable: 'bad',
  empty: 'neutral',
  locked: 'neutral',
  unlocked: 'good',
} as const;

/** Locked or not, why, and how long. */
export function SignerPanel({ signer }: { readonly signer: SignerState }) {
  const { title, text } = signerWords(signer);
  return (
    <Panel
      title="Signer"
      aside={
        <Chip
          tone={TONES[signer.status]}
          data-testid={TEST_IDS.keyState}
          data-status={signer.status}
        >
          {title}
        </Chip>
      }
    >
      <div className="panel-body signer-body">
        <p className="muted">{text}</p>
        <LockTimes signer={signer} />
        <LockActs signer={signer} />
      </div>
    </Panel>
  );
}

function LockTimes({ signer: { status, locksAtMs } }: { readonly signer: SignerState }) {
  const left = useAtNow((nowMs) => (locksAtMs === null ? null : clockLeft(locksAtMs, nowMs)));
  const autoLockMs = useDeskStore((state) => state.settings.capital.autoLockMs);
  return (
    <dl className="side-list">
      {status === 'unlocked' && left !== null && (
        <>
          <dt>Locks in</dt>
          <dd>{left}</dd>
        </>
      )}
      <dt>Locks by itself</dt>
      <dd>
        <button
          type="button"
          className="text-button"
          title="Change it in the settings"
          onClick={() => openSettings('keys')}
        >
          after {formatAge(autoLockMs)} idle
        </button>
      </dd>
    </dl>
  );
}

function LockActs({ signer: { status, nextAttemptAtMs } }: { readonly signer: SignerState }) {
  const slowed = useAtNow((nowMs) => nextAttemptAtMs !== null && nextAttemptAtMs > nowMs);
  if (status === 'unlocked') {
    return (
      <Button
        icon={<LockKeyhole size={14} aria-hidden />}
        data-testid={TEST_IDS.signerLock}
        aria-keyshortcuts="Control+L"
        onClick={() => void lockSigner()}
      >
        Lock now
        <kbd className="key-hint" aria-hidden>
          Ctrl+L
        </kbd>
      </Button>
    );
  }
  if (status !== 'locked') return null;
  return (
    <>
      <Button
        tone="primary"
        icon={<LockKeyholeOpen size={14} aria-hidden />}
        data-testid={TEST_IDS.signerUnlock}
        onClick={() => void unlockSigner()}
      >
        Unlock…
      </Button>
      {slowed && nextAttemptAtMs !== null && (
        <p className="faint">
          Wrong passphrases are slowed down: next try in <Countdown atMs={nextAttemptAtMs} />.
        </p>
      )}
    </>
  );
}
