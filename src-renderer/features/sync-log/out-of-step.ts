/** When the vault's figures were not vouched for, from its runs. Pure. */
import type { SyncRun } from '#domain/sync-run.ts';

export interface OutOfStep {
  readonly fromMs: number;
  /** Null: it still is. */
  readonly untilMs: number | null;
  readonly failedAttempts: number;
}

/**
 * From the beginning of a run that was not verified until the end of the next that was; failures in between belong to the
 * same time.
 * @param runs in any order.
 */
export function outOfStep(runs: readonly SyncRun[]): readonly OutOfStep[] {
  const spells: OutOfStep[] = [];
  for (const run of runs.toSorted((left, right) => left.startedAtMs - right.startedAtMs)) {
    const last = spells.at(-1);
    const open = last?.untilMs === null ? last : undefined;
    const failed = run.attempts.filter(({ outcome }) => outcome === 'failed').length;
    if (run.outcome === 'verified') {
      if (open !== undefined) spells.splice(-1, 1, { ...open, untilMs: run.endedAtMs });
    } else if (open === undefined) {
      spells.push({ fromMs: run.startedAtMs, untilMs: null, failedAttempts: failed });
    } else {
      spells.splice(-1, 1, { ...open, failedAttempts: open.failedAttempts + failed });
    }
  }
  return spells;
}

/** Milliseconds out of step in all. */
export const lengthOf = (spells: readonly OutOfStep[], nowMs: number): number =>
  spells.reduce((sum, { fromMs, untilMs }) => sum + Math.max(0, (untilMs ?? nowMs) - fromMs), 0);
