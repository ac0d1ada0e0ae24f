import { TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { FieldFrame } from '#renderer/ui/field.tsx';
import { KeyText } from '../key-text.tsx';
import { Actions, Frame, type ScreenProps } from '../screen.tsx';
import { takeWords } from '../secrets.ts';
import { phrasePlaceTestId, SIGNER_TEST_IDS } from '../signer-test-ids.ts';

/** The words of a new key, to be written down: there is no way to copy them. */
export function NewPhrase({ screen, error, busy, act }: ScreenProps<'new-phrase'>) {
  return (
    <Frame
      title="Write these words down"
      intro={`On paper, in this order. The ${screen.words.length} words are the key: they bring it back if this computer is lost.`}
      error={error}
      onSubmit={() => !busy && act({ kind: 'phrase-noted' })}
      actions={<Actions proceed="I have written them down" busy={busy} act={act} />}
    >
      <ol className="phrase" onCopy={(event) => event.preventDefault()} tabIndex={-1} data-first>
        {screen.words.map((word, index) => (
          // A word may occur twice: its place is its identity.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <span className="phrase-place">{index + 1}</span>
            <span data-testid={SIGNER_TEST_IDS.phraseWord}>{word}</span>
          </li>
        ))}
      </ol>
      <p className="callout callout-warn">
        <TriangleAlert size={15} aria-hidden />
        <span>
          Whoever reads these words can move the money. No photo, no file, no cloud. Keel never asks
          for them again, except when you import this key.
        </span>
      </p>
      <dl className="signer-facts">
        <dt>Address</dt>
        <dd>
          <KeyText text={screen.publicKey} testId={SIGNER_TEST_IDS.publicKey} />
        </dd>
        <dt>Path</dt>
        <dd className="mono">{screen.derivationPath}</dd>
      </dl>
    </Frame>
  );
}

/** A few of the words, typed from the paper. Sent in the order of the places asked for. */
export function CheckPhrase({ screen, error, busy, act }: ScreenProps<'check-phrase'>) {
  const fields = useRef(new Map<number, HTMLInputElement>());
  const [missing, setMissing] = useState<number | null>(null);
  const check = () => {
    const inputs = screen.positions.map((place) => fields.current.get(place));
    const typed = inputs.filter((input) => input !== undefined);
    const empty = typed.findIndex((input) => input.value.trim() === '');
    setMissing(screen.positions[empty] ?? null);
    if (empty >= 0) typed[empty]?.focus();
    if (busy || empty >= 0) return;
    act({ kind: 'phrase-checked', words: takeWords(typed) });
  };
  return (
    <Frame
      title="Check what you wrote"
      intro="Type these words from your paper, so that a slip of the pen shows now and not when you need them."
      error={error}
      onSubmit={check}
      actions={<Actions proceed="Check" busy={busy} back act={act} />}
    >
      {screen.positions.map((place, index) => (
        <FieldFrame
          key={place}
          label={`Word ${place}`}
          error={missing === place ? `Type word ${place} from your paper.` : null}
        >
          {(ids) => (
            <input
              {...ids}
              ref={(element) => {
                if (element === null) fields.current.delete(place);
                else fields.current.set(place, element);
              }}
              type="text"
              autoComplete="off"
              autoCapitalize="off"
              autoCorrect="off"
              spellCheck={false}
              data-first={index === 0 || undefined}
              data-testid={phrasePlaceTestId(place)}
            />
          )}
        </FieldFrame>
      ))}
    </Frame>
  );
}
