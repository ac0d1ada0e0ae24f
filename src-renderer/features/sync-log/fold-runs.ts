import type { SyncRun } from '#domain/sync-run.ts';

/** What the log draws: one run, or several uneventful ones in a row as one line. */
export type LogLine =
  | { readonly kind: 'run'; readonly run: SyncRun }
  | { readonly kind: 'fold'; readonly runs: readonly SyncRun[] };

const FEWEST_FOLDED = 3;

/** A heartbeat that was verified at the first attempt is no news. */
const isQuiet = ({ cause, outcome, attempts }: SyncRun): boolean =>
  cause === 'heartbeat' && outcome === 'verified' && attempts.length === 1;

/** Newest first, as given. The newest run always stands by itself: it says that the log is alive. */
export function foldRuns(runs: readonly SyncRun[]): readonly LogLine[] {
  const lines: LogLine[] = [];
  let quiet: SyncRun[] = [];
  const flush = () => {
    if (quiet.length >= FEWEST_FOLDED) lines.push({ kind: 'fold', runs: quiet });
    else lines.push(...quiet.map((run) => ({ kind: 'run' as const, run })));
    quiet = [];
  };
  for (const [index, run] of runs.entries()) {
    if (index > 0 && isQuiet(run)) quiet.push(run);
    else {
      flush();
      lines.push({ kind: 'run', run });
    }
  }
  flush();
  return lines;
}
