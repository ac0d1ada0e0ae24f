import './data.css';
import { TriangleAlert } from 'lucide-react';
import type { SyntheticEvent } from 'react';
import type { SettingsImportPreview } from '#domain/settings-import.ts';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { request } from '#renderer/stores/commands.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { FormActions, FormError } from '#renderer/ui/form-parts.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

/** What the file would change, before it does; one explicit act. */
export function ImportSettingsDialog({ preview }: { readonly preview: SettingsImportPreview }) {
  const { token, fileName, changes, refused } = preview;
  const { busy, failure, send } = useSend();
  const count = changes.length;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void send(request('settings.applyImport', { token }), () => {
      closeDialog();
      showToast(
        'good',
        'Settings imported',
        `${count} ${count === 1 ? 'value' : 'values'} changed.`,
      );
    });
  };
  return (
    <Dialog
      title="Import these settings?"
      description={`${fileName}. Networks, endpoints and keys are never in such a file.`}
      onClose={closeDialog}
      size="large"
    >
      <form onSubmit={submit}>
        <div className="dialog-body">
          {count === 0 ? (
            <p className="callout">The file changes nothing: every value is as it is already.</p>
          ) : (
            <Changes preview={preview} />
          )}
          {refused.length > 0 && <Refused reasons={refused} />}
          <FormError message={failure} />
        </div>
        {count === 0 ? (
          <div className="dialog-actions">
            <Button autoFocus onClick={closeDialog} data-testid={TEST_IDS.dialogCancel}>
              Close
            </Button>
          </div>
        ) : (
          <FormActions
            submit={`Change ${count} ${count === 1 ? 'value' : 'values'}`}
            busy={busy}
            onCancel={closeDialog}
          />
        )}
      </form>
    </Dialog>
  );
}

function Changes({ preview: { changes } }: { readonly preview: SettingsImportPreview }) {
  return (
    <div className="data-changes" tabIndex={0} role="region" aria-label="Changes">
      <table>
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">Now</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, from, to }) => (
            <tr key={field} data-testid={TEST_IDS.settingChange} data-field={field}>
              <th scope="row" className="mono">
                {field}
              </th>
              <td>{from}</td>
              <td className="data-after">{to}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Refused({ reasons }: { readonly reasons: readonly string[] }) {
  return (
    <div className="callout callout-warn">
      <TriangleAlert size={15} aria-hidden />
      <div>
        <p>Not taken from the file:</p>
        <ul className="restore-lost">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
