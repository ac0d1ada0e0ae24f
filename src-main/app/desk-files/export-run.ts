/** One export from its first page to the finished file. */
import type { ExportRequest } from '#domain/data-export.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { CHANNELS, type ResponseOf } from '#ipc/contract.ts';
import type { EngineClient } from '#main/ipc/engine-client.ts';
import { fileTextOf } from './export-text.ts';
import { notWritten } from './file-faults.ts';
import type { PartFiles } from './part-files.ts';
import { writeWholeFile } from './whole-file.ts';

type Page = ResponseOf<'export.loadPage'>;

export interface ExportRunParts {
  readonly ask: EngineClient['ask'];
  readonly request: ExportRequest;
  readonly file: string;
  readonly appVersion: string;
  readonly writtenAtMs: number;
  readonly signal: AbortSignal;
  readonly partFiles: PartFiles;
  onRows(rows: number, totalRows: number | null): void;
}

export type ExportEnd = 'done' | 'cancelled';

/** Ends the stream of pages from within. */
class PagesEnded extends Error {
  readonly reason: KeelError | 'cancelled';

  constructor(reason: KeelError | 'cancelled') {
    super('the pages ended early');
    this.reason = reason;
  }
}

/** Never rejects. Errors: `EXPORT_FAILED`; then, and after a cancel, no file is left behind. */
export async function runExport(parts: ExportRunParts): Promise<Result<ExportEnd, KeelError>> {
  try {
    await writeWholeFile(parts.file, chunks(parts), parts.partFiles);
    return ok('done');
  } catch (caught) {
    if (!(caught instanceof PagesEnded))
      return err(notWritten('EXPORT_FAILED', parts.file, caught));
    return caught.reason === 'cancelled' ? ok('cancelled') : err(lost(caught.reason));
  }
}

async function* chunks(parts: ExportRunParts): AsyncGenerator<string> {
  const { request, signal, onRows } = parts;
  const text = fileTextOf(request.format, request, parts);
  yield text.head;
  let rows = 0;
  for (let cursor: string | null = null, more = true; more;) {
    if (signal.aborted) throw new PagesEnded('cancelled');
    const page: Page = await load(parts, cursor);
    // Asked while the page was under way.
    if (signal.aborted) throw new PagesEnded('cancelled');
    yield text.page(page.rows);
    rows += page.rows.length;
    onRows(rows, page.total);
    cursor = page.next;
    more = cursor !== null;
  }
  yield text.tail;
}

async function load({ ask, request }: ExportRunParts, cursor: string | null): Promise<Page> {
  const answer = await ask('export.loadPage', { request, cursor });
  if (!answer.ok) throw new PagesEnded(answer.error as KeelError);
  const page = CHANNELS['export.loadPage'].response.safeParse(answer.value);
  if (!page.success) throw new PagesEnded(unreadable(page.error.message));
  return page.data;
}

function lost({ message, advice, remedy }: KeelError): KeelError {
  return keelError(
    'EXPORT_FAILED',
    remedy,
    `The export ended early, and no part of the file is left: ${message}`,
    advice,
  );
}

function unreadable(why: string): KeelError {
  return keelError(
    'EXPORT_FAILED',
    'operator',
    'The engine answered with rows that cannot be read.',
    'Report this with the log.',
    { why: why.slice(0, 500) },
  );
}
