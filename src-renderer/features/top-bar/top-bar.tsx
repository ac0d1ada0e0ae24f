import './top-bar.css';
import { ArrowLeft, ArrowRight, Search } from 'lucide-react';
import { HaltAllButton } from '#renderer/features/halt/halt-all-button.tsx';
import { LockIndicator } from '#renderer/features/keys/lock-indicator.tsx';
import { VerdictStrip } from '#renderer/features/verdict/verdict-strip.tsx';
import {
  goBack,
  goForward,
  openDialog,
  useNavigationStore,
} from '#renderer/stores/navigation-store.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

/** On every screen: is it right, fresh and safe; the way to everything else; the stop; the keys. */
export function TopBar() {
  return (
    <header className="top-bar">
      <Ways />
      <VerdictStrip />
      <span className="spacer" />
      <button
        type="button"
        className="top-bar-search"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K"
        data-testid={TEST_IDS.openPalette}
        onClick={() => openDialog({ kind: 'palette' })}
      >
        <Search size={14} aria-hidden />
        <span className="top-bar-search-text">Search or do…</span>
        <Kbd keys="Ctrl+K" />
      </button>
      <HaltAllButton />
      <LockIndicator />
    </header>
  );
}

/** Back and forward, as far as there is anything to go to. */
function Ways() {
  const hasPast = useNavigationStore((state) => state.past.length > 0);
  const hasFuture = useNavigationStore((state) => state.future.length > 0);
  return (
    <div className="top-bar-ways">
      <IconButton label="Back (Alt+←)" aria-disabled={!hasPast} onClick={goBack}>
        <ArrowLeft size={16} aria-hidden />
      </IconButton>
      <IconButton label="Forward (Alt+→)" aria-disabled={!hasFuture} onClick={goForward}>
        <ArrowRight size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
