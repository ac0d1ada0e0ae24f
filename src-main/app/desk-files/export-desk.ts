/** Exports of the desk's data (D2): asks for the file, writes it, tells how far it has come. */
import path from 'node:path';
import {
  exportId as toExportId,
  type ExportId,
  type ExportProgress,
  type ExportRequest,
  type ExportState,
} from '#domain/data-export.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import type { Clock } from '#main/engine/ports.ts';
import type { EngineClient } from '#main/ipc/engine-client.ts';
import type { ExportServices } from '#main/ipc/main-handlers.ts';
import type { NoteActivity } from '../activity-notes.ts';
import { exportFileName } from './export-file-name.ts';
import { runExport } from './export-run.ts';
import type { PartFiles } from './part-files.ts';

/** At most five times a second. */
const TELL_EVERY_MS = 200;
/** Files that can still be shown in their folder. */
const REMEMBERED = 50;
const AT_ONCE = 3;

export interface ExportDeskParts {
  readonly clock: Clock;
  readonly ask: EngineClient['ask'];
  readonly appVersion: string;
  readonly noteActivity: NoteActivity;
  readonly partFiles: PartFiles;
  newId(): string;
  /** Asks the trader for a file; null: none. */
  askForFile(suggestedName: string): Promise<string | null>;
  showInFolder(file: string): void;
  publish(progress: ExportProgress): void;
}

export interface ExportDesk extends ExportServices {
  /** Cancels what is under way, and resolves once no part of a file is left. */
  close(): Promise<void>;
}

interface Running {
  readonly abort: AbortController;
  readonly end: Promise<void>;
}

export function createExportDesk(parts: ExportDeskParts): ExportDesk {
  const running = new Map<ExportId, Running>();
  const files = new Map<ExportId, string>();
  let closed = false;

  function begin(request: ExportRequest, file: string): ExportId {
    const id = toExportId(parts.newId());
    const abort = new AbortController();
    const end = run(parts, { id, request, file, signal: abort.signal }).then((done) => {
      running.delete(id);
      if (done) files.set(id, file);
      const oldest = files.size > REMEMBERED ? files.keys().next().value : undefined;
      if (oldest !== undefined) files.delete(oldest);
    });
    running.set(id, { abort, end });
    return id;
  }

  return {
    async start(request) {
      if (running.size >= AT_ONCE) return err(tooMany());
      const file = await parts.askForFile(exportFileName(request, parts.clock.nowMs()));
      if (file === null || closed) return ok(null);
      return ok(begin(request, file));
    },
    cancel(id) {
      running.get(id)?.abort.abort();
      return Promise.resolve(ok(null));
    },
    showInFolder(id) {
      const file = files.get(id);
      if (file === undefined) return Promise.resolve(err(noSuchFile()));
      parts.showInFolder(file);
      return Promise.resolve(ok(null));
    },
    async close() {
      closed = true;
      const under = [...running.values()];
      under.forEach(({ abort }) => abort.abort());
      await Promise.all(under.map(({ end }) => end));
    },
  };
}

interface Run {
  readonly id: ExportId;
  readonly request: ExportRequest;
  readonly file: string;
  readonly signal: AbortSignal;
}

/** Answers whether the file is there. */
async function run(parts: ExportDeskParts, { id, request, file, signal }: Run): Promise<boolean> {
  const { subject, format } = request;
  let counted = { rows: 0, totalRows: null as number | null };
  let toldMs = -Infinity;
  const tell = (state: ExportState): void =>
    parts.publish({ id, subject, format, fileName: path.basename(file), ...counted, state });
  tell({ kind: 'running' });
  const outcome = await runExport({
    ask: parts.ask,
    request,
    file,
    appVersion: parts.appVersion,
    partFiles: parts.partFiles,
    writtenAtMs: parts.clock.nowMs(),
    signal,
    onRows(rows, totalRows) {
      counted = { rows, totalRows };
      const nowMs = parts.clock.monotonicMs();
      if (nowMs - toldMs < TELL_EVERY_MS) return;
      toldMs = nowMs;
      tell({ kind: 'running' });
    },
  });
  tell(outcome.ok ? { kind: outcome.value } : { kind: 'failed', error: outcome.error });
  if (!outcome.ok || outcome.value !== 'done') return false;
  parts.noteActivity({
    kind: 'data',
    tone: 'info',
    title: `Exported ${subject}: ${counted.rows} ${counted.rows === 1 ? 'row' : 'rows'}`,
    text: path.basename(file),
  });
  return true;
}

function tooMany(): KeelError {
  return keelError(
    'EXPORT_FAILED',
    'retry',
    `${AT_ONCE} exports are under way already.`,
    'Wait until one is done, or cancel one.',
  );
}

function noSuchFile(): KeelError {
  return keelError(
    'FILE_UNREADABLE',
    'fix-input',
    'Keel does not know any more where this file was written.',
    'Look in the folder that you chose.',
  );
}
