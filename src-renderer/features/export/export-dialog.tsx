import './export.css';
import { Download } from 'lucide-react';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import {
  EXPORT_FORMATS,
  EXPORT_SUBJECTS,
  type ExportFormat,
  type ExportSubject,
} from '#domain/data-export.ts';
import type { VaultId } from '#domain/ids.ts';
import { useSend } from '#renderer/features/forms/use-send.ts';
import { request } from '#renderer/stores/commands.ts';
import { closeDialog } from '#renderer/stores/navigation-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { FormError } from '#renderer/ui/form-parts.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { ExportColumns } from './export-columns.tsx';
import { boundsOf, type SpanBounds, type SpanChoice } from './export-span.ts';
import { FORMAT_WORDS, SUBJECT_WORDS } from './export-words.ts';
import { SpanFields } from './span-fields.tsx';
import { VaultField } from './vault-field.tsx';

export interface ExportDialogProps {
  readonly subject: ExportSubject;
  /** Empty: all vaults. */
  readonly vaultIds: readonly VaultId[];
}

/** What shall be in the file; the system’s own dialog then asks where it goes. */
export function ExportDialog(props: ExportDialogProps) {
  const [subject, setSubject] = useState(props.subject);
  const [vaultIds, setVaultIds] = useState(props.vaultIds);
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [span, setSpan] = useState<SpanChoice>({ span: 'month', from: '', to: '' });
  const { busy, failure, send } = useSend();
  // What is wrong with the dates does not depend on the moment.
  const problem = problemOf(boundsOf(span, 0));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const now = boundsOf(span, Date.now());
    if (busy || typeof now === 'string') return;
    const asked = request('export.start', { subject, format, vaultIds, ...now });
    // Without a file the dialog stays: the trader may want another one.
    void send(asked, ({ exportId }) => exportId !== null && closeDialog());
  };
  return (
    <Dialog title="Export" onClose={closeDialog} wide>
      <form onSubmit={submit}>
        <div className="dialog-body export-form">
          <Choice label="What" note={SUBJECT_WORDS[subject].about}>
            <Segmented
              label="What"
              value={subject}
              testId={TEST_IDS.exportSubject}
              options={EXPORT_SUBJECTS.map((value) => ({
                value,
                label: SUBJECT_WORDS[value].label,
              }))}
              onChange={setSubject}
            />
          </Choice>
          <VaultField chosen={props.vaultIds} value={vaultIds} onChange={setVaultIds} />
          <SpanFields value={span} onChange={setSpan} problem={problem} />
          <Choice label="Format" note={FORMAT_WORDS[format]}>
            <Segmented
              label="Format"
              value={format}
              testId={TEST_IDS.exportFormat}
              options={EXPORT_FORMATS.map((value) => ({ value, label: value.toUpperCase() }))}
              onChange={setFormat}
            />
          </Choice>
          <ExportColumns subject={subject} />
          <FormError message={failure} />
        </div>
        <div className="dialog-actions">
          <Button onClick={closeDialog} data-testid={TEST_IDS.dialogCancel}>
            Cancel
          </Button>
          <Button
            type="submit"
            tone="primary"
            busy={busy}
            icon={<Download size={14} aria-hidden />}
            aria-disabled={problem !== null}
            data-testid={TEST_IDS.dialogSubmit}
          >
            Choose a file…
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const problemOf = (bounds: SpanBounds | string): string | null =>
  typeof bounds === 'string' ? bounds : null;

interface ChoiceProps {
  readonly label: string;
  readonly note: string;
  readonly children: ReactNode;
}

function Choice({ label, note, children }: ChoiceProps) {
  return (
    <div className="export-choice">
      <span className="export-label" aria-hidden>
        {label}
      </span>
      {children}
      <p className="export-note" role="status">
        {note}
      </p>
    </div>
  );
}
