import type { ReactNode } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { wordsOfFault } from './fault-words.ts';
import { reportFault } from './report-fault.ts';

/** The last one: what fails here takes the window along, never the engine. Uses nothing that could fail with it. */
export function RootBoundary({ children }: { readonly children: ReactNode }) {
  return (
    <ErrorBoundary onError={(error) => reportFault(error, 'desk')} FallbackComponent={DeskCrashed}>
      {children}
    </ErrorBoundary>
  );
}

function DeskCrashed({ error, resetErrorBoundary }: FallbackProps) {
  const { code, message } = wordsOfFault(error);
  return (
    <main className="desk-message" role="alert" data-testid={TEST_IDS.deskCrashed}>
      <h1>The window failed</h1>
      <p>{message} Everything can be halted from the tray.</p>
      <p className="mono faint">{code}</p>
      <button type="button" className="button button-primary" onClick={resetErrorBoundary}>
        Draw it again
      </button>
    </main>
  );
}
