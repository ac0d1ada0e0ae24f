import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { EmptyState, FailedState, LoadingState, StaleNote } from '#renderer/ui/states.tsx';

/** What stands in place of a list or a chart that is not there. */
export function StateSection() {
  const [openedAtMs] = useState(() => useClockStore.getState().nowMs);
  return (
    <div className="design-states">
      <Panel title="Loading">
        <LoadingState text="Reading the year’s figures" lines={4} />
      </Panel>
      <Panel title="Empty">
        <EmptyState
          icon={<Inbox size={20} aria-hidden />}
          title="Nothing has rung"
          text="Alerts stand here until you acknowledge them."
          action={<Button>Ring a test</Button>}
        />
      </Panel>
      <Panel title="Failed">
        <FailedState
          title="The history could not be read"
          error={{
            code: 'STORE_BUSY',
            message: 'The database did not answer within 4 s.',
            advice: 'Keel tries again by itself.',
          }}
          onRetry={() => undefined}
        />
      </Panel>
      <Panel title="Stale" aside={<StaleNote atMs={openedAtMs - 95_000} />}>
        <div className="panel-body">
          <StaleNote atMs={openedAtMs - 1_300_000} why="The last read failed." />
          <StaleNote atMs={null} />
        </div>
      </Panel>
    </div>
  );
}
