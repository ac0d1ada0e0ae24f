import { FlaskConical, KeyRound, NotebookText, type LucideIcon } from 'lucide-react';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openDialog, openKeys, togglePractice } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

interface Way {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly start: () => void;
}

const PRACTICE: Way = {
  icon: FlaskConical,
  title: 'On the practice network',
  text: 'A simulated Drift on this computer, with play money. Deposit, trade, break the line, and watch what Keel does.',
  action: 'Open the practice network',
  start: togglePractice,
};

const WAYS: readonly Way[] = [
  {
    icon: NotebookText,
    title: 'On paper',
    text: 'A vault of your own ledger: no chain, no key, nothing to lose. It starts with 50 units.',
    action: 'Add a paper vault…',
    start: () => openDialog({ kind: 'create-vault' }),
  },
  {
    icon: KeyRound,
    title: 'With your own account',
    text: 'Watch a Drift sub-account by its address alone; or add a key, and move money too.',
    action: 'Open the keys',
    start: openKeys,
  },
];

/** A desk without vaults: what Keel is, and three ways to begin. */
export function FirstWays() {
  const hasPractice = useDeskStore((state) =>
    state.networks.some(({ kind }) => kind === 'practice'),
  );
  return (
    <section className="first-ways" data-testid={TEST_IDS.overviewEmpty}>
      <h2>Keel keeps your vaults in step with the chain</h2>
      <p className="first-ways-text">
        Each vault is the money of one trading engine. Keel reads it, reads it again, and says only
        what both reads agree on: is it right, is it fresh, is it safe. There is no vault yet.
      </p>
      <ul>
        {(hasPractice ? [PRACTICE, ...WAYS] : WAYS).map(
          ({ icon: Icon, title, text, action, start }, index) => (
            <li key={title} className="panel">
              <Icon size={20} aria-hidden />
              <h3>{title}</h3>
              <p>{text}</p>
              <Button tone={index === 0 ? 'primary' : 'plain'} onClick={start}>
                {action}
              </Button>
            </li>
          ),
        )}
      </ul>
    </section>
  );
}
