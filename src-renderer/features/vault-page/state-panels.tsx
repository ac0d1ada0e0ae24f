import { TriangleAlert } from 'lucide-react';
import { retryDelayAfter } from '#domain/sync-settings.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { figuresAtMs } from '#renderer/features/vault-table/columns.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { Age, Countdown, TimeOf } from '#renderer/ui/age.tsx';
import { Unknown } from '#renderer/ui/figures.tsx';
import { formatDuration, formatInteger } from '#renderer/ui/format.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

export interface SyncPanelProps {
  readonly view: VaultView;
}

/** How old the figures are, where they are from, and what the engine does about it now. */
export function SyncPanel({ view }: SyncPanelProps) {
  const atMs = figuresAtMs(view);
  const { observation, verification } = view.state;
  const onChain = view.vault.vaultType === 'onChain';
  return (
    <Panel title="Synchronisation">
      <dl className="panel-body side-list">
        <dt>{verification.kind === 'verified' ? 'Verified' : 'Read'}</dt>
        <dd data-testid={TEST_IDS.vaultAge}>
          {atMs === null ? <Unknown why="never" /> : <Age atMs={atMs} suffix=" ago" />}
        </dd>
        <dt>At</dt>
        <dd>{atMs === null ? <Unknown why="never" /> : <TimeOf atMs={atMs} />}</dd>
        <dt>{onChain ? 'Slot' : 'Ledger entry'}</dt>
        <dd data-testid={TEST_IDS.vaultSlot}>
          {observation === null ? <Unknown /> : formatInteger(observation.snapshot.slot)}
        </dd>
        <dt>Now</dt>
        <dd>
          <PhaseWords view={view} />
        </dd>
      </dl>
      <Trouble view={view} />
    </Panel>
  );
}

function PhaseWords({ view }: SyncPanelProps) {
  const heartbeatMs = useDeskStore((state) => state.settings.sync.heartbeatMs);
  const running = useDeskStore((state) => state.engine.running);
  const { phase, vault } = view;
  if (vault.archivedAtMs !== null) return 'archived, not synced';
  if (!running) return 'nothing: the engine has stopped';
  switch (phase.kind) {
    case 'idle':
      return `read at least every ${formatDuration(heartbeatMs)}`;
    case 'reading':
      return `reading, attempt ${phase.attempt}`;
    case 'waiting':
      return (
        <>
          attempt {phase.failedAttempt + 1} in <Countdown atMs={phase.nextAttemptAtMs} />
        </>
      );
    case 'reconnecting':
      return (
        <>
          reconnecting in <Countdown atMs={phase.nextAttemptAtMs} />
        </>
      );
  }
}

/** The failure that is being retried, or that used the retries up. */
function Trouble({ view }: SyncPanelProps) {
  const sync = useDeskStore((state) => state.settings.sync);
  const { phase, state } = view;
  const discrepancy = state.verification.kind === 'discrepant' ? state.verification.error : null;
  const error =
    discrepancy ?? state.failure?.error ?? (phase.kind === 'waiting' ? phase.error : null);
  if (error === null) return null;
  const last = phase.kind === 'waiting' && retryDelayAfter(phase.failedAttempt + 1, sync) === null;
  return (
    <div className="callout callout-bad side-note">
      <TriangleAlert size={15} aria-hidden />
      <div>
        <p>
          <span className="mono">{error.code}</span>
        </p>
        <p>{error.message}</p>
        <p className="muted">{error.advice}</p>
        {state.failure !== null && (
          <p className="faint">
            {state.failure.attempts} {state.failure.attempts === 1 ? 'attempt' : 'attempts'},{' '}
            <Age atMs={state.failure.atMs} suffix=" ago" />
          </p>
        )}
        {last && <p className="faint">The next attempt is the last of this run.</p>}
      </div>
    </div>
  );
}
