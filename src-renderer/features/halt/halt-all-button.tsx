import './halt.css';
import { OctagonPause } from 'lucide-react';
import { useState } from 'react';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { haltEverything } from './halt-everything.ts';

/** Always within reach, quiet until it is wanted. Stops at the first press. */
export function HaltAllButton() {
  const halted = useDeskStore((state) => state.haltAll !== null);
  const [busy, setBusy] = useState(false);
  const halt = async () => {
    setBusy(true);
    await haltEverything('window');
    setBusy(false);
  };
  return (
    <button
      type="button"
      className="halt-all"
      disabled={halted}
      aria-busy={busy || undefined}
      aria-keyshortcuts="Control+Shift+H"
      title={
        halted
          ? 'Everything is halted'
          : 'Halt all trading and every movement of money, at once (Ctrl+Shift+H)'
      }
      data-testid={TEST_IDS.haltAll}
      onClick={() => void halt()}
    >
      <OctagonPause size={15} aria-hidden />
      {halted ? 'Halted' : 'Halt all'}
    </button>
  );
}
