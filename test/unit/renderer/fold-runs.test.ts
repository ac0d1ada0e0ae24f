import { describe, expect, it } from 'vitest';
import type { SyncCause, SyncRun } from '#domain/sync-run.ts';
import { foldRuns } from '#renderer/features/sync-log/fold-runs.ts';

const run = (
  id: string,
  cause: SyncCause = 'heartbeat',
  outcome: SyncRun['outcome'] = 'verified',
) => ({ id, cause, outcome, attempts: [{}] }) as unknown as SyncRun;
const shapeOf = (runs: readonly SyncRun[]) =>
  foldRuns(runs).map((line) => (line.kind === 'run' ? line.run.id : line.runs.length));

describe('foldRuns', () => {
  it('folds quiet heartbeats between events, never the newest run', () => {
    const quiet = ['d', 'c', 'b'].map((id) => run(id));
    expect(shapeOf([run('e'), ...quiet, run('a', 'created')])).toEqual(['e', 3, 'a']);
  });

  it('leaves a few, and whatever failed or was asked for, by themselves', () => {
    expect(shapeOf([run('c'), run('b'), run('a')])).toEqual(['c', 'b', 'a']);
    const failed = run('x', 'heartbeat', 'failed');
    expect(shapeOf([failed, failed, failed, failed])).toEqual(['x', 'x', 'x', 'x']);
    expect(shapeOf(['a', 'b', 'c', 'd'].map((id) => run(id, 'request')))).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });
});
