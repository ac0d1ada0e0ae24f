import { useRef, useState } from 'react';
import { TextField } from '#renderer/ui/field.tsx';
import { KeyText } from '../key-text.tsx';
import { Actions, errorText, Frame, type ScreenProps } from '../screen.tsx';
import { SIGNER_TEST_IDS } from '../signer-test-ids.ts';

const LONGEST_NAME = 60;

export function NameKey({ screen, error, busy, act }: ScreenProps<'name-key'>) {
  const field = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState(false);
  const save = () => {
    const name = field.current?.value.trim() ?? '';
    setMissing(name === '');
    if (!busy && name !== '') act({ kind: 'name', name });
  };
  return (
    <Frame
      title="Name the key"
      intro="The name is for you; the address is what counts."
      onSubmit={save}
      actions={<Actions proceed="Save the key" busy={busy} act={act} />}
    >
      <dl className="signer-facts">
        <dt>Address</dt>
        <dd>
          <KeyText text={screen.publicKey} testId={SIGNER_TEST_IDS.publicKey} />
        </dd>
      </dl>
      <TextField
        ref={field}
        label="Name"
        defaultValue={screen.suggested}
        maxLength={LONGEST_NAME}
        error={missing ? 'Give the key a name.' : errorText(error)}
        data-first
        data-testid={SIGNER_TEST_IDS.keyName}
      />
    </Frame>
  );
}
