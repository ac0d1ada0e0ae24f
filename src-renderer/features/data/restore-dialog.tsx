import './data.css';
import { OctagonAlert, TriangleAlert } from 'lucide-react';
import { useEffect, useState, type SyntheticEvent } from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import type { ResponseOf } from '#ipc/contract.ts';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { reloadDesk, request } from '#renderer/stores/commands.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { FormError } from '#renderer/ui/form-parts.tsx';
import { Age, TimeOf } from '#renderer/ui/age.tsx';
import { formatBytes } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { SureCheck } from './sure-check.tsx';

type Preview = ResponseOf<'backup.previewRestore'>;

/** What the backup holds, what would be lost, what stands against it; then one explicit act. */
export function RestoreDialog({ name }: { readonly name: string }) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<KeelError | null>(null);
  useEffect(() => {
    let current = true;
    void request('backup.previewRestore', { name }).then((answer) => {
      if (!current) return;
      if (answer.ok) setPreview(answer.value);
      else setError(answer.error);
    });
    return () => {
      current = false;
    };
  }, [name]);
  return (
    <Dialog
      title="Restore this backup?"
      description="The database in use is put aside, not deleted, and Keel’s engine starts on the backup. Trading is then halted on every vault until you enable it."
      onClose={closeDialog}
    >
      {preview === null ? (
        <div className="dialog-body data-section">
          <FormError message={error === null ? null : `${error.message} ${error.advice}`} />
          {error === null && <p className="faint">Looking into the backup…</p>}
        </div>
      ) : (
        <RestoreForm name={name} preview={preview} />
      )}
    </Dialog>
  );
}

function RestoreForm({ name, preview }: { readonly name: string; readonly preview: Preview }) {
  const [sure, setSure] = useState(false);
  const { busy, failure, send } = useSend();
  const blocked = preview.blockedBy.length > 0;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!sure || blocked) return;
    void send(request('backup.restore', { name }), ({ setAside }) => {
      closeDialog();
      showToast('good', 'Backup restored', `The database before it is kept as ${setAside}.`);
      void reloadDesk();
    });
  };
  return (
    <form onSubmit={submit}>
      <div className="dialog-body">
        <Holdings preview={preview} />
        <Lost preview={preview} />
        {preview.returningNotes > 0 && (
          <p className="muted" data-testid={TEST_IDS.restoreNotes}>
            {notesWords(preview.returningNotes)}
          </p>
        )}
        {blocked ? (
          <Blocked reasons={preview.blockedBy} />
        ) : (
          <SureCheck
            id="restore-sure"
            words="I have read what is lost. Restore it."
            sure={sure}
            onSure={setSure}
            testId={TEST_IDS.restoreConfirm}
          />
        )}
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
          aria-disabled={!sure || blocked}
          data-testid={TEST_IDS.dialogSubmit}
        >
          Restore
        </Button>
      </div>
    </form>
  );
}

function Holdings({ preview }: { readonly preview: Preview }) {
  const { backup, vaults, operations, openOperations, newestObservationMs } = preview;
  return (
    <dl className="restore-facts">
      <dt>Made</dt>
      <dd>
        <TimeOf atMs={backup.madeAtMs} /> (<Age atMs={backup.madeAtMs} suffix=" ago" />,{' '}
        {formatBytes(backup.bytes)})
      </dd>
      <dt>Vaults</dt>
      <dd>{vaults}</dd>
      <dt>Operations</dt>
      <dd>
        {operations}
        {openOperations > 0 && `, of which ${openOperations} open`}
      </dd>
      <dt>Newest figures</dt>
      <dd>{newestObservationMs === null ? 'none' : <TimeOf atMs={newestObservationMs} />}</dd>
    </dl>
  );
}

const notesWords = (count: number): string =>
  count === 1
    ? 'A note that is not there today, removed since perhaps, comes back.'
    : `${count} notes that are not there today, removed since perhaps, come back.`;

function Lost({ preview: { lostVaults, lostOperations } }: { readonly preview: Preview }) {
  if (lostVaults.length === 0 && lostOperations === 0) {
    return <p className="callout">Every vault and operation of today is in the backup too.</p>;
  }
  return (
    <div className="callout callout-warn">
      <TriangleAlert size={15} aria-hidden />
      <div>
        <p>What today’s database has and the backup has not:</p>
        <ul className="restore-lost">
          {lostVaults.map((vault) => (
            <li key={vault}>vault “{vault}”</li>
          ))}
          {lostOperations > 0 && (
            <li>
              {lostOperations} ended {lostOperations === 1 ? 'operation' : 'operations'}
            </li>
          )}
        </ul>
        <p className="muted">No money is lost: it is on the chain. What is on paper only, is.</p>
      </div>
    </div>
  );
}

function Blocked({ reasons }: { readonly reasons: readonly string[] }) {
  return (
    <div className="callout callout-bad" role="alert">
      <OctagonAlert size={15} aria-hidden />
      <div>
        <p>It cannot be restored now:</p>
        <ul className="restore-lost">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
