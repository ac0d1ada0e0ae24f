import { SIGNER_TEST_IDS } from './signer-test-ids.ts';
import type { Strength } from './strength.ts';

const WORDS: Record<Strength, string> = {
  'too-short': 'too short',
  weak: 'weak: quickly guessed by whoever has the file',
  fair: 'fair: longer is better',
  strong: 'strong',
};

const BARS: Record<Strength, number> = { 'too-short': 1, weak: 1, fair: 2, strong: 3 };
const PLACES = [0, 1, 2];

/** Says it in words; the bars only repeat it. */
export function StrengthMeter({ strength }: { readonly strength: Strength | null }) {
  const bars = strength === null ? 0 : BARS[strength];
  return (
    <p className={`strength strength-${strength ?? 'none'}`}>
      <svg viewBox="0 0 96 4" className="strength-bars" aria-hidden>
        {PLACES.map((place) => (
          <rect
            key={place}
            x={place * 33}
            width={30}
            height={4}
            rx={2}
            className={place < bars ? 'strength-on' : 'strength-off'}
          />
        ))}
      </svg>
      <span aria-live="polite" data-testid={SIGNER_TEST_IDS.strength}>
        {strength === null ? '' : `Strength: ${WORDS[strength]}`}
      </span>
    </p>
  );
}
