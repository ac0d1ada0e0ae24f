import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { isFinal, type OperationView } from '#domain/capital-operation.ts';
import { command } from '#renderer/stores/commands.ts';
import { closeDialog, openDialog } from '#renderer/stores/navigation-store.ts';
import { plainDecimal } from '#renderer/ui/amount-input.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

/** Cancel while nothing is signed; repeat where trying again is safe. */
export function OperationActs({ view }: { readonly view: OperationView }) {
  const { operation } = view;
  const mayRepeat = ['expired', 'denied', 'rejected'].includes(operation.state);
  return (
    <div className="dialog-actions">
      {mayCancel(view) && <Cancel view={view} />}
      {mayRepeat && (
        <Button
          icon={<RotateCcw size={14} aria-hidden />}
          data-testid={TEST_IDS.operationRepeat}
          onClick={() => repeat(view)}
        >
          Repeat…
        </Button>
      )}
      <Button
        autoFocus={view.wait?.kind !== 'unlock'}
        onClick={closeDialog}
        data-testid={TEST_IDS.dialogCancel}
      >
        Close
      </Button>
    </div>
  );
}

/** Only before it is signed: after that the bytes exist and may land. */
export function mayCancel({ operation }: OperationView): boolean {
  return (
    !isFinal(operation.state) &&
    ['requested', 'validated', 'planned', 'simulated', 'approved'].includes(operation.state)
  );
}

function Cancel({ view }: { readonly view: OperationView }) {
  const [busy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    await command('The operation could not be cancelled', 'capital.cancel', {
      operationId: view.operation.id,
    });
    setBusy(false);
  };
  return (
    <Button busy={busy} data-testid={TEST_IDS.operationCancel} onClick={() => void cancel()}>
      Cancel the operation
    </Button>
  );
}

/** A new operation: its form, filled in as the first one was. */
function repeat({ operation: { intent } }: OperationView): void {
  if (intent.kind === 'create-sub-account') {
    openDialog({ kind: intent.kind, prefill: intent });
    return;
  }
  openDialog({
    kind: intent.kind,
    vaultId: intent.vaultId,
    prefill: {
      marketIndex: intent.token.marketIndex,
      amount: plainDecimal(intent.amount, intent.token.decimals),
      toVaultId: intent.kind === 'transfer' ? intent.toVaultId : null,
    },
  });
}
