import './top-bar.css';
import { FlaskConical, Settings } from 'lucide-react';
import { HaltAllButton } from '#renderer/features/halt/halt-all-button.tsx';
import { InboxBadge } from '#renderer/features/inbox/inbox-badge.tsx';
import { LockIndicator } from '#renderer/features/keys/lock-indicator.tsx';
import { VerdictStrip } from '#renderer/features/verdict/verdict-strip.tsx';
import {
  openDialog,
  openInbox,
  openKeys,
  openOperations,
  openVaults,
  togglePractice,
  useNavigationStore,
} from '#renderer/stores/navigation-store.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { KeelMark } from './keel-mark.tsx';

export function TopBar() {
  const practiceOpen = useNavigationStore((state) => state.practiceOpen);
  const hasPractice = useDeskStore((state) =>
    state.networks.some(({ kind }) => kind === 'practice'),
  );
  return (
    <header className="top-bar">
      <button type="button" className="top-bar-brand" onClick={openVaults} title="All vaults">
        <KeelMark size={22} />
        Keel
      </button>
      <Navigation />
      <VerdictStrip />
      <span className="spacer" />
      {hasPractice && (
        <Button
          tone="quiet"
          icon={<FlaskConical size={15} aria-hidden />}
          aria-pressed={practiceOpen}
          className={practiceOpen ? 'is-pressed' : ''}
          data-testid={TEST_IDS.openPractice}
          onClick={togglePractice}
        >
          <span className="top-bar-wide">Practice network</span>
          <span className="visually-hidden top-bar-narrow">Practice network</span>
        </Button>
      )}
      <HaltAllButton />
      <LockIndicator />
      <IconButton
        label="Settings (Ctrl+,)"
        data-testid={TEST_IDS.openSettings}
        onClick={() => openDialog({ kind: 'settings' })}
      >
        <Settings size={16} aria-hidden />
      </IconButton>
    </header>
  );
}

const SCREENS = [
  {
    label: 'Vaults',
    key: '1',
    open: openVaults,
    of: ['vaults', 'vault'],
    testId: TEST_IDS.navVaults,
  },
  {
    label: 'Operations',
    key: '2',
    open: openOperations,
    of: ['operations'],
    testId: TEST_IDS.navOperations,
  },
  { label: 'Keys', key: '3', open: openKeys, of: ['keys'], testId: TEST_IDS.navKeys },
  { label: 'Inbox', key: '4', open: openInbox, of: ['inbox'], testId: TEST_IDS.navInbox },
] as const;

function Navigation() {
  const route = useNavigationStore((state) => state.route.kind);
  return (
    <nav className="top-bar-nav" aria-label="Screens">
      {SCREENS.map(({ label, key, open, of, testId }) => (
        <button
          key={label}
          type="button"
          aria-current={(of as readonly string[]).includes(route) ? 'page' : undefined}
          aria-keyshortcuts={`Control+${key}`}
          title={`${label} (Ctrl+${key})`}
          data-testid={testId}
          onClick={open}
        >
          {label}
          {of[0] === 'inbox' && <InboxBadge />}
        </button>
      ))}
    </nav>
  );
}
