import { ArrowDownToLine, KeyRound, LockKeyholeOpen, type LucideIcon } from 'lucide-react';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

interface Step {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
}

const STEPS: readonly Step[] = [
  {
    icon: KeyRound,
    title: '1. Get a key',
    text: 'Take the practice trader’s key, which holds play money, or create or import one of your own. You choose a passphrase for all keys.',
  },
  {
    icon: LockKeyholeOpen,
    title: '2. Unlock',
    text: 'Type the passphrase in the signer’s window. It locks again by itself when you are away.',
  },
  {
    icon: ArrowDownToLine,
    title: '3. Deposit',
    text: 'Open a vault and press D. Keel checks, simulates, signs, and proves that the money arrived.',
  },
];

/** Where no key is yet: what three steps lead to a first deposit. */
export function Onboarding() {
  const hasPractice = useDeskStore((state) =>
    state.networks.some(({ kind }) => kind === 'practice'),
  );
  return (
    <section
      className="onboarding"
      aria-label="From a key to a deposit"
      data-testid={TEST_IDS.keysEmpty}
    >
      <ol>
        {STEPS.map(({ icon: Icon, title, text }) => (
          <li key={title}>
            <h2>
              <Icon size={16} aria-hidden />
              {title}
            </h2>
            <p>{text}</p>
          </li>
        ))}
      </ol>
      {hasPractice && (
        <p className="faint">Everything can be tried with play money before a real key exists.</p>
      )}
    </section>
  );
}
