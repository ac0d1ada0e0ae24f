import { useMemo } from 'react';
import type { SyncRun } from '#domain/sync-run.ts';
import { useAtNow } from '#renderer/stores/clock-store.ts';
import { formatAge, formatClock, formatDateTime } from '#renderer/ui/format.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { lengthOf, outOfStep, type OutOfStep } from './out-of-step.ts';

const SETTLE_MS = 5_000;
const TICKS = [0, 0.25, 0.5, 0.75, 1] as const;

export interface SyncTimelineProps {
  /** At least one, newest first. */
  readonly runs: readonly SyncRun[];
}

/** The runs of the log along the time: what failed stands out, and every attempt has its mark. */
export function SyncTimeline({ runs }: SyncTimelineProps) {
  const nowMs = useAtNow((now) => Math.ceil(now / SETTLE_MS) * SETTLE_MS);
  const spells = useMemo(() => outOfStep(runs), [runs]);
  const fromMs = Math.min(...runs.map(({ startedAtMs }) => startedAtMs));
  const lengthMs = Math.max(SETTLE_MS, nowMs - fromMs);
  const widthOf = (spanMs: number) => `${Math.round((spanMs / lengthMs) * 10_000) / 100}%`;
  const share = (atMs: number) => widthOf(atMs - fromMs);
  const summary = summaryOf(spells, fromMs, nowMs);
  return (
    <div className="sync-timeline" data-testid={TEST_IDS.syncTimeline}>
      <p className={spells.length === 0 ? 'muted' : 'sync-timeline-summary'}>{summary}</p>
      <div className="sync-timeline-track" role="img" aria-label={`Timeline. ${summary}`}>
        {spells.map(({ fromMs: start, untilMs }) => (
          <span
            key={start}
            className="sync-timeline-spell"
            style={{
              left: share(start),
              width: widthOf((untilMs ?? nowMs) - start),
            }}
          />
        ))}
        {runs.flatMap((run) =>
          run.attempts.map((attempt) => (
            <span
              key={`${run.id}/${attempt.number}`}
              className={`sync-timeline-mark mark-${attempt.outcome}`}
              style={{ left: share(attempt.startedAtMs) }}
              title={`${formatDateTime(attempt.startedAtMs)}: attempt ${attempt.number}, ${WORDS[attempt.outcome]}`}
            />
          )),
        )}
      </div>
      <p className="sync-timeline-axis" aria-hidden>
        {TICKS.map((tick) => (
          <span key={tick}>{formatClock(fromMs + lengthMs * tick)}</span>
        ))}
      </p>
    </div>
  );
}

const WORDS = { verified: 'verified', 'moved-on': 'the chain moved on', failed: 'failed' } as const;

/** How long was I out of step? */
function summaryOf(spells: readonly OutOfStep[], fromMs: number, nowMs: number): string {
  const within = `in the last ${formatAge(nowMs - fromMs)}`;
  if (spells.length === 0) return `Never out of step ${within}.`;
  const times = spells.length === 1 ? 'once' : `${spells.length} times`;
  const failed = spells.reduce((sum, spell) => sum + spell.failedAttempts, 0);
  const attempts = failed === 1 ? '1 failed read' : `${failed} failed reads`;
  const now = spells.some(({ untilMs }) => untilMs === null) ? ' It still is.' : '';
  return `Out of step ${times} for ${formatAge(lengthOf(spells, nowMs))} ${within}, with ${attempts}.${now}`;
}
