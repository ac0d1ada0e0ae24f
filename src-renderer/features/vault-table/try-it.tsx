import './try-it.css';
import { ArrowDownToLine, KeyRound, Search, Unplug, type LucideIcon } from 'lucide-react';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import {
  openDialog,
  openKeys,
  togglePractice,
  useNavigationStore,
} from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';

interface Trial {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly start: () => void;
}

const TRIALS: readonly Trial[] = [
  {
    icon: ArrowDownToLine,
    title: 'See a change arrive',
    text: 'Let somebody else deposit into the sub-account: the vault shows it at once.',
    action: 'Open the practice panel',
    start: togglePractice,
  },
  {
    icon: Unplug,
    title: 'Break the line',
    text: 'Make the endpoint fail: Keel retries, then stops trading and says why.',
    action: 'Open the faults',
    start: togglePractice,
  },
  {
    icon: Search,
    title: 'Watch another sub-account',
    text: 'Find the sub-accounts of an authority and add them. Watching needs no key.',
    action: 'Add a vault…',
    start: () => openDialog({ kind: 'create-vault' }),
  },
];

/** In place of the last while there is no key: the way to every flow that moves money. */
const MOVE_MONEY: Trial = {
  icon: KeyRound,
  title: 'Move play money',
  text: 'Take the practice trader’s key, unlock, then deposit and withdraw as with real money.',
  action: 'Open the keys',
  start: openKeys,
};

/** Beneath a short table of play money: what can be tried before a real key exists (D4). */
export function TryIt() {
  const practiceOpen = useNavigationStore((state) => state.practiceOpen);
  const hasPractice = useDeskStore((state) =>
    state.networks.some(({ kind }) => kind === 'practice'),
  );
  const hasKey = useDeskStore((state) => state.signer.keys.some(({ kind }) => kind === 'keypair'));
  if (!hasPractice || practiceOpen) return null;
  const trials = hasKey ? TRIALS : [MOVE_MONEY, ...TRIALS.slice(0, 2)];
  return (
    <section className="try-it" aria-labelledby="try-it">
      <h2 id="try-it">Try it with play money</h2>
      <ul>
        {trials.map(({ icon: Icon, title, text, action, start }) => (
          <li key={title}>
            <h3>
              <Icon size={16} aria-hidden />
              {title}
            </h3>
            <p>{text}</p>
            <Button onClick={start}>{action}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
