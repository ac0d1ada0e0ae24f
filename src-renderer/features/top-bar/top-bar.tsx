import './top-bar.css';
import { FlaskConical, Settings } from 'lucide-react';
import { VerdictStrip } from '#renderer/features/verdict/verdict-strip.tsx';
import {
  openDialog,
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
          Practice network
        </Button>
      )}
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
