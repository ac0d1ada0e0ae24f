import './region.css';
import { OctagonAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { openScreen } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { detailsOfFault, wordsOfFault } from './fault-words.ts';
import { reportFault } from './report-fault.ts';

export interface RegionProps {
  /** For the log: `screen vaults`. */
  readonly where: string;
  /** For the trader: `This screen`. */
  readonly what: string;
  /** A change of it clears a failure: the screen in front. */
  readonly resetOn?: string;
  readonly children: ReactNode;
}

/** A part of the window that may fail alone: everything around it goes on. */
export function Region({ where, what, resetOn, children }: RegionProps) {
  return (
    <ErrorBoundary
      resetKeys={[resetOn]}
      onError={(error) => reportFault(error, where)}
      fallbackRender={(props) => <RegionFailed {...props} where={where} what={what} />}
    >
      {children}
    </ErrorBoundary>
  );
}

type RegionFailedProps = FallbackProps & Pick<RegionProps, 'where' | 'what'>;

function RegionFailed({ error, resetErrorBoundary, where, what }: RegionFailedProps) {
  const { code, message } = wordsOfFault(error);
  const goHome = () => {
    openScreen('overview');
    resetErrorBoundary();
  };
  return (
    <section
      className="region-failed"
      role="alert"
      data-testid={TEST_IDS.regionFailed}
      data-where={where}
    >
      <OctagonAlert size={26} aria-hidden />
      <h1>{what} failed</h1>
      <p>{message}</p>
      <p className="mono faint">{code}</p>
      <div className="region-failed-acts">
        <Button tone="primary" data-testid={TEST_IDS.regionAgain} onClick={resetErrorBoundary}>
          Try again
        </Button>
        <Button data-testid={TEST_IDS.regionHome} onClick={goHome}>
          Go to Overview
        </Button>
        <CopyDetails error={error} where={where} />
      </div>
    </section>
  );
}

function CopyDetails({ error, where }: { readonly error: unknown; readonly where: string }) {
  const runtime = useDeskStore((state) => state.runtime);
  const [told, setTold] = useState('Copy details');
  const about = runtime === null ? '' : `Keel ${runtime.appVersion}, Electron ${runtime.electron}`;
  const copy = () =>
    void navigator.clipboard.writeText(detailsOfFault(error, where, about)).then(
      () => setTold('Copied'),
      () => setTold('Could not copy'),
    );
  return (
    <Button tone="quiet" data-testid={TEST_IDS.regionCopy} onClick={copy}>
      {told}
    </Button>
  );
}
