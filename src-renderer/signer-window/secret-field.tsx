import { Eye, EyeOff } from 'lucide-react';
import { useState, type ChangeEvent, type Ref } from 'react';
import { IconButton } from '#renderer/ui/button.tsx';
import { FieldFrame } from '#renderer/ui/field.tsx';
import { SIGNER_TEST_IDS } from './signer-test-ids.ts';

export interface SecretFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | null;
  readonly testId: string;
  readonly first?: boolean;
  readonly ref: Ref<HTMLInputElement>;
  readonly onChange?: (event: ChangeEvent<HTMLInputElement>) => void;
}

/** A line for a secret, masked unless revealed. Uncontrolled: its text is in the element and nowhere else. */
export function SecretField(props: SecretFieldProps) {
  const { label, hint, error, testId, first = false, ref, onChange } = props;
  const [shown, setShown] = useState(false);
  return (
    <FieldFrame label={label} error={error} {...(hint === undefined ? {} : { hint })}>
      {(ids) => (
        <>
          <input
            {...ids}
            ref={ref}
            type={shown ? 'text' : 'password'}
            className={shown ? 'mono' : undefined}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            data-first={first || undefined}
            data-testid={testId}
            onChange={onChange}
          />
          <RevealButton shown={shown} what={label} onChange={setShown} />
        </>
      )}
    </FieldFrame>
  );
}

export interface SecretTextProps {
  readonly label: string;
  readonly hint: string;
  readonly error: string | null;
  readonly testId: string;
  readonly ref: Ref<HTMLTextAreaElement>;
  readonly onChange: (event: ChangeEvent<HTMLTextAreaElement>) => void;
}

/** The same for a secret of several lines. */
export function SecretText({ label, hint, error, testId, ref, onChange }: SecretTextProps) {
  const [shown, setShown] = useState(false);
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {(ids) => (
        <>
          <textarea
            {...ids}
            ref={ref}
            rows={5}
            className={shown ? 'mono' : 'mono masked'}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            data-first
            data-testid={testId}
            onChange={onChange}
          />
          <RevealButton shown={shown} what={label} onChange={setShown} />
        </>
      )}
    </FieldFrame>
  );
}

interface RevealProps {
  readonly shown: boolean;
  readonly what: string;
  readonly onChange: (shown: boolean) => void;
}

function RevealButton({ shown, what, onChange }: RevealProps) {
  return (
    <IconButton
      label={`${shown ? 'Hide' : 'Show'}: ${what}`}
      aria-pressed={shown}
      data-testid={SIGNER_TEST_IDS.reveal}
      onClick={() => onChange(!shown)}
    >
      {shown ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
    </IconButton>
  );
}
