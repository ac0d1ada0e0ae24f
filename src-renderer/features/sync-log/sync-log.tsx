import './sync-log.css';
import {
  ChevronDown,
  ChevronRight,
  CircleCheck,
  CircleX,
  MoveRight,
  Unplug,
  type LucideIcon,
} from 'lucide-react';
import { useState } from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import type { SyncAttempt, SyncCause, SyncRun } from '#domain/sync-run.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { TimeOf } from '#renderer/ui/age.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { formatDuration, formatInteger } from '#renderer/ui/format.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { SyncTimeline } from './sync-timeline.tsx';
import { foldRuns } from './fold-runs.ts';
import { useSyncRuns } from './use-sync-runs.ts';

type Scope = 'all' | 'trouble';

/** Every attempt of every run (S4), newest first. */
export function SyncLog({ view }: { readonly view: VaultView }) {
  const { runs, error, hasOlder, loadOlder } = useSyncRuns(view);
  const [scope, setScope] = useState<Scope>('all');
  const shown = (runs ?? []).filter((run) => scope === 'all' || hadTrouble(run));
  return (
    <Panel
      title="Sync log"
      testId={TEST_IDS.syncLog}
      aside={
        <Segmented
          label="Which runs"
          value={scope}
          options={[
            { value: 'all', label: 'All runs' },
            { value: 'trouble', label: 'With trouble' },
          ]}
          onChange={setScope}
        />
      }
    >
      {runs !== null && runs.length > 0 && <SyncTimeline runs={runs} />}
      {error !== null && (
        <p className="panel-empty" role="alert">
          The log could not be loaded: {error.message} {error.advice}
        </p>
      )}
      {error === null && shown.length === 0 ? (
        <p className="panel-empty">{emptyText(runs, scope)}</p>
      ) : (
        <RunTable runs={shown} />
      )}
      {hasOlder && (
        <div className="sync-log-more">
          <Button onClick={() => void loadOlder()}>Show older runs</Button>
        </div>
      )}
    </Panel>
  );
}

function emptyText(runs: readonly SyncRun[] | null, scope: Scope): string {
  if (runs === null) return 'Loading…';
  return scope === 'trouble' ? 'No run shown here had trouble.' : 'No run yet.';
}

const hadTrouble = (run: SyncRun): boolean =>
  run.outcome !== 'verified' || run.attempts.some(({ outcome }) => outcome === 'failed');

function RunTable({ runs }: { readonly runs: readonly SyncRun[] }) {
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label="Sync attempts">
      <table className="data-table sync-log-table">
        <thead>
          <tr>
            <th>Cause</th>
            <th className="num">Attempt</th>
            <th>Started</th>
            <th className="num">Took</th>
            <th>Outcome</th>
            <th className="num">Slot</th>
            <th className="sync-log-error">Error</th>
            <th className="num">Retry after</th>
          </tr>
        </thead>
        {foldRuns(runs).map((line) => {
          if (line.kind === 'run') return <RunRows key={line.run.id} run={line.run} />;
          // The oldest of a fold stays in it while newer ones join: its id keeps the fold open.
          const key = line.runs.at(-1)?.id;
          return <FoldedRuns key={`fold/${key}`} runs={line.runs} />;
        })}
      </table>
    </div>
  );
}

/** Uneventful heartbeats as one line, until the trader asks for each. */
function FoldedRuns({ runs }: { readonly runs: readonly SyncRun[] }) {
  const [open, setOpen] = useState(false);
  const newest = runs[0];
  const oldest = runs.at(-1);
  if (newest === undefined || oldest === undefined) return null;
  const took = runs.map(({ attempts }) => attempts[0]?.durationMs ?? 0);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <>
      <tbody data-testid={TEST_IDS.syncRunFold}>
        <tr>
          <td colSpan={8} className="sync-log-fold">
            <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
              <Chevron size={14} aria-hidden />
              <span className="sync-badge sync-good">
                <CircleCheck size={13} aria-hidden />
                {runs.length} heartbeats verified
              </span>
              <span className="muted">
                <TimeOf atMs={oldest.startedAtMs} /> to <TimeOf atMs={newest.startedAtMs} />
              </span>
              <span className="faint">slowest {formatDuration(Math.max(...took))}</span>
            </button>
          </td>
        </tr>
      </tbody>
      {open && runs.map((run) => <RunRows key={run.id} run={run} />)}
    </>
  );
}

