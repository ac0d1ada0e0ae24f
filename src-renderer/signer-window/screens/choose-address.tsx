import { useState } from 'react';
import type { KeyCandidate } from '#domain/signer-window.ts';
import { Chip } from '#renderer/ui/chip.tsx';
import { KeyText } from '../key-text.tsx';
import { Actions, Frame, type ScreenProps } from '../screen.tsx';
import { SIGNER_TEST_IDS } from '../signer-test-ids.ts';

/** The addresses that the secret may mean, by path: one or several may be taken. */
export function ChooseAddress({ screen, error, busy, act }: ScreenProps<'choose-address'>) {
  const fresh = screen.candidates.filter((candidate) => !candidate.alreadyThere);
  const only = fresh.length === 1 ? fresh.map((candidate) => candidate.id) : [];
  const [chosen, setChosen] = useState<readonly string[]>(only);
  const toggle = (id: string) =>
    setChosen((ids) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]));
  return (
    <Frame
      title="Which address is yours?"
      intro="Wallets derive different addresses from the same phrase. Take those that you know; each becomes a key of its own."
      error={error}
      onSubmit={() => !busy && chosen.length > 0 && act({ kind: 'choose', ids: chosen })}
      actions={
        <Actions
          proceed={chosen.length > 1 ? `Import ${chosen.length} keys` : 'Import the key'}
          busy={busy}
          ready={chosen.length > 0}
          back
          act={act}
        />
      }
    >
      {fresh.length === 0 && <p className="callout">All of these keys are here already.</p>}
      <ul className="candidates">
        {screen.candidates.map((candidate) => (
          <Candidate
            key={candidate.id}
            candidate={candidate}
            chosen={chosen.includes(candidate.id)}
            first={candidate === fresh[0]}
            onToggle={() => toggle(candidate.id)}
          />
        ))}
      </ul>
    </Frame>
  );
}

interface CandidateProps {
  readonly candidate: KeyCandidate;
  readonly chosen: boolean;
  readonly first: boolean;
  readonly onToggle: () => void;
}

function Candidate({ candidate, chosen, first, onToggle }: CandidateProps) {
  const { publicKey, derivationPath, label, alreadyThere } = candidate;
  return (
    <li>
      <label className={alreadyThere ? 'signer-choice is-off' : 'signer-choice'}>
        <input
          type="checkbox"
          checked={chosen || alreadyThere}
          disabled={alreadyThere}
          onChange={onToggle}
          data-first={first || undefined}
          data-public-key={publicKey}
          data-testid={SIGNER_TEST_IDS.candidate}
        />
        <span>
          <span className="candidate-head">
            {label}
            {alreadyThere && <Chip>already here</Chip>}
          </span>
          <KeyText text={publicKey} />
          {derivationPath !== null && <span className="mono faint">{derivationPath}</span>}
        </span>
      </label>
    </li>
  );
}
