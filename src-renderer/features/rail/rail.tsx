import './rail.css';
import { FlaskConical, PanelLeftClose, PanelLeftOpen, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { ariaKeys, wordsOfKeys } from '#renderer/features/commands/command-keys.ts';
import { updateDesk } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import {
  openScreen,
  togglePractice,
  useNavigationStore,
  type Route,
} from '#renderer/stores/navigation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { KeelMark } from './keel-mark.tsx';
import { RailBadge } from './rail-badge.tsx';
import { RailTip } from './rail-tip.tsx';
import { RAIL_SCREENS, type RailScreen } from './screens.ts';
import { useNarrowRail } from './use-narrow-rail.ts';

/** The screens, at the left of every screen: with words, or as icons. */
export function Rail() {
  const { narrow, forced } = useNarrowRail();
  const above = RAIL_SCREENS.filter(({ below }) => !below);
  const below = RAIL_SCREENS.filter((screen) => screen.below);
  return (
    <nav className="rail" aria-label="Screens" data-narrow={narrow}>
      <RailTip text={narrow ? 'Keel' : null}>
        <button
          type="button"
          className="rail-brand"
          aria-label="Keel: to the Overview"
          onClick={() => openScreen('overview')}
        >
          <KeelMark size={22} />
          {!narrow && <span aria-hidden>Keel</span>}
        </button>
      </RailTip>
      <ul className="rail-list">
        {above.map((screen) => (
          <ScreenItem key={screen.kind} screen={screen} narrow={narrow} />
        ))}
      </ul>
      <span className="rail-space" />
      <ul className="rail-list">
        <PracticeItem narrow={narrow} />
        {below.map((screen) => (
          <ScreenItem key={screen.kind} screen={screen} narrow={narrow} />
        ))}
        {!forced && <ToggleItem narrow={narrow} />}
      </ul>
    </nav>
  );
}

interface ItemProps {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly testId: string;
  readonly narrow: boolean;
  readonly keys?: string;
  readonly current?: boolean;
  readonly pressed?: boolean;
  readonly badge?: ReactNode;
  readonly onPress: () => void;
}

function Item(props: ItemProps) {
  const { label, icon: Icon, testId, narrow, keys, current, pressed, badge, onPress } = props;
  const tip = keys === undefined ? label : `${label} (${wordsOfKeys(keys)})`;
  return (
    <li>
      <RailTip text={narrow ? tip : null}>
        <button
          type="button"
          className={narrow ? 'rail-item rail-item-narrow' : 'rail-item'}
          aria-current={current === true ? 'page' : undefined}
          aria-pressed={pressed}
          aria-keyshortcuts={keys === undefined ? undefined : ariaKeys(keys)}
          title={narrow ? undefined : tip}
          data-testid={testId}
          onClick={onPress}
        >
          <Icon size={17} aria-hidden />
          <span className={narrow ? 'visually-hidden' : 'rail-label'}>{label}</span>
          {badge}
        </button>
      </RailTip>
    </li>
  );
}

interface ScreenItemProps {
  readonly screen: RailScreen;
  readonly narrow: boolean;
}

/** A vault's page is one of the Vaults screen. */
const shownAs = (route: Route['kind']): Route['kind'] => (route === 'vault' ? 'vaults' : route);

function ScreenItem({ screen: { kind, open, ...item }, narrow }: ScreenItemProps) {
  const current = useNavigationStore((state) => shownAs(state.route.kind) === kind);
  return (
    <Item
      {...item}
      narrow={narrow}
      current={current}
      badge={<RailBadge of={kind} />}
      onPress={open}
    />
  );
}

function PracticeItem({ narrow }: { readonly narrow: boolean }) {
  const open = useNavigationStore((state) => state.practiceOpen);
  const hasPractice = useDeskStore((state) =>
    state.networks.some(({ kind }) => kind === 'practice'),
  );
  if (!hasPractice) return null;
  return (
    <Item
      label="Practice network"
      icon={FlaskConical}
      testId={TEST_IDS.openPractice}
      keys="$mod+Shift+P"
      narrow={narrow}
      pressed={open}
      onPress={togglePractice}
    />
  );
}

function ToggleItem({ narrow }: { readonly narrow: boolean }) {
  return (
    <Item
      label={narrow ? 'Show the words' : 'Icons only'}
      icon={narrow ? PanelLeftOpen : PanelLeftClose}
      testId={TEST_IDS.railToggle}
      keys="$mod+B"
      narrow={narrow}
      onPress={() => void updateDesk({ railOpen: narrow })}
    />
  );
}