const CAUSE_WORDS: Readonly<Record<SyncCause, string>> = {
  start: 'Keel started',
  heartbeat: 'Heartbeat',
  subscription: 'Change on chain',
  request: 'You asked',
  reconnect: 'Reconnected',
  wake: 'Woke from sleep',
  operation: 'Operation',
  created: 'Vault created',
};

function RunRows({ run }: { readonly run: SyncRun }) {
  return (
    <tbody data-testid={TEST_IDS.syncRun} data-outcome={run.outcome} data-cause={run.cause}>
      {run.attempts.map((attempt, index) => (
        <tr
          key={attempt.number}
          className={index === 0 ? '' : 'is-continued'}
          data-testid={TEST_IDS.syncAttempt}
          data-outcome={attempt.outcome}
        >
          {index === 0 && (
            <th scope="rowgroup" rowSpan={run.attempts.length} className="sync-log-run">
              {CAUSE_WORDS[run.cause]}
              {run.attempts.length > 1 && <RunVerdict run={run} />}
            </th>
          )}
          <AttemptCells attempt={attempt} />
        </tr>
      ))}
    </tbody>
  );
}

function RunVerdict({ run }: { readonly run: SyncRun }) {
  return (
    <div className={`sync-log-verdict ${run.outcome === 'verified' ? 'sync-good' : 'sync-bad'}`}>
      {run.outcome} after {formatDuration(run.endedAtMs - run.startedAtMs)}
    </div>
  );
}

/** The advice, and the call that failed: of use to whoever looks into the endpoint. */
function hintOf({ advice, details }: KeelError): string {
  const method = details?.['method'];
  return method === undefined ? advice : `${advice} (${method})`;
}

interface OutcomeWords {
  readonly word: string;
  readonly tone: string;
  readonly icon: LucideIcon;
}

const OUTCOMES: Readonly<Record<SyncAttempt['outcome'], OutcomeWords>> = {
  verified: { word: 'Verified', tone: 'sync-good', icon: CircleCheck },
  'moved-on': { word: 'Chain moved on', tone: 'muted', icon: MoveRight },
  failed: { word: 'Failed', tone: 'sync-bad', icon: CircleX },
};

function AttemptCells({ attempt }: { readonly attempt: SyncAttempt }) {
  const { error, outcome } = attempt;
  const discrepant = error?.code === 'SNAPSHOT_DISCREPANT';
  const { word, tone, icon } = OUTCOMES[outcome];
  const Icon = discrepant ? Unplug : icon;
  return (
    <>
      <td className="num">{attempt.number}</td>
      <td>
        <TimeOf atMs={attempt.startedAtMs} />
      </td>
      <td className="num">{formatDuration(attempt.durationMs)}</td>
      <td>
        <span className={`sync-badge ${tone}`}>
          <Icon size={13} aria-hidden />
          {discrepant ? 'Discrepant' : word}
        </span>
      </td>
      <td className="num faint">{attempt.slot === null ? '—' : formatInteger(attempt.slot)}</td>
      <td className="sync-log-error">
        {error !== null && (
          <span title={hintOf(error)}>
            {error.message} <span className="mono faint">{error.code}</span>
          </span>
        )}
      </td>
      <td className="num">
        {attempt.nextDelayMs === null ? (
          <span className="faint">—</span>
        ) : (
          formatDuration(attempt.nextDelayMs)
        )}
      </td>
    </>
  );
}
