/** The screens in the order of the rail: what is worked with above, what is set up below. */
import {
  Activity,
  Gauge,
  Inbox,
  Info,
  KeyRound,
  ArrowLeftRight,
  Settings,
  Vault,
  type LucideIcon,
} from 'lucide-react';
import { openScreen, openSettings, type Route } from '#renderer/stores/navigation-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

export interface RailScreen {
  readonly kind: Route['kind'];
  readonly label: string;
  readonly icon: LucideIcon;
  readonly testId: string;
  /** In the notation of `command-keys.ts`. */
  readonly keys: string;
  readonly below: boolean;
  readonly open: () => void;
}

export const RAIL_SCREENS: readonly RailScreen[] = [
  {
    kind: 'overview',
    label: 'Overview',
    icon: Gauge,
    testId: TEST_IDS.navOverview,
    keys: '$mod+1',
    below: false,
    open: () => openScreen('overview'),
  },
  {
    kind: 'vaults',
    label: 'Vaults',
    icon: Vault,
    testId: TEST_IDS.navVaults,
    keys: '$mod+2',
    below: false,
    open: () => openScreen('vaults'),
  },
  {
    kind: 'operations',
    label: 'Operations',
    icon: ArrowLeftRight,
    testId: TEST_IDS.navOperations,
    keys: '$mod+3',
    below: false,
    open: () => openScreen('operations'),
  },
  {
    kind: 'activity',
    label: 'Activity',
    icon: Activity,
    testId: TEST_IDS.navActivity,
    keys: '$mod+4',
    below: false,
    open: () => openScreen('activity'),
  },
  {
    kind: 'inbox',
    label: 'Inbox',
    icon: Inbox,
    testId: TEST_IDS.navInbox,
    keys: '$mod+5',
    below: false,
    open: () => openScreen('inbox'),
  },
  {
    kind: 'keys',
    label: 'Keys',
    icon: KeyRound,
    testId: TEST_IDS.navKeys,
    keys: '$mod+6',
    below: false,
    open: () => openScreen('keys'),
  },
  {
    kind: 'settings',
    label: 'Settings',
    icon: Settings,
    testId: TEST_IDS.openSettings,
    keys: '$mod+,',
    below: true,
    open: () => openSettings(),
  },
  {
    kind: 'about',
    label: 'About',
    icon: Info,
    testId: TEST_IDS.navAbout,
    keys: '$mod+8',
    below: true,
    open: () => openScreen('about'),
  },
];
