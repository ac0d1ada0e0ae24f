import { FileKey } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { SecretField, SecretText } from '../secret-field.tsx';
import { Actions, errorText, Frame, type ScreenProps } from '../screen.tsx';
import { describeForm, formOf, sameForm, type SecretForm } from '../secret-form.ts';
import { takeSecret } from '../secrets.ts';
import { SIGNER_TEST_IDS } from '../signer-test-ids.ts';

const NOTHING: SecretForm = { kind: 'empty' };

/** One field for every form of a key, or a file that the signer reads for itself. */
export function ImportKey({ screen, error, busy, act }: ScreenProps<'import'>) {
  const text = useRef<HTMLTextAreaElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [form, setForm] = useState<SecretForm>(NOTHING);
  const [missing, setMissing] = useState(false);
  const send = () => {
    const empty = text.current?.value.trim() === '';
    setMissing(empty);
    if (busy || empty) return;
    const phrasePassword = takeSecret(password.current);
    setForm(NOTHING);
    act({ kind: 'import-text', text: takeSecret(text.current), phrasePassword });
  };
  return (
    <Frame
      title="Import a key"
      money={screen.networkKind}
      intro={
        screen.networkKind === 'live'
          ? 'It will sign on live networks only.'
          : 'It will sign on the practice network only.'
      }
      onSubmit={send}
      actions={<Actions proceed="Read the key" busy={busy} act={act} />}
    >
      <div data-testid={SIGNER_TEST_IDS.importForm}>
        <SecretText
          ref={text}
          label="Key"
          hint={describeForm(form)}
          error={missing ? 'Paste or type a key, or take a file.' : errorText(error)}
          testId={SIGNER_TEST_IDS.importText}
          onChange={({ target }) => {
            const next = formOf(target.value);
            setMissing(false);
            setForm((form) => (sameForm(form, next) ? form : next));
          }}
        />
      </div>
      {form.kind === 'phrase' && (
        <SecretField
          ref={password}
          label="Passphrase of the seed phrase (“25th word”)"
          hint="Only if you gave the phrase one; most people did not. Leave it empty otherwise."
          testId={SIGNER_TEST_IDS.phrasePassword}
        />
      )}
      <p className="signer-or">
        <Button
          icon={<FileKey size={14} aria-hidden />}
          data-testid={SIGNER_TEST_IDS.importFile}
          onClick={() => act({ kind: 'import-file' })}
        >
          From a file…
        </Button>
        <span>The signer reads it; no other part of Keel does. The file stays where it is.</span>
      </p>
    </Frame>
  );
}
