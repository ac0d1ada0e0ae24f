/** What can be done with the desk as a whole. */
import {
  ArrowLeft,
  ArrowRight,
  Command as CommandIcon,
  FlaskConical,
  FolderPlus,
  Hand,
  Keyboard,
  ListFilter,
  LockKeyhole,
  LockKeyholeOpen,
  OctagonPause,
  PanelLeft,
  Plus,
  RefreshCw,
  Undo2,
  X,
} from 'lucide-react';
import { haltEverything } from '#renderer/features/halt/halt-everything.ts';
import { RAIL_SCREENS } from '#renderer/features/rail/screens.ts';
import { lockSigner, unlockSigner, updateDesk } from '#renderer/stores/commands.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import {
  goBack,
  goForward,
  openDialog,
  openScreen,
  togglePractice,
  useNavigationStore,
} from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { newestUndo, undoNewest } from '#renderer/stores/undo-store.ts';
import { syncNow } from '#renderer/stores/vault-acts.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';
import type { Command } from './command.ts';

const desk = () => useDeskStore.getState();
const navigation = () => useNavigationStore.getState();
const hasVaults = () => useVaultStore.getState().views.size > 0;

/** One level up: from a vault to the vaults, from anywhere else to the Overview. */
function leave(): void {
  openScreen(navigation().route.kind === 'vault' ? 'vaults' : 'overview');
}

async function undo(): Promise<void> {
  if (!(await undoNewest())) showToast('info', 'Nothing to undo');
}

const filterBox = (): HTMLInputElement | null =>
  document.querySelector<HTMLInputElement>('.desk-screen input[type="search"]');

const SCREENS: readonly Command[] = RAIL_SCREENS.map(({ kind, label, icon, keys, open }) => ({
  id: `go.${kind}`,
  title: label,
  group: 'Go to',
  icon,
  keys: [keys],
  keywords: 'screen open show',
  run: open,
}));

const WAYS: readonly Command[] = [
  {
    id: 'go.back',
    title: 'Back',
    group: 'Go to',
    icon: ArrowLeft,
    keys: ['Alt+ArrowLeft'],
    available: () => navigation().past.length > 0,
    run: goBack,
  },
  {
    id: 'go.forward',
    title: 'Forward',
    group: 'Go to',
    icon: ArrowRight,
    keys: ['Alt+ArrowRight'],
    available: () => navigation().future.length > 0,
    run: goForward,
  },
  {
    id: 'go.up',
    title: 'Leave this screen',
    group: 'Go to',
    icon: X,
    keys: ['Escape'],
    available: () => !['overview', 'vaults'].includes(navigation().route.kind),
    run: leave,
  },
  {
    id: 'go.practice',
    title: 'Practice network',
    group: 'Go to',
    icon: FlaskConical,
    keys: ['$mod+Shift+P'],
    keywords: 'panel faults simulate test play money',
    available: () => desk().networks.some(({ kind }) => kind === 'practice'),
    run: togglePractice,
  },
];

const VAULTS: readonly Command[] = [
  {
    id: 'vaults.add',
    title: 'Add vault…',
    group: 'Vaults',
    icon: Plus,
    keys: ['$mod+N'],
    keywords: 'new create paper on chain',
    run: () => openDialog({ kind: 'create-vault' }),
  },
  {
    id: 'vaults.sub-account',
    title: 'New sub-account…',
    group: 'Vaults',
    icon: FolderPlus,
    keywords: 'create drift',
    available: hasVaults,
    run: () => openDialog({ kind: 'create-sub-account' }),
  },
  {
    id: 'vaults.sync',
    title: 'Sync all vaults',
    group: 'Vaults',
    icon: RefreshCw,
    keys: ['$mod+R'],
    keywords: 'refresh reload verify',
    available: hasVaults,
    run: () => syncNow(null),
  },
];

const SAFETY: readonly Command[] = [
  {
    id: 'safety.halt',
    title: 'Halt all',
    group: 'Safety',
    icon: OctagonPause,
    keys: ['$mod+Shift+H'],
    keywords: 'stop everything trading emergency panic',
    overDialog: true,
    run: () => haltEverything('keyboard'),
  },
  {
    id: 'safety.lift',
    title: 'Lift the halt…',
    group: 'Safety',
    icon: Hand,
    keywords: 'resume',
    available: () => desk().haltAll !== null,
    run: () => openDialog({ kind: 'lift-halt-all' }),
  },
  {
    id: 'safety.lock',
    title: 'Lock the keys',
    group: 'Keys',
    icon: LockKeyhole,
    keys: ['$mod+L'],
    keywords: 'signer',
    overDialog: true,
    run: lockSigner,
  },
  {
    id: 'safety.unlock',
    title: 'Unlock the keys…',
    group: 'Keys',
    icon: LockKeyholeOpen,
    keywords: 'signer passphrase',
    available: () => desk().signer.status === 'locked',
    run: unlockSigner,
  },
];

const DESK: readonly Command[] = [
  {
    id: 'desk.palette',
    title: 'Search and commands',
    group: 'Desk',
    icon: CommandIcon,
    keys: ['$mod+K'],
    run: () => openDialog({ kind: 'palette' }),
  },
  {
    id: 'desk.undo',
    title: 'Undo',
    group: 'Desk',
    icon: Undo2,
    keys: ['$mod+Z'],
    keywords: 'take back revert',
    notWhileTyping: true,
    available: () => newestUndo() !== null,
    run: undo,
  },
  {
    id: 'desk.filter',
    title: 'Filter this screen',
    group: 'Desk',
    icon: ListFilter,
    keys: ['[Shift]+/'],
    keywords: 'find search',
    available: () => filterBox() !== null,
    run: () => filterBox()?.focus(),
  },
  {
    id: 'desk.rail',
    title: 'Rail wide or narrow',
    group: 'Desk',
    icon: PanelLeft,
    keys: ['$mod+B'],
    keywords: 'sidebar navigation collapse expand',
    run: () => updateDesk({ railOpen: !desk().settings.desk.railOpen }),
  },
  {
    id: 'help.keys',
    title: 'Keyboard map',
    group: 'Help',
    icon: Keyboard,
    keys: ['[Shift]+?'],
    keywords: 'shortcuts hotkeys help',
    run: () => openDialog({ kind: 'keyboard-map' }),
  },
];

export const DESK_COMMANDS: readonly Command[] = [
  ...SCREENS,
  ...WAYS,
  ...VAULTS,
  ...SAFETY,
  ...DESK,
];
