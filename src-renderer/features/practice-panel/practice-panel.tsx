import './practice-panel.css';
import { X } from 'lucide-react';
import { togglePractice } from '#renderer/stores/navigation-store.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { CopyAddress } from '#renderer/ui/copy-text.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { FaultsSection } from './faults-section.tsx';
import { SubAccountSection } from './sub-account-section.tsx';
import { usePractice } from './use-practice.ts';
import { VenueControls } from './venue-controls.tsx';

/** The practice network's control desk: another client's doings, the exchange's, and faults on demand. */
export function PracticePanel() {
  const { status, error, changeFaults } = usePractice();
  return (
    <aside className="practice" aria-label="Practice network" data-testid={TEST_IDS.practicePanel}>
      <header className="practice-head">
        <h2>Practice network</h2>
        <IconButton label="Close the practice panel" onClick={togglePractice}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {error !== null && (
        <p className="callout callout-bad" role="alert">
          {error.message} {error.advice}
        </p>
      )}
      {status !== null && (
        <>
          <p className="practice-intro">
            A simulated Drift with play money on this computer. Try here what must not happen with
            real money.
          </p>
          <dl className="practice-facts">
            <dt>Trader</dt>
            <dd>
              <CopyAddress address={status.authority} />
            </dd>
            <dt>RPC</dt>
            <dd className="mono selectable">{status.rpcUrl}</dd>
          </dl>
          <div className="practice-folds">
            <SubAccountSection />
            <VenueControls />
            <FaultsSection
              faults={status.faults}
              onChange={(node, change) => void changeFaults(node, change)}
            />
          </div>
        </>
      )}
    </aside>
  );
}
