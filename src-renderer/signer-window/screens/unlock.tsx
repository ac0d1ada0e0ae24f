import { useRef } from 'react';
import { SecretField } from '../secret-field.tsx';
import { Actions, errorText, Frame, type ScreenProps } from '../screen.tsx';
import { takeSecret } from '../secrets.ts';
import { SIGNER_TEST_IDS } from '../signer-test-ids.ts';
import { useSecondsUntil } from '../use-timers.ts';

/** The passphrase, and while wrong ones are slowed down the seconds until the next try. */
export function Unlock({ screen, error, busy, act }: ScreenProps<'unlock'>) {
  const field = useRef<HTMLInputElement>(null);
  const seconds = useSecondsUntil(screen.nextAttemptAtMs) ?? 0;
  const unlock = () => {
    if (busy || seconds > 0 || field.current?.value === '') return;
    act({ kind: 'passphrase', passphrase: takeSecret(field.current) });
  };
  return (
    <Frame
      title="Unlock your keys"
      intro={screen.reason}
      onSubmit={unlock}
      actions={<Actions proceed="Unlock" busy={busy} ready={seconds === 0} act={act} />}
    >
      <SecretField
        ref={field}
        first
        label="Passphrase"
        error={errorText(error)}
        testId={SIGNER_TEST_IDS.passphrase}
      />
      {seconds > 0 && (
        <p className="callout" role="timer" data-testid={SIGNER_TEST_IDS.countdown}>
          Wrong passphrases are slowed down. You can try again in {seconds} s.
        </p>
      )}
    </Frame>
  );
}
