import './data.css';
import { TriangleAlert } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { PRACTICE_NETWORK } from '#domain/ids.ts';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { request } from '#renderer/stores/commands.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { useSteady } from '#renderer/stores/use-steady.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { FormError } from '#renderer/ui/form-parts.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { SureCheck } from './sure-check.tsx';

/** Says what is lost and what stays; one explicit act. */
export function ResetPracticeDialog() {
  const [sure, setSure] = useState(false);
  const names = useVaultStore(useSteady(practiceVaults, sameNames));
  const { busy, failure, send } = useSend();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!sure || busy) return;
    void send(request('practice.reset', {}), () => {
      closeDialog();
      showToast(
        'good',
        'The practice network has begun anew',
        'Its vault is read for the first time.',
      );
    });
  };
  return (
    <Dialog
      title="Begin the practice network anew?"
      description="Only play money is concerned. Live networks and paper vaults stay as they are."
      onClose={closeDialog}
    >
      <form onSubmit={submit}>
        <div className="dialog-body">
          <div className="callout callout-warn">
            <TriangleAlert size={15} aria-hidden />
            <div>
              <p>What is lost:</p>
              <ul className="restore-lost">
                <li>the simulated chain with its play money, prices, faults and practice key</li>
                {names.map((name) => (
                  <li key={name}>vault “{name}” is archived, because its chain is no more</li>
                ))}
              </ul>
            </div>
          </div>
          <p className="muted">
            What stays: the history, operations and notes of those vaults, under the archived ones.
            You get a new practice key and a new vault. The old chain’s folder is put aside until
            the next time.
          </p>
          <SureCheck
            id="reset-sure"
            words="I have read what is lost. Begin anew."
            sure={sure}
            onSure={setSure}
            testId={TEST_IDS.practiceResetConfirm}
          />
          <FormError message={failure} />
        </div>
        <div className="dialog-actions">
          <Button autoFocus onClick={closeDialog} data-testid={TEST_IDS.dialogCancel}>
            Cancel
          </Button>
          <Button
            type="submit"
            tone="danger"
            busy={busy}
            aria-disabled={!sure}
            data-testid={TEST_IDS.dialogSubmit}
          >
            Begin anew
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const practiceVaults = ({ views }: ReturnType<typeof useVaultStore.getState>): readonly string[] =>
  [...views.values()].flatMap(({ vault }) =>
    vault.network === PRACTICE_NETWORK &&
    vault.vaultType === 'onChain' &&
    vault.archivedAtMs === null
      ? [vault.name]
      : [],
  );

const sameNames = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((name, at) => right[at] === name);
