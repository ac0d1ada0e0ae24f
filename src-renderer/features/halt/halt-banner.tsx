import './halt.css';
import { OctagonPause } from 'lucide-react';
import { useNow } from '#renderer/stores/clock-store.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { formatAge, formatTime } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { haltedBy } from './halt-words.ts';

/** As long as everything is halted, on every screen. */
export function HaltBanner() {
  const haltAll = useDeskStore((state) => state.haltAll);
  const reached = useDeskStore((state) => state.haltReachedEngine);
  const running = useDeskStore((state) => state.engine.running);
  const nowMs = useNow();
  if (haltAll === null) return null;
  const told = reached || running;
  return (
    <div
      className="halt-banner"
      role="status"
      data-testid={TEST_IDS.haltAllBanner}
      data-reached={reached}
    >
      <OctagonPause size={18} aria-hidden />
      <div className="halt-banner-text">
        <p>
          <strong>Everything is halted</strong> since {formatTime(haltAll.sinceMs, nowMs)},{' '}
          {haltedBy(haltAll)}{' '}
          <span className="halt-banner-age">({formatAge(nowMs - haltAll.sinceMs)} ago)</span>
        </p>
        <p className="halt-banner-more">
          {reached
            ? 'Nothing trades and no capital moves. Keel goes on watching, also what has been sent already.'
            : 'The engine has not confirmed it yet: nothing is signed, and the engine obeys the halt as soon as it answers.'}
        </p>
      </div>
      <Button
        aria-disabled={!told}
        data-testid={TEST_IDS.liftHaltAll}
        onClick={() => openDialog({ kind: 'lift-halt-all' })}
      >
        Lift the halt…
      </Button>
    </div>
  );
}
