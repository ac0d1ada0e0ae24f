import { useRef, useState, type Ref } from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import { SecretField } from '../secret-field.tsx';
import { Actions, errorText, Frame, type ScreenProps } from '../screen.tsx';
import { takeSecret } from '../secrets.ts';
import { SIGNER_TEST_IDS } from '../signer-test-ids.ts';
import { StrengthMeter } from '../strength-meter.tsx';
import { strengthOf, type Strength } from '../strength.ts';

/** The first passphrase: twice, with its strength in words, and the optional second wrap. */
export function ChoosePassphrase({ screen, error, busy, act }: ScreenProps<'choose-passphrase'>) {
  const pair = useNewPassphrase(screen.minLength, error);
  const wrap = useRef<HTMLInputElement>(null);
  const choose = () => {
    if (busy || !pair.valid()) return;
    const secondWrap = wrap.current?.checked ?? false;
    act({ kind: 'new-passphrase', current: null, passphrase: pair.take(), secondWrap });
  };
  return (
    <Frame
      title="Choose a passphrase"
      intro="It encrypts the keys on this computer. Nobody can reset it: without it only a written seed phrase or an exported key file brings a key back."
      onSubmit={choose}
      actions={<Actions proceed="Use this passphrase" busy={busy} act={act} />}
    >
      {pair.fields(true)}
      <SecondWrapChoice ref={wrap} available={screen.secondWrap} />
    </Frame>
  );
}

export function ChangePassphrase({ screen, error, busy, act }: ScreenProps<'change-passphrase'>) {
  const isCurrent = error?.code === 'PASSPHRASE_WRONG' || error?.code === 'UNLOCK_TOO_SOON';
  const pair = useNewPassphrase(screen.minLength, isCurrent ? null : error);
  const current = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const change = () => {
    const empty = current.current?.value === '';
    setMissing(empty ? 'Enter the passphrase that is in use now.' : null);
    const valid = pair.valid();
    if (busy || empty || !valid) return;
    // A second wrap stays as it is: the signer changes it on its own screen only.
    const secrets = { current: takeSecret(current.current), passphrase: pair.take() };
    act({ kind: 'new-passphrase', ...secrets, secondWrap: false });
  };
  return (
    <Frame
      title="Change the passphrase"
      intro="Every key is encrypted anew. Exported key files stay as they are."
      onSubmit={change}
      actions={<Actions proceed="Change the passphrase" busy={busy} act={act} />}
    >
      <SecretField
        ref={current}
        first
        label="Current passphrase"
        error={missing ?? errorText(isCurrent ? error : null)}
        testId={SIGNER_TEST_IDS.currentPassphrase}
      />
      {pair.fields(false)}
    </Frame>
  );
}

/** Two fields that must agree. Only the strength word and what is wrong are kept as state. */
function useNewPassphrase(minLength: number, error: KeelError | null) {
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [strength, setStrength] = useState<Strength | null>(null);
  const [fault, setFault] = useState<'too-short' | 'differ' | null>(null);

  const valid = (): boolean => {
    const one = first.current?.value ?? '';
    const short = Array.from(one).length < minLength;
    const found = short ? 'too-short' : one !== second.current?.value ? 'differ' : null;
    setFault(found);
    if (found !== null) (short ? first : second).current?.focus();
    return found === null;
  };
  const take = (): Uint8Array => {
    if (second.current !== null) second.current.value = '';
    setStrength(null);
    return takeSecret(first.current);
  };
  const shortText =
    fault === 'too-short' ? `The passphrase needs at least ${minLength} characters.` : null;
  const fields = (isFirst: boolean) => (
    <>
      <div className="signer-group">
        <SecretField
          ref={first}
          first={isFirst}
          label="New passphrase"
          error={shortText ?? (fault === null ? errorText(error) : null)}
          hint={`At least ${minLength} characters. Five or six unrelated words are strong and can be remembered.`}
          testId={SIGNER_TEST_IDS.passphrase}
          onChange={({ target }) => {
            setFault(null);
            setStrength(target.value === '' ? null : strengthOf(target.value, minLength));
          }}
        />
        <StrengthMeter strength={strength} />
      </div>
      <SecretField
        ref={second}
        label="The same again"
        error={fault === 'differ' ? 'The two do not agree: type the same passphrase again.' : null}
        testId={SIGNER_TEST_IDS.passphraseAgain}
        onChange={() => setFault(null)}
      />
    </>
  );
  return { valid, take, fields };
}

interface SecondWrapChoiceProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly available: ScreenProps<'choose-passphrase'>['screen']['secondWrap'];
}

function SecondWrapChoice({ ref, available }: SecondWrapChoiceProps) {
  return (
    <label className={available.available ? 'signer-choice' : 'signer-choice is-off'}>
      <input
        ref={ref}
        type="checkbox"
        disabled={!available.available}
        data-testid={SIGNER_TEST_IDS.secondWrap}
      />
      <span>
        Wrap the keys a second time with this computer’s secret store
        <span className="signer-choice-note">
          {available.available
            ? 'A copied key file is then useless elsewhere, even to somebody who knows the passphrase. It also ties the file to this account on this computer: keep the seed phrase or an export.'
            : `Not possible here: ${available.why}`}
        </span>
      </span>
    </label>
  );
}
