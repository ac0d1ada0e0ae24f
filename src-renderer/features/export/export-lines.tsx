import './export.css';
import { CircleCheck, CircleSlash, CircleX, Download, FolderOpen, X } from 'lucide-react';
import type { ExportProgress } from '#domain/data-export.ts';
import { command } from '#renderer/stores/commands.ts';
import { dismissExport, useExportStore } from '#renderer/stores/export-store.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { formatInteger } from '#renderer/ui/format.ts';
import { Progress } from '#renderer/ui/progress.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { SUBJECT_WORDS } from './export-words.ts';

/** Files that are being written, and how they ended: above the status bar until they are dismissed. */
export function ExportLines() {
  const exports = useExportStore((state) => state.exports);
  if (exports.length === 0) return null;
  return (
    <section className="export-lines" aria-label="Exports" tabIndex={-1}>
      {exports.map((progress) => (
        <ExportLine key={progress.id} progress={progress} />
      ))}
    </section>
  );
}

const ICONS = {
  running: Download,
  done: CircleCheck,
  cancelled: CircleSlash,
  failed: CircleX,
} as const;

function ExportLine({ progress }: { readonly progress: ExportProgress }) {
  const { id, subject, fileName, state } = progress;
  const Icon = ICONS[state.kind];
  const running = state.kind === 'running';
  return (
    <div
      className={`export-line export-${state.kind}`}
      data-testid={TEST_IDS.exportProgress}
      data-export={id}
      data-state={state.kind}
    >
      <Icon size={16} aria-hidden />
      <p className="export-line-text">
        {/* How it ended is said aloud; how far it has come is not, row by row. */}
        <span className="export-line-title" role={state.kind === 'failed' ? 'alert' : 'status'}>
          {titleOf(progress)}
        </span>{' '}
        <span className="export-line-file selectable">
          {state.kind === 'failed' ? `${state.error.message} ${state.error.advice}` : fileName}
        </span>
      </p>
      <span className="export-line-rows">{rowsOf(progress)}</span>
      {running && (
        <span className="export-line-bar">
          <Progress label={`Export of ${subject}`} share={shareOf(progress)} />
        </span>
      )}
      <ExportActs progress={progress} />
    </div>
  );
}

function ExportActs({ progress: { id, state } }: { readonly progress: ExportProgress }) {
  if (state.kind === 'running') {
    return (
      <Button
        tone="quiet"
        data-testid={TEST_IDS.exportCancel}
        onClick={() => void command('Not cancelled', 'export.cancel', { exportId: id })}
      >
        Cancel
      </Button>
    );
  }
  return (
    <>
      {state.kind === 'done' && (
        <Button
          tone="quiet"
          icon={<FolderOpen size={14} aria-hidden />}
          data-testid={TEST_IDS.exportShow}
          onClick={() => void command('Not shown', 'export.showInFolder', { exportId: id })}
        >
          Show in folder
        </Button>
      )}
      <IconButton label="Dismiss" onClick={() => dismissExport(id)}>
        <X size={14} aria-hidden />
      </IconButton>
    </>
  );
}

function titleOf({ subject, state }: ExportProgress): string {
  const what = SUBJECT_WORDS[subject].label;
  switch (state.kind) {
    case 'running':
      return `Exporting ${what.toLowerCase()}`;
    case 'done':
      return `${what} exported`;
    case 'cancelled':
      return `Export of ${what.toLowerCase()} cancelled`;
    case 'failed':
      return `${what} not exported`;
  }
}

function rowsOf({ rows, totalRows, state }: ExportProgress): string {
  if (state.kind === 'cancelled' || state.kind === 'failed') return '';
  const written = formatInteger(rows);
  if (state.kind === 'running' && totalRows !== null) {
    return `${written} of ${formatInteger(totalRows)} rows`;
  }
  return `${written} ${rows === 1 ? 'row' : 'rows'}`;
}

function shareOf({ rows, totalRows }: ExportProgress): number | null {
  return totalRows === null || totalRows === 0 ? null : rows / totalRows;
}
