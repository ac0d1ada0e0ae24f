import './operations.css';
import { useCallback, useEffect, useState } from 'react';
import type { OperationId } from '#domain/ids.ts';
import type { OperationView } from '#domain/capital-operation.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { request } from '#renderer/stores/commands.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { isOpen, receiveOperations, useOperation } from '#renderer/stores/operation-store.ts';
import { useVaultName } from '#renderer/stores/selectors.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { FailedState, LoadingState } from '#renderer/ui/states.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { OperationActs } from './operation-acts.tsx';
import { OperationFacts } from './operation-facts.tsx';
import { Outcome } from './outcome.tsx';
import { SimulatedChanges } from './simulated-changes.tsx';
import { Stepper } from './stepper.tsx';
import { routeOf, titleOf } from './operation-words.ts';

interface OperationDialogProps {
  readonly id: OperationId;
  /** It is known to be on record, whatever comes of reading it. */
  readonly justAsked: boolean;
}

/** One operation, step by step. It can be closed at any time: the operation goes on without it. */
export function OperationDialog(props: OperationDialogProps) {
  const view = useOperation(props.id);
  const nameOf = useVaultName();
  if (view === undefined) return <NotYetKnown {...props} />;
  const { intent } = view.operation;
  return (
    <Dialog
      title={titleOf(intent)}
      description={routeOf(intent, nameOf)}
      onClose={closeDialog}
      size="large"
    >
      <KnownOperation view={view} />
    </Dialog>
  );
}

function KnownOperation({ view }: { readonly view: OperationView }) {
  const { operation, wait } = view;
  return (
    <div
      className="operation"
      data-testid={TEST_IDS.operation}
      data-state={operation.state}
      data-wait={wait?.kind}
    >
      <Outcome view={view} />
      <div className="operation-columns">
        <section aria-label="Steps" className="operation-steps">
          <Stepper view={view} />
        </section>
        <div className="operation-side">
          <SimulatedChanges operation={operation} />
          <OperationFacts operation={operation} />
        </div>
      </div>
      <OperationActs view={view} />
      {isOpen(view) && (
        <p className="operation-note faint">
          You may close this window: the operation goes on, also after a restart of Keel.
        </p>
      )}
    </div>
  );
}

/** An old one, or one that has just been asked for: from the journal, unless an event brings it first. */
function NotYetKnown({ id, justAsked }: OperationDialogProps) {
  const [error, setError] = useState<KeelError | null>(null);
  const load = useCallback(async () => {
    setError(null);
    const answer = await request('operation.load', { operationId: id });
    if (answer.ok) receiveOperations([answer.value.view]);
    else setError(answer.error);
  }, [id]);
  useEffect(() => void load(), [load]);
  return (
    <Dialog title="Operation" onClose={closeDialog}>
      {justAsked && (
        <p className="operation-recorded" role="status">
          It is on record, and its steps follow here.
        </p>
      )}
      {error === null ? (
        <LoadingState text="Reading it from the journal" lines={6} />
      ) : (
        <FailedState
          title={justAsked ? 'Its steps could not be read yet' : 'The operation could not be read'}
          error={error}
          onRetry={() => void load()}
        />
      )}
    </Dialog>
  );
}
