import './halt.css';
import { OctagonPause } from 'lucide-react';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { Age, TimeOf } from '#renderer/ui/age.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { haltedBy } from './halt-words.ts';

/** As long as everything is halted, on every screen. */
export function HaltBanner() {
  const haltAll = useDeskStore((state) => state.haltAll);
  const reached = useDeskStore((state) => state.haltReachedEngine);
  const running = useDeskStore((state) => state.engine.running);
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
          <strong>Everything is halted</strong> since <TimeOf atMs={haltAll.sinceMs} />,{' '}
          {haltedBy(haltAll)}{' '}
          <span className="halt-banner-age">
            (<Age atMs={haltAll.sinceMs} suffix=" ago" />)
          </span>
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
